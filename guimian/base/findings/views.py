"""The doors of findings: the inbox, the list, one finding and what is done about it, its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.base import access
from guimian.base.access import EVERYONE, LEADERS, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.findings import queries, services, tables
from guimian.base.findings.forms import AssignForm, DecisionForm, DoneForm, EvidenceForm, FindingForm
from guimian.base.journal.pages import event_title, in_words, who
from guimian.base.ui.forms import refuse
from guimian.base.ui.parts import Entry

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

BY_HAND = "findings.by_hand"


def found(request: GuardedRequest, unit: Unit, pk: int) -> queries.FindingPage:
    finding = queries.finding_of(request.actor, unit, pk)
    if finding is None:
        raise Http404(pk)
    return queries.finding_page(request.actor, finding)


@access.page(roles=EVERYONE)
@require_GET
def inbox(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """What waits for me here and below: mine, to verify, to assign."""
    day, waiting = unit.local_day(timezone.now()), queries.inbox_of(request.actor, unit)
    parts = (
        (_("Mine to do"), [tables.card_of(one, day, _("Report done")) for one in waiting.mine]),
        (_("To verify"), [tables.card_of(one, day, _("Verify")) for one in waiting.to_verify]),
        (_("To assign"), [tables.card_of_finding(one) for one in waiting.unassigned]),
    )
    return render(request, "findings/inbox.html", {"unit": unit, "parts": parts, "empty": waiting.empty})


@access.page(roles=EVERYONE)
@require_GET
def findings(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """All findings at and below the unit."""
    day = unit.local_day(timezone.now())
    table, counts = tables.findings_table(request, unit, day), queries.counts_by_state(request.actor, unit, day)
    return table.response() or render(request, "findings/list.html", {"unit": unit, "table": table, "counts": counts})


@access.page(roles=EVERYONE)
@require_http_methods(["GET", "POST"])
def new(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """A person records what is wrong."""
    form = FindingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        try:
            finding = services.record_finding(
                unit=unit, code=BY_HAND, clause=given["clause"], what=given["what"], by=request.actor.user, now=now
            )
        except Unable as error:
            refuse(form, error)
        else:
            if kept(request, finding, form, given["photos"]):
                messages.success(request, _("The finding is recorded."))
            return redirect("findings:finding", unit.code, finding.pk)
    return render(request, "findings/new.html", {"unit": unit, "form": form}, status=422 if form.errors else 200)


def kept(request: GuardedRequest, finding: Any, form: forms.Form, photos: list[Any], note: str = "") -> bool:
    """Attach the files; what is refused is said, the others are kept. Whether all were."""
    fine = True
    for photo in photos:
        try:
            services.attach_evidence(
                finding=finding,
                name=photo.name or "",
                content=photo.read(),
                note=note,
                by=request.actor.user,
                now=timezone.now(),
            )
        except Unable as error:
            fine = False
            messages.error(request, f"{photo.name}: {error.message} {error.wanted or ''}".strip())
    return fine


def history(page: queries.FindingPage) -> list[Entry]:
    return [Entry(one.at, event_title(one.event), who(one), one.reason or in_words(one)) for one in page.history]


def shown(request: GuardedRequest, unit: Unit, page: queries.FindingPage, **bound: forms.Form) -> HttpResponse:
    """The page of a finding with the forms that fit where it stands; `bound` is one that was refused."""
    day = page.finding.unit.local_day(timezone.now())
    state, label = tables.stand_of(page.finding, day)
    context: dict[str, Any] = {
        "unit": unit,
        "page": page,
        "state": state,
        "state_label": label,
        "history": history(page),
    }
    if page.may_assign:
        owners = queries.possible_owners(page.finding.unit, day)
        context["assign_form"] = AssignForm(owners=owners, today=day)
    if page.may_report:
        context["done_form"] = DoneForm()
    if page.may_decide:
        context["decision_form"] = DecisionForm()
    context["evidence_form"] = EvidenceForm()
    return render(request, "findings/finding.html", context | bound, status=422 if bound else 200)


@access.page(roles=EVERYONE)
@require_GET
def finding(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    return shown(request, unit, found(request, unit, pk))


def done_with(
    request: GuardedRequest,
    unit: Unit,
    page: queries.FindingPage,
    name: str,
    form: forms.Form,
    deed: Callable[[], object],
    said: str,
) -> HttpResponse:
    """Do it when the form is whole and the service agrees; else the page again with what was typed and why not."""
    if form.is_valid():
        try:
            deed()
        except Unable as error:
            refuse(form, error)
        else:
            messages.success(request, said)
            return redirect("findings:finding", unit.code, page.finding.pk)
    return shown(request, unit, page, **{name: form})


@access.page(roles=LEADERS)
@require_POST
def assign(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    page, now = found(request, unit, pk), timezone.now()
    day = page.finding.unit.local_day(now)
    form = AssignForm(request.POST, owners=queries.possible_owners(page.finding.unit, day), today=day)
    return done_with(
        request, unit, page, "assign_form", form,
        lambda: services.assign_action(finding=page.finding, by=request.actor.user, now=now, **form.cleaned_data),
        _("Assigned."),
    )  # fmt: skip


@access.page(roles=EVERYONE)
@require_POST
def done(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    page, form = found(request, unit, pk), DoneForm(request.POST, request.FILES)
    if (action := page.current) is None:
        raise Http404(pk)

    def deed() -> None:
        services.report_done(action=action, note=form.cleaned_data["note"], by=request.actor.user, now=timezone.now())
        kept(request, page.finding, form, form.cleaned_data["photos"])

    return done_with(request, unit, page, "done_form", form, deed, _("Reported done. Another person verifies it now."))


@access.page(roles=LEADERS)
@require_POST
def decide(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """Verified, or sent back with a reason."""
    page, form = found(request, unit, pk), DecisionForm(request.POST)
    if (action := page.current) is None:
        raise Http404(pk)
    back = request.POST.get("decision") == "reject"
    verb = services.reject_action if back else services.verify_action
    said = _("Sent back to the owner.") if back else _("Verified: the finding is closed.")
    return done_with(
        request, unit, page, "decision_form", form,
        lambda: verb(action=action, note=form.cleaned_data["note"], by=request.actor.user, now=timezone.now()),
        said,
    )  # fmt: skip


@access.page(roles=EVERYONE)
@require_POST
def attach(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    page, form = found(request, unit, pk), EvidenceForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["photos"]:
        if kept(request, page.finding, form, form.cleaned_data["photos"], form.cleaned_data["note"]):
            messages.success(request, _("The files are kept with the finding."))
        return redirect("findings:finding", unit.code, pk)
    messages.error(request, _("Choose a photo or a file first."))
    return redirect("findings:finding", unit.code, pk)


@access.page(roles=EVERYONE)
@require_GET
def evidence(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """One file, past the guard: photos in the page, everything else as a download."""
    row = queries.evidence_of(request.actor, unit, pk)
    if row is None:
        raise Http404(pk)
    return sent(row)


class Kept(Protocol):
    """A file that is kept below MEDIA_ROOT."""

    @property
    def path(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...


def sent(row: Kept) -> HttpResponse:
    """The file of a row past the guard. Raises Http404 where the file is gone."""
    path = Path(settings.MEDIA_ROOT) / row.path
    if not path.is_file():
        raise Http404(row.name)
    answer = HttpResponse(path.read_bytes(), content_type=row.kind)
    inline = row.kind.startswith("image/")
    answer["Content-Disposition"] = content_disposition_header(not inline, row.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
