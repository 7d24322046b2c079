"""The hall: what customers come for, their tickets, who sits at which window, and what business was done (R6)."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def new_secret() -> str:
    """What stands in the address of a page that needs no sign-in: 128 bits, not to be guessed."""
    return secrets.token_urlsafe(16)


class Service(models.Model):
    """What a customer comes for. Services of one letter share a line; a window serves them by skill (R6.5)."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)
    letter = models.CharField(_("letter"), max_length=1)
    skill = models.ForeignKey("organisation.Skill", models.PROTECT, related_name="+")
    is_active = models.BooleanField(_("offered"), default=True)
    place = models.PositiveSmallIntegerField(default=0)  # order on the kiosk

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(letter__gte="A") & Q(letter__lte="Z"), name="service_letter_a_to_z")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name


class Seat(models.Model):
    """A teller at a window, from taking it until leaving it."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    window = models.ForeignKey("organisation.Window", models.PROTECT, related_name="+")
    teller = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window"], condition=Q(left_at=None), name="seat_one_teller_a_window"),
            models.UniqueConstraint(fields=["teller"], condition=Q(left_at=None), name="seat_one_window_a_teller"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("taken_at")), name="seat_left_after_taken"
            ),
        ]
        indexes = [models.Index(fields=["unit", "day"], name="seat_by_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.window_id} {self.teller_id}"


class Ticket(models.Model):
    """A customer's place in line and the visit that follows: one record from the ticket to the farewell (R6.1)."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        CALLED = "CALLED", _("Called")
        SERVING = "SERVING", _("Being served")
        DONE = "DONE", _("Served")
        MISSED = "MISSED", _("Did not come")
        LEFT = "LEFT", _("Gave up")

    class Priority(models.TextChoices):
        NORMAL = "NORMAL", _("Usual")
        OLDER = "OLDER", _("Older customer")
        DISABLED = "DISABLED", _("Customer with a disability")
        VIP = "VIP", _("VIP")
        APPOINTMENT = "APPOINTMENT", _("Appointment")

    class Source(models.TextChoices):
        KIOSK = "KIOSK", _("Kiosk")
        GUIDE = "GUIDE", _("Guide")
        API = "API", _("API")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    priority = models.CharField(max_length=12, choices=Priority.choices, default=Priority.NORMAL)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.KIOSK)
    key = models.CharField(max_length=64, blank=True)  # the caller's own: a repeated call gets the same ticket
    secret = models.CharField(max_length=32, unique=True, default=new_secret)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tickets", null=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    called_at = models.DateTimeField(null=True)  # the first call: the wait ends here
    calls = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "letter", "number"], name="ticket_number_once"),
            models.UniqueConstraint(fields=["unit", "key"], condition=~Q(key=""), name="ticket_key_once"),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state__in=["CALLED", "SERVING"]), name="ticket_one_at_a_seat"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="ticket_number_from_one"),
            models.CheckConstraint(
                condition=Q(state="WAITING", seat=None, called_at=None, started_at=None, ended_at=None)
                | Q(state="CALLED", seat__isnull=False, called_at__isnull=False, started_at=None, ended_at=None)
                | Q(
                    state="SERVING",
                    seat__isnull=False,
                    called_at__isnull=False,
                    started_at__isnull=False,
                    ended_at=None,
                )
                | Q(
                    state="DONE",
                    seat__isnull=False,
                    called_at__isnull=False,
                    started_at__isnull=False,
                    ended_at__isnull=False,
                )
                | Q(
                    state="MISSED", seat__isnull=False, called_at__isnull=False, started_at=None, ended_at__isnull=False
                )
                | Q(state="LEFT", started_at=None, ended_at__isnull=False),
                name="ticket_state_has_times",
            ),
            models.CheckConstraint(
                condition=(Q(called_at=None) | Q(called_at__gte=F("issued_at")))
                & (Q(started_at=None) | Q(started_at__gte=F("called_at")))
                & (Q(ended_at=None) | Q(ended_at__gte=F("issued_at")))
                & (Q(ended_at=None) | Q(started_at=None) | Q(ended_at__gte=F("started_at"))),
                name="ticket_times_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "day", "state"], name="ticket_line"),
            models.Index(fields=["day", "unit"], name="ticket_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.label}"

    @property
    def label(self) -> str:
        """A007"""
        return f"{self.letter}{self.number:03}"


class BusinessRecord(models.Model):
    """A piece of business done at the counter: what the teller's close list is made of (R5.2)."""

    class Direction(models.TextChoices):
        NONE = "NONE", _("No money")
        IN = "IN", _("Received")
        OUT = "OUT", _("Paid out")

    class Way(models.TextChoices):
        NONE = "NONE", _("None")
        CASH = "CASH", _("Cash")
        CARD = "CARD", _("Card")
        TRANSFER = "TRANSFER", _("Bank transfer")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()  # of the counter's day, without gaps
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="records", null=True)
    teller = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    reference = models.CharField(_("policy or case number"), max_length=40, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, default=0)  # CNY
    direction = models.CharField(_("money"), max_length=4, choices=Direction.choices, default=Direction.NONE)
    way = models.CharField(_("way of payment"), max_length=8, choices=Way.choices, default=Way.NONE)
    papers = models.PositiveSmallIntegerField(_("papers"), default=0)  # sheets in the file
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "number"], name="record_number_once"),
            models.CheckConstraint(
                condition=Q(direction="NONE", way="NONE", amount=0)
                | (~Q(direction="NONE") & ~Q(way="NONE") & Q(amount__gt=0)),
                name="record_money_has_direction_and_way",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None)
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="record_void_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["unit", "day", "teller"], name="record_by_teller")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.number}"


class Rating(models.Model):
    """What the customer says of a visit, from 1 to 5 (R6.1). Apart from the ticket: it may come after the close."""

    class Way(models.TextChoices):
        PAD = "PAD", _("Rating pad")
        PHONE = "PHONE", _("Telephone page")

    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="rating_one_to_five")]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.score}"


class Device(models.Model):
    """A screen in the hall that nobody signs in at: its address holds a secret that a leader gives and takes back."""

    class Kind(models.TextChoices):
        KIOSK = "KIOSK", _("Kiosk")
        BOARD = "BOARD", _("Board")
        PAD = "PAD", _("Rating pad")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=40)
    window = models.ForeignKey("organisation.Window", models.PROTECT, related_name="+", null=True)  # of a rating pad
    secret = models.CharField(max_length=32, unique=True, default=new_secret)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="PAD", window__isnull=False) | (~Q(kind="PAD") & Q(window=None)),
                name="device_pad_has_a_window",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.name}"
