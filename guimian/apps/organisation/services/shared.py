"""What the organisation's services have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Person, Unit
from guimian.base import policy
from guimian.base.access import Role
from guimian.base.errors import Unable
from guimian.engines.policy import Outcome, Verdict

WORDS: dict[str, Any] = dict((*Unit.Level.choices, *Unit.Place.choices, *Unit.Size.choices, *Role.choices))
WORDS["oneself"] = _("oneself")


def locked(unit: Unit) -> Unit:
    """The unit as it stands now, kept from changing or closing until the transaction ends."""
    return Unit.objects.select_for_update().get(pk=unit.pk)


def roles_at(by: Person | None, unit: Unit, day: date) -> frozenset[str]:
    """The roles by which somebody reaches the unit on the day."""
    grants = by.grants_on(day) if by is not None else ()
    return frozenset(str(grant.role) for grant in grants if grant.reaches(unit.path))


def require(verdict: Verdict, error: type[Unable], message: Any) -> None:
    """Raise `error` with the verdict's clause, what was found and what it wants, unless the verdict is met."""
    if verdict.outcome is Outcome.NOT_MET:
        raise error(message, clause=verdict.clause, found=in_words(verdict.found), wanted=in_words(verdict.limit))


def in_words(value: Any) -> Any:
    """Codes of levels, kinds, classes and roles (several are separated by commas) as people call them; all else as it is."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    codes = value.split(", ") if isinstance(value, str) else []
    if codes and all(code in WORDS for code in codes):
        return " / ".join(str(WORDS[code]) for code in codes)
    return value


def kind_fits(unit: Unit, error: type[Unable], now: datetime) -> None:
    """Raise `error` unless the unit's kind and class fit each other, and its level (F2.1)."""
    if not unit.is_counter:
        if unit.place or unit.size:
            raise error(_("Only a counter has a kind and a class."), clause="F2.1", found=unit.get_level_display())
        return
    if not (unit.place and unit.size):
        raise error(_("A counter has a kind and a class."), clause="F2.1", wanted=_("kind and class"))
    verdict = rules.judge_kind(policy.on(unit.local_day(now), unit.parent or unit), place=unit.place, size=unit.size)
    require(verdict, error, _("The inner kinds, and only they, are of the inner class."))


def differences(row: models.Model, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Which of the fields would change: the values before and after. `row` is set to the new values, not saved."""
    before = {name: getattr(row, name) for name, value in fields.items() if getattr(row, name) != value}
    after = {name: fields[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    return before, after
