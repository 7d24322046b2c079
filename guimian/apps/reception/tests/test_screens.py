"""Promises of the pages without sign-in: a kiosk gives one ticket for one touch, nobody's name is told, secrets open doors."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception import queries, services
from guimian.apps.reception.models import Device, Rating, Seat, Ticket
from guimian.apps.reception.tests.rows import make_service, make_window
from guimian.apps.reception.tests.test_guests import open_today
from guimian.apps.reception.views import limits, screens
from guimian.base import policy


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "POSTS", limits.Limit(60, 60))
    monkeypatch.setattr(screens, "MISSES", limits.Limit(30, 60))


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def seat(company: Company, teller: Person) -> Seat:
    """Window 3 of an open counter, with the teller."""
    open_today(company.k1, teller)
    window = make_window(company.k1, 3, make_service())
    return services.take_seat(unit=company.k1, window=window, by=teller, now=timezone.now())


def device_of(seat: Seat, kind: str) -> Device:
    window = seat.window if kind == "PAD" else None
    return services.add_device(
        unit=seat.unit, kind=kind, name=f"The {kind}", window=window, by=None, now=timezone.now()
    )


def ticket_of(seat: Seat, state: str = "WAITING") -> Ticket:
    """A ticket that has come as far as that."""
    now, by = timezone.now(), seat.teller
    ticket = services.issue_ticket(unit=seat.unit, service=make_service(), by=None, now=now)
    if state in {"CALLED", "SERVING", "DONE"}:
        services.call_ticket(seat=seat, ticket=ticket, by=by, now=now)
    if state in {"SERVING", "DONE"}:
        services.start_service(ticket=ticket, by=by, now=now)
    if state == "DONE":
        services.finish_service(ticket=ticket, by=by, now=now)
    if state == "LEFT":
        services.leave_line(ticket=ticket, by=None, now=now)
    return ticket


def text(answer: Any) -> str:
    return str(answer.content.decode())


def touch(client: Client, url: str, key: str, query: str = "") -> Any:
    return client.post(url + query, {"service": "CHANGE", "key": key}, follow=True)


# ---------------------------------------------------------------- kiosk
def test_a_touch_gives_a_number_and_the_way_to_the_telephone(seat: Seat, visitor: Client) -> None:
    url = f"/k/{device_of(seat, 'KIOSK').secret}/"
    key = re.search(r'name="key" value="([0-9a-f]{32})"', text(visitor.get(url)))
    assert key is not None
    ticket_of(seat)
    shown = text(touch(visitor, url, key[1]))
    assert "A002" in shown and "1 customer is ahead of you" in shown and "data:image/svg+xml" in shown
    assert 'hx-trigger="every 15s"' in shown  # back to the start by itself


def test_a_double_tap_gives_the_same_ticket(seat: Seat, visitor: Client) -> None:
    url = f"/k/{device_of(seat, 'KIOSK').secret}/"
    for _tap in range(3):
        assert "A001" in text(touch(visitor, url, "a" * 32))
    assert Ticket.objects.count() == 1
    assert "A002" in text(touch(visitor, url, "b" * 32))


def test_the_same_key_at_another_kiosk_is_another_customer(seat: Seat, visitor: Client) -> None:
    for number, label in ((1, "A001"), (2, "A002")):
        assert label in text(touch(visitor, f"/k/{device_of(seat, 'KIOSK').secret}/", "a" * 32)), number


def test_each_start_page_has_a_key_of_its_own(seat: Seat, visitor: Client) -> None:
    url = f"/k/{device_of(seat, 'KIOSK').secret}/"
    keys = {re.findall(r'name="key" value="(\w+)"', text(visitor.get(url)))[0] for _turn in range(5)}
    assert len(keys) == 5
    assert visitor.get(url)["Cache-Control"] == "no-store"


def test_older_customers_get_large_type_and_their_class(seat: Seat, visitor: Client) -> None:
    url = f"/k/{device_of(seat, 'KIOSK').secret}/"
    assert "kiosk-older" in text(visitor.get(f"{url}?older=1"))
    touch(visitor, url, "a" * 32, "?older=1")
    assert Ticket.objects.get().priority == "OLDER"


def test_the_language_in_the_address_leaves_nothing_behind(seat: Seat, visitor: Client) -> None:
    url = f"/k/{device_of(seat, 'KIOSK').secret}/"
    assert "请选择业务" in text(visitor.get(f"{url}?lang=zh-hans"))
    assert "Please choose a service" in text(visitor.get(url))
    assert "Please choose a service" in text(visitor.get(f"{url}?lang=nonsense"))


def test_a_kiosk_of_a_shut_counter_says_so_kindly(company: Company, visitor: Client) -> None:
    make_service()
    device = services.add_device(unit=company.k1, kind="KIOSK", name="x", by=None, now=timezone.now())
    url = f"/k/{device.secret}/"
    shown = text(visitor.get(url))
    assert "We are not open yet." in shown and 'name="service"' not in shown
    refused = visitor.post(url, {"service": "CHANGE", "key": "a" * 32})
    assert refused.status_code == 422 and "We are not open yet." in text(refused)
    assert not Ticket.objects.exists()


def test_a_service_that_does_not_exist_is_not_found(seat: Seat, visitor: Client) -> None:
    url = f"/k/{device_of(seat, 'KIOSK').secret}/"
    assert visitor.post(url, {"service": "NOTHING", "key": "a" * 32}).status_code == 404


# ---------------------------------------------------------------- board, telephone, pad
def test_the_board_shows_number_and_window_the_newest_first(seat: Seat, visitor: Client, company: Company) -> None:
    url = f"/b/{device_of(seat, 'BOARD').secret}/"
    assert "Please take a number" in text(visitor.get(url))
    ticket_of(seat, "CALLED")
    ticket_of(seat)
    shown = text(visitor.get(url))
    assert 'data-call="A001"' in shown and "Number A 0 0 1, please come to window 3." in shown
    assert re.search(r"<b>A</b><span class=\"num\">1</span>", shown)  # one waits for A


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("WAITING", "You are next"),
        ("CALLED", "Please come to window 3"),
        ("SERVING", "You are being served at window 3"),
        ("DONE", "Your visit is over."),
        ("LEFT", "You have left the line."),
    ],
)
def test_the_telephone_says_where_the_number_stands(state: str, says: str, seat: Seat, visitor: Client) -> None:
    shown = text(visitor.get(f"/q/{ticket_of(seat, state).secret}/"))
    assert says in shown and "A001" in shown
    assert ("Give up my place" in shown) == (state in {"WAITING", "CALLED"})
    assert ("How was our service?" in shown) == (state == "DONE")


def test_a_customer_gives_up_once(seat: Seat, visitor: Client) -> None:
    url = f"/q/{ticket_of(seat).secret}/"
    assert "You have left the line." in text(visitor.post(f"{url}leave/", follow=True))
    again = visitor.post(f"{url}leave/")
    assert again.status_code == 422 and "The number is in another state by now." in text(again)


def test_a_visit_is_rated_once_also_after_the_close(seat: Seat, visitor: Client) -> None:
    ticket = ticket_of(seat, "DONE")
    services.leave_seat(seat=seat, by=seat.teller, now=timezone.now())
    open_today(seat.unit, seat.teller, "CLOSED")
    url = f"/q/{ticket.secret}/"
    assert "Thank you for your rating." in text(visitor.post(f"{url}rate/", {"score": "4"}, follow=True))
    assert visitor.post(f"{url}rate/", {"score": "1"}).status_code == 422
    assert Rating.objects.get().score == 4


@pytest.mark.parametrize("score", ["0", "6", "x", "", "５", "-1"])
def test_a_score_that_is_none_is_refused(score: str, seat: Seat, visitor: Client) -> None:
    ticket = ticket_of(seat, "DONE")
    assert visitor.post(f"/q/{ticket.secret}/rate/", {"score": score}).status_code == 422
    assert not Rating.objects.exists()


def test_the_pad_asks_for_the_last_visit_and_thanks(seat: Seat, visitor: Client) -> None:
    url = f"/p/{device_of(seat, 'PAD').secret}/"
    assert "Welcome" in text(visitor.get(url))
    ticket = ticket_of(seat, "DONE")
    assert "How was our service?" in text(visitor.get(url))
    assert "Thank you" in text(visitor.post(url, {"ticket": ticket.pk, "score": "5"}))
    assert Rating.objects.get().way == "PAD"
    assert "Welcome" in text(visitor.get(url))


def test_the_pad_never_takes_the_rating_of_another_visit(seat: Seat, visitor: Client) -> None:
    url = f"/p/{device_of(seat, 'PAD').secret}/"
    first = ticket_of(seat, "DONE")
    ticket_of(seat, "CALLED")  # the next customer stands there
    assert "How was our service?" not in text(visitor.get(url))
    visitor.post(url, {"ticket": first.pk, "score": "1"})
    assert not Rating.objects.exists()


def test_the_pad_asks_for_a_few_minutes_only(seat: Seat) -> None:
    ticket, now = ticket_of(seat, "DONE"), timezone.now()
    figures = policy.on(seat.day, seat.unit)
    assert queries.visit_to_rate(seat.window, now + timedelta(minutes=4), figures) == ticket
    assert queries.visit_to_rate(seat.window, now + timedelta(minutes=6), figures) is None


# ---------------------------------------------------------------- secrets
@pytest.mark.parametrize("kind", ["KIOSK", "BOARD", "PAD"])
def test_a_retired_screen_is_gone(kind: str, seat: Seat, visitor: Client) -> None:
    device = device_of(seat, kind)
    url = f"/{kind[0].lower()}/{device.secret}/"
    assert visitor.get(url).status_code == 200
    services.retire_device(device=device, by=seat.teller, now=timezone.now())
    assert visitor.get(url).status_code == 404


def test_a_secret_opens_its_own_kind_of_page_only(seat: Seat, visitor: Client) -> None:
    board, ticket = device_of(seat, "BOARD"), ticket_of(seat)
    for letter in "kpq":
        assert visitor.get(f"/{letter}/{board.secret}/").status_code == 404
    for letter in "kbp":
        assert visitor.get(f"/{letter}/{ticket.secret}/").status_code == 404


def test_a_ticket_of_another_counter_is_not_shown_by_a_kiosk(seat: Seat, company: Company, visitor: Client) -> None:
    kiosk = services.add_device(unit=company.k2, kind="KIOSK", name="x", by=None, now=timezone.now())
    assert visitor.get(f"/k/{kiosk.secret}/{ticket_of(seat).secret}/").status_code == 404


def test_no_screen_tells_a_name(seat: Seat, visitor: Client) -> None:
    """Names, staff numbers and the screen's own name are put where a leak would show them; none is told."""
    teller = seat.teller
    ticket = ticket_of(seat, "CALLED")
    services.attach_record(
        unit=seat.unit, service=make_service(), ticket=ticket, reference="CANARY-REF", note="CANARY-NOTE", by=teller,
        now=timezone.now(),
    )  # fmt: skip
    waiting = ticket_of(seat)
    kiosk = device_of(seat, "KIOSK")
    urls = [
        f"/k/{kiosk.secret}/", f"/k/{kiosk.secret}/{ticket.secret}/", f"/b/{device_of(seat, 'BOARD').secret}/",
        f"/p/{device_of(seat, 'PAD').secret}/", f"/q/{ticket.secret}/", f"/q/{waiting.secret}/",
    ]  # fmt: skip
    words = {teller.name, teller.name_en, teller.staff_number, "CANARY", "The KIOSK", "The BOARD", "The PAD"}
    for url in urls:
        for language in ("en", "zh-hans"):
            shown = text(visitor.get(f"{url}?lang={language}"))
            assert not [word for word in words if word in shown], url
    board = text(visitor.get(urls[2]))
    assert ticket.secret not in board and waiting.secret not in board  # who sees the board cannot open a ticket's page


def test_who_posts_too_often_waits(seat: Seat, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "POSTS", limits.Limit(2, 60))
    url, other = (f"/k/{device_of(seat, 'KIOSK').secret}/" for _one in range(2))
    assert [touch(visitor, url, key * 32).status_code for key in "abc"] == [200, 200, 429]
    assert touch(visitor, other, "d" * 32).status_code == 200
    assert visitor.get(url).status_code == 200


def test_who_guesses_secrets_is_held_back_and_nobody_else(
    seat: Seat, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "MISSES", limits.Limit(3, 60))
    assert [visitor.get(f"/q/guess{number}/").status_code for number in range(5)] == [404, 404, 404, 429, 429]
    assert visitor.get(f"/q/{ticket_of(seat).secret}/").status_code == 200


def test_a_limit_forgets_after_its_time() -> None:
    limit = limits.Limit(2, 10)
    assert [limit.passes("a", moment) for moment in (0, 1, 2, 11.5, 11.6)] == [True, True, False, True, True]
    assert limit.passes("b", 2)
