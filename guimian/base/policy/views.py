"""The doors of the policy: figures in force, one figure, a change and its decision, clauses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.base import access
from guimian.base.access import APPROVERS, EVERYONE, OFFICERS, GuardedRequest
from guimian.base.policy import pages, services, tables
from guimian.base.policy.forms import DayForm, DecisionForm, ProposalForm, as_typed
from guimian.base.policy.queries import book
from guimian.base.ui.forms import refuse
from guimian.engines.policy import Figure

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def chosen_day(request: GuardedRequest, unit: Unit) -> date:
    """The day asked for (`?day=`), else today at the unit."""
    form = DayForm(request.GET)
    given = form.cleaned_data["day"] if form.is_valid() else None
    return given or unit.local_day(timezone.now())


def known_figure(key: str) -> Figure:
    try:
        return book().figures[key]
    except KeyError as error:
        raise Http404(key) from error


def seen_proposal(request: GuardedRequest, unit: Unit, pk: int) -> pages.Proposal:
    try:
        return pages.proposal_page(request.actor, unit, pk)
    except KeyError as error:
        raise Http404(pk) from error


@access.page(roles=EVERYONE)
@require_GET
def figures(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Every figure in force at the unit on a day."""
    day = chosen_day(request, unit)
    table = tables.figures_table(request, unit, pages.figures_in_force(unit, day))
    context = {"unit": unit, "day": day, "table": table}
    return table.response() or render(request, "policy/figures.html", context)


@access.page(roles=EVERYONE)
@require_GET
def figure(request: GuardedRequest, unit: Unit, key: str) -> HttpResponse:
    """One figure with all it ever was on the unit's line."""
    known_figure(key)
    day = chosen_day(request, unit)
    page = pages.figure_page(unit, key, day)
    context = {
        "unit": unit,
        "day": day,
        "page": page,
        "history": tables.steps_table(request, page.steps, "history"),
        "below": tables.steps_table(request, page.below, "below") if page.below else None,
        "may_propose": not page.figure.locked
        and unit.level in services.LEVELS
        and bool(request.actor.roles_at(unit.path) & OFFICERS),
    }
    return render(request, "policy/figure.html", context)


@access.page(roles=OFFICERS)
@require_http_methods(["GET", "POST"])
def propose(request: GuardedRequest, unit: Unit, key: str) -> HttpResponse:
    """Propose a change of one figure for this unit and all below it."""
    now, known = timezone.now(), known_figure(key)
    tomorrow = unit.local_day(now) + timedelta(days=1)
    page = pages.figure_page(unit, key, tomorrow)
    initial = {"from_date": tomorrow, "value": as_typed(page.row.value) if page.row else None}
    form = ProposalForm(request.POST or None, figure=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.propose_override(
                unit=unit,
                key=key,
                value=form.value(),
                from_date=form.cleaned_data["from_date"],
                until=form.cleaned_data["until"],
                reason=form.cleaned_data["reason"],
                by=request.actor.user,
                now=now,
            )
        except services.UnableToProposeOverride as error:
            refuse(form, error)
        else:
            messages.success(request, _("Proposed. It holds once another person has approved it."))
            return redirect("policy:proposal", unit.code, row.pk)
    context = {"unit": unit, "form": form, "page": page}
    return render(request, "policy/propose.html", context)


@access.page(roles=APPROVERS)
@require_GET
def proposals(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The changes that wait for a second person, and those decided."""
    table = tables.proposals_table(request, unit, pages.proposals_visible_to(request.actor, unit))
    return table.response() or render(request, "policy/proposals.html", {"unit": unit, "table": table})


@access.page(roles=APPROVERS)
@require_GET
def proposal(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """One change, for its decision."""
    context = {"unit": unit, "page": seen_proposal(request, unit, pk), "form": DecisionForm()}
    return render(request, "policy/proposal.html", context)


@access.page(roles=APPROVERS)
@require_POST
def decide(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """Approve or turn down."""
    page, form = seen_proposal(request, unit, pk), DecisionForm(request.POST)
    if form.is_valid():
        act = services.approve_override if request.POST.get("decision") == "approve" else services.reject_override
        note = form.cleaned_data["note"]
        try:
            row = act(override=page.row, note=note, by=request.actor.user, now=timezone.now())
        except services.UnableToDecideOverride as error:
            refuse(form, error)
        else:
            messages.success(request, str(row.get_state_display()))
            return redirect("policy:proposals", unit.code)
    return render(request, "policy/proposal.html", {"unit": unit, "page": page, "form": form}, status=422)


@access.page(roles=APPROVERS)
@require_POST
def withdraw(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    page = seen_proposal(request, unit, pk)
    try:
        services.withdraw_override(override=page.row, by=request.actor.user, now=timezone.now())
    except services.UnableToWithdrawOverride as error:
        messages.error(request, error.message)
        return redirect("policy:proposal", unit.code, pk)
    messages.success(request, _("The proposal is withdrawn."))
    return redirect(reverse("policy:figure", args=[unit.code, page.row.key]))


@access.page(roles=EVERYONE)
@require_GET
def clauses(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The book, clause by clause."""
    table = tables.clauses_table(request, unit, pages.clause_list())
    return table.response() or render(request, "policy/clauses.html", {"unit": unit, "table": table})


@access.page(roles=EVERYONE)
@require_GET
def clause(request: GuardedRequest, unit: Unit, code: str) -> HttpResponse:
    """What a clause is about, its figures in force today, its cases."""
    day = chosen_day(request, unit)
    try:
        page = pages.clause_page(unit, code, day)
    except KeyError as error:
        raise Http404(code) from error
    table = tables.figures_table(request, unit, page.figures, filtered=False)
    return render(request, "policy/clause.html", {"unit": unit, "day": day, "page": page, "table": table})
