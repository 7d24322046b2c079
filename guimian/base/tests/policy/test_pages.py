"""The pages of the policy, as people of the cast meet them."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base import policy
from guimian.base.models import PolicyOverride
from guimian.base.policy import pages, services

KEY = "organisation.windows_large"


def signed_in(client: Client, person: Person, language: str = "en") -> Client:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = language
    return client


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def proposal(company: Company, province_officer: Person) -> PolicyOverride:
    return services.propose_override(
        unit=company.p1,
        key=KEY,
        value=14,
        from_date=tomorrow(),
        reason="大厅改造试点",
        by=province_officer,
        now=timezone.now(),
    )


def get(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_sees_the_figures_in_force(client: Client, teller: Person, language: str) -> None:
    html = get(signed_in(client, teller, language), "policy:figures", "K1")
    for key in policy.book().figures:
        assert reverse("policy:figure", args=["K1", key]) in html


def test_figures_of_another_day(
    client: Client, company: Company, proposal: PolicyOverride, hq_officer: Person, teller: Person
) -> None:
    services.approve_override(override=proposal, by=hq_officer, now=timezone.now())
    signed_in(client, teller)
    today = get(client, "policy:figures", "K1", mark="overridden")
    later = get(client, "policy:figures", "K1", mark="overridden", day=tomorrow().isoformat())
    assert KEY not in today
    assert KEY in later
    assert company.p1.name_en in later


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"regulation": "F"}, "windows_large", "given_by_supervisor"),
        ({"regulation": "R10"}, "given_by_supervisor", "windows_large"),
        ({"q": "large standard"}, "windows_large", "windows_small"),
        ({"day": "yesterday"}, "windows_large", "no.such"),
    ],
)
def test_figures_are_filtered(client: Client, teller: Person, query: dict[str, str], shown: str, hidden: str) -> None:
    html = get(signed_in(client, teller), "policy:figures", "K1", **query)
    assert shown in html
    assert hidden not in html


def test_figures_go_to_excel(client: Client, teller: Person) -> None:
    response = signed_in(client, teller).get(reverse("policy:figures", args=["K1"]), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    assert sheet.max_row == len(policy.book().figures) + 1


def test_a_figure_tells_its_history(
    client: Client, company: Company, proposal: PolicyOverride, hq_officer: Person, teller: Person
) -> None:
    services.approve_override(override=proposal, by=hq_officer, now=timezone.now())
    html = get(signed_in(client, teller), "policy:figure", "K1", KEY)
    for words in ("2021-10-01", tomorrow().isoformat(), "大厅改造试点", "Sun Li", "Qian Zheng", "figure-history"):
        assert words in html
    above = get(signed_in(client, hq_officer), "policy:figure", "HQ", KEY)
    assert "Changed below this unit" in above
    assert "figure-history" not in above


def test_the_chart_tells_what_held_when(company: Company, proposal: PolicyOverride, hq_officer: Person) -> None:
    services.approve_override(override=proposal, by=hq_officer, now=timezone.now())
    chart = pages.figure_page(company.k1, KEY, timezone.localdate()).chart
    assert chart is not None
    assert chart.spec["series"][0]["data"] == [15.0, 15.0, 14.0]
    assert pages.figure_page(company.k9, KEY, timezone.localdate()).chart is None


def test_a_change_goes_from_form_to_force(
    client: Client, company: Company, province_officer: Person, hq_officer: Person
) -> None:
    signed_in(client, province_officer)
    assert "Propose a change" in get(client, "policy:figure", "P1", KEY)
    form = {"value": "14", "from_date": tomorrow().isoformat(), "reason": "试点"}
    sent = client.post(reverse("policy:propose", args=["P1", KEY]), form)
    row = PolicyOverride.objects.get()
    assert sent.headers["Location"] == reverse("policy:proposal", args=["P1", row.pk])
    own = get(client, "policy:proposal", "P1", row.pk)
    assert "Withdraw the proposal" in own
    assert "Your decision" not in own
    signed_in(client, hq_officer)
    assert reverse("policy:proposal", args=["HQ", row.pk]) in get(client, "policy:proposals", "HQ", state="PROPOSED")
    assert "Your decision" in get(client, "policy:proposal", "HQ", row.pk)
    client.post(reverse("policy:decide", args=["HQ", row.pk]), {"decision": "approve"})
    assert policy.on(tomorrow(), company.k1)[KEY] == 14


def test_refusals_stand_on_the_form(client: Client, province_officer: Person, company: Company) -> None:
    signed_in(client, province_officer)
    url = reverse("policy:propose", args=["P1", KEY])
    late = client.post(url, {"value": "14", "from_date": "2026-01-05", "reason": "试点"}).content.decode()
    assert "the past is judged by the past" in late
    assert "F8.2" in late
    for wrong in ({"value": "a"}, {"value": "100"}, {"value": ""}, {"value": "1.5"}):
        form = {"from_date": tomorrow().isoformat(), "reason": "试点"} | wrong
        assert client.post(url, form).status_code == 200
    assert not PolicyOverride.objects.exists()


def test_one_cannot_decide_on_ones_own(
    client: Client, company: Company, proposal: PolicyOverride, province_officer: Person
) -> None:
    url = reverse("policy:decide", args=["P1", proposal.pk])
    response = signed_in(client, province_officer).post(url, {"decision": "approve"})
    assert response.status_code == 422
    assert "Nobody decides on his own proposal" in response.content.decode()
    assert client.post(reverse("policy:withdraw", args=["P1", proposal.pk])).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "WITHDRAWN"


def test_turning_down_wants_a_word(
    client: Client, company: Company, proposal: PolicyOverride, hq_officer: Person
) -> None:
    url = reverse("policy:decide", args=["P1", proposal.pk])
    signed_in(client, hq_officer)
    assert client.post(url, {"decision": "reject"}).status_code == 422
    assert client.post(url, {"decision": "reject", "note": "依据不足"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decision_note) == ("REJECTED", "依据不足")


def test_proposals_of_others_do_not_exist(
    client: Client, company: Company, proposal: PolicyOverride, outsider: Person, teller: Person, manager: Person
) -> None:
    signed_in(client, outsider)
    assert client.get(reverse("policy:proposal", args=["K9", proposal.pk])).status_code == 404
    assert client.get(reverse("policy:proposal", args=["P1", proposal.pk])).status_code == 404
    signed_in(client, teller)
    assert client.get(reverse("policy:proposals", args=["K1"])).status_code == 403
    signed_in(client, manager)
    assert client.get(reverse("policy:proposal", args=["S111", proposal.pk])).status_code == 404
    assert client.get(reverse("policy:propose", args=["S111", KEY])).status_code == 403


def test_what_does_not_exist_is_not_found(client: Client, hq_officer: Person) -> None:
    signed_in(client, hq_officer)
    for name, arg in (("figure", "no.such"), ("propose", "no.such"), ("clause", "R99.1"), ("proposal", 7)):
        assert client.get(reverse(f"policy:{name}", args=["HQ", arg])).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_clause_has_a_page(client: Client, teller: Person, language: str) -> None:
    signed_in(client, teller, language)
    html = get(client, "policy:clauses", "K1")
    for row in pages.clause_list():
        assert row.title
        assert reverse("policy:clause", args=["K1", row.code]) in html
    page = get(client, "policy:clause", "K1", "F8.2")
    assert ("大型店设十六个窗口，超过上限" if language == "zh-hans" else "one too many") in page
    assert KEY in page


@pytest.mark.parametrize("key", sorted(policy.book().figures))
def test_every_figure_can_be_proposed_on(client: Client, hq_officer: Person, key: str) -> None:
    signed_in(client, hq_officer)
    assert client.get(reverse("policy:figure", args=["HQ", key])).status_code == 200
    assert client.get(reverse("policy:propose", args=["HQ", key])).status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "2020-01-01", "9999-12-31", "", "2026-02-30", '"><script>'])
def test_any_day_may_be_asked_for(client: Client, teller: Person, day: str) -> None:
    signed_in(client, teller)
    for name, args in (("figures", ["K1"]), ("figure", ["K1", KEY]), ("clause", ["K1", "F8.2"])):
        assert '"><script>' not in get(client, f"policy:{name}", *args, day=day)
