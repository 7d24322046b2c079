"""What templates say in one way only: clauses, days, sums, states, icons. Built in: no `{% load %}` is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.template.context import RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

SPRITE = "vendor/tabler-icons-3.51.0/sprite.svg"
NOTHING = "–"  # an en dash stands for "nothing here"
#: The tone of a state by its code; every other one is neutral.
TONES: Mapping[str, str] = {
    "met": "good", "OPEN": "good", "APPROVED": "good", "VERIFIED": "good", "DONE": "wait", "CLOSING": "wait",
    "PROPOSED": "wait", "ASSIGNED": "wait", "not_known": "wait", "not_met": "bad", "REJECTED": "bad", "OVERDUE": "bad",
    "BROKEN": "bad", "LEVEL_1": "level-1", "LEVEL_2": "level-2", "LEVEL_3": "level-3", "LEVEL_4": "level-4",
}  # fmt: skip
OUTCOMES: Mapping[str, tuple[Any, str]] = {
    "met": (_("Met"), "check"),
    "not_met": (_("Not met"), "x"),
    "not_applicable": (_("Not applicable"), "minus"),
    "not_known": (_("Not known"), "question-mark"),
}
LONG_DAY = {"zh": "Y年n月j日 l", "en": "D j M Y"}


def language() -> str:
    """`zh` or `en`."""
    return "en" if (get_language() or settings.LANGUAGE_CODE).startswith("en") else "zh"


# ---------------------------------------------------------------- words
@register.filter
def title_of(value: Any) -> str:
    """A bilingual title (`{"zh": …, "en": …}`, or a thing with such a `title`) in the language of the page."""
    titles = value if isinstance(value, Mapping) else getattr(value, "title", value)
    return str(titles.get(language(), "")) if isinstance(titles, Mapping) else str(titles or "")


@register.filter
def money(value: Decimal | int | str | None) -> str:
    """¥1,234.50, in yuan."""
    if value is None or value == "":
        return NOTHING
    amount = Decimal(value)
    return f"{'−' if amount < 0 else ''}¥{abs(amount):,.2f}"  # a true minus sign


@register.filter
def percent(value: Decimal | int | float | None) -> str:
    """98.5 is 98.5%."""
    if value is None or value == "":
        return NOTHING
    return f"{Decimal(str(value)).quantize(Decimal('0.1')).normalize():f}%"


@register.filter
def duration(value: timedelta | int | None) -> str:
    """A span of time, or a number of minutes, in hours and minutes."""
    if value is None or value == "":
        return NOTHING
    minutes = round(value.total_seconds() / 60) if isinstance(value, timedelta) else int(value)
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": minutes}
    sign = "-" if minutes < 0 else ""
    return sign + gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.filter
def quantity(value: Any, unit: str = "") -> str:
    """A figure with its unit of `engines.policy.UNITS`: 20 min, ¥500.00, 09:00, yes."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) if language() == "zh" else ", ".join(map(str, value))
    if unit == "cny":
        return money(value)
    if unit == "percent":
        return percent(value)
    return _counted(value, unit)


def _counted(value: Any, unit: str) -> str:
    number = int(value) if isinstance(value, int) else value
    many = number if isinstance(number, int) else 2
    words = {
        "minute": gettext("%(number)s min"),
        "hour": gettext("%(number)s h"),
        "day": ngettext("%(number)s day", "%(number)s days", many),
        "working_day": ngettext("%(number)s working day", "%(number)s working days", many),
        "month": ngettext("%(number)s month", "%(number)s months", many),
        "year": ngettext("%(number)s year", "%(number)s years", many),
        "metre": gettext("%(number)s m"),
        "square_metre": gettext("%(number)s m²"),
        "person": ngettext("%(number)s person", "%(number)s people", many),
        "point": ngettext("%(number)s point", "%(number)s points", many),
    }
    return words.get(unit, "%(number)s") % {"number": value}


# ---------------------------------------------------------------- time
def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


@register.filter
def day(value: date | None) -> str:
    """2026-11-23"""
    if not value:
        return NOTHING
    value = _local(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat())


@register.filter
def long_day(value: date | None) -> str:
    """The day in words, with its weekday."""
    if not value:
        return NOTHING
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), formats.date_format(value, LONG_DAY[language()])
    )


@register.filter
def moment(value: datetime | None) -> str:
    """2026-11-23 09:41, local."""
    if not value:
        return NOTHING
    local = _local(value)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), f"{local:%Y-%m-%d %H:%M}")


@register.filter
def clock(value: datetime | time | None) -> str:
    """09:41, local."""
    if not value:
        return NOTHING
    return f"{_local(value) if isinstance(value, datetime) else value:%H:%M}"


# ---------------------------------------------------------------- marks
@register.simple_tag(takes_context=True)
def again(context: RequestContext, name: str) -> SafeString:
    """What a block of the page holds, drawn a second time: the title in the head is also the heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return block.render(context) if block else SafeString("")


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """One icon of the sprite. Without a label it is decoration and hidden from readers of the screen."""
    voice = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon {}" {}><use href="{}#{}"/></svg>', extra, voice, static(SPRITE), name)


@register.simple_tag(takes_context=True)
def clause(context: RequestContext, code: str) -> SafeString:
    """The chip of a clause, linked to its page where there is one. Several clauses are separated by commas."""
    codes = [one.strip() for one in (code or "").split(",") if one.strip()]
    return format_html_join(" ", "{}", ((_chip(context, one),) for one in codes))


def _chip(context: RequestContext, code: str) -> SafeString:
    unit = context.get("unit")
    url = ""
    if unit is not None and hasattr(unit, "code"):
        try:
            url = reverse("policy:clause", args=[unit.code, code])
        except NoReverseMatch:
            url = ""
    says = gettext("Clause %(code)s") % {"code": code}
    if url:
        return format_html('<a class="clause" href="{}" title="{}">{}</a>', url, says, code)
    return format_html('<span class="clause" title="{}">{}</span>', says, code)


@register.inclusion_tag("ui/_state.html")
def state(value: Any, label: Any = "", tone: str = "") -> dict[str, Any]:
    """The badge of a state. The tone follows from its code: good, wait, bad, level-1 … level-4, else neutral."""
    code = str(getattr(value, "value", value) or "")
    return {"code": code, "label": label or getattr(value, "label", code), "tone": tone or TONES.get(code, "neutral")}


@register.filter
def outcome_words(value: Any) -> str:
    return str(OUTCOMES.get(str(value), (value, ""))[0])


@register.filter
def outcome_icon(value: Any) -> str:
    return OUTCOMES.get(str(value), ("", "circle-dashed"))[1]


# ---------------------------------------------------------------- forms
@dataclass(frozen=True)
class Said:
    """One message of a form's error, with the clause it cites when a service refused."""

    message: str
    clause: str
    found: Any
    wanted: Any


@register.filter
def said(error: ValidationError, message: str) -> Said:
    return Said(message, getattr(error, "clause", ""), getattr(error, "found", None), getattr(error, "wanted", None))


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's widget in the house's look, tied to its help and its errors."""
    kind = getattr(field.field.widget, "input_type", "textarea")
    look = {"select": "form-select", "checkbox": "form-check-input", "radio": "", "hidden": ""}.get(
        kind, "form-control"
    )
    if isinstance(getattr(field.field.widget, "option_template_name", None), str) and kind in ("checkbox", "radio"):
        look = ""
    said = [
        f"{field.id_for_label}_{part}" for part, there in (("help", field.help_text), ("errors", field.errors)) if there
    ]
    attrs: dict[str, str | bool] = {
        "class": f"{look} {field.field.widget.attrs.get('class', '')} {'is-invalid' if field.errors else ''}".strip()
    }
    if said:
        attrs["aria-describedby"] = " ".join(said)
    return field.as_widget(attrs=attrs)


@register.filter
def widget_kind(field: BoundField) -> str:
    """`checkbox`, `choices` (several boxes or radios), `hidden`, or `line`."""
    kind = getattr(field.field.widget, "input_type", "")
    if kind in ("checkbox", "radio") and hasattr(field.field.widget, "choices"):
        return "choices"
    return kind if kind in ("checkbox", "hidden") else "line"
