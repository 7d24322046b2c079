"""Days and hours: the State's calendar, a counter's hours, and its business days."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a State holiday or a make-up workday (R2.3)."""

    class Kind(models.TextChoices):
        HOLIDAY = "HOLIDAY", _("Holiday")
        STATUTORY = "STATUTORY", _("Statutory holiday")
        WORKDAY = "WORKDAY", _("Make-up workday")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class CalendarYear(models.Model):
    """Whether the State has announced a year's holidays; an unconfirmed year is said to be one."""

    year = models.PositiveSmallIntegerField(unique=True)
    is_confirmed = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.year)


class Hours(models.Model):
    """A counter's working and opening hours on one kind of day, from a date on (R1.3)."""

    class DayKind(models.TextChoices):
        WORKDAY = "WORKDAY", _("Workdays")
        SATURDAY = "SATURDAY", _("Saturdays")
        SUNDAY = "SUNDAY", _("Sundays")
        HOLIDAY = "HOLIDAY", _("Holidays")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day_kind = models.CharField(_("days"), max_length=10, choices=DayKind.choices)
    from_date = models.DateField(_("from"))
    is_open = models.BooleanField(_("open"), default=True)
    work_from = models.TimeField(_("work starts"), null=True)
    work_to = models.TimeField(_("work ends"), null=True)
    open_from = models.TimeField(_("doors open"), null=True)
    open_to = models.TimeField(_("doors close"), null=True)
    banks_until = models.TimeField(_("local banks stop corporate business"), null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day_kind", "from_date"], name="hours_once_from_a_day"),
            models.CheckConstraint(
                condition=Q(is_open=False)
                | Q(
                    work_from__isnull=False,
                    work_to__isnull=False,
                    open_from__isnull=False,
                    open_to__isnull=False,
                    open_from__gte=F("work_from"),
                    open_to__gt=F("open_from"),
                    open_to__lte=F("work_to"),
                ),
                name="hours_open_lie_within_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day_kind} from {self.from_date}"


class BusinessDay(models.Model):
    """The business day of a counter: opened, closing, closed. One row a counter and day, at most one not yet closed."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("Open")
        CLOSING = "CLOSING", _("Closing")
        CLOSED = "CLOSED", pgettext_lazy("business day", "Closed")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="business_days")
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closing_at = models.DateTimeField(null=True)
    closing_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="business_day_once"),
            models.UniqueConstraint(fields=["unit"], condition=~Q(state="CLOSED"), name="business_day_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="OPEN", closing_at=None, closed_at=None)
                | Q(state="CLOSING", closing_at__isnull=False, closed_at=None)
                | Q(state="CLOSED", closing_at__isnull=False, closed_at__isnull=False),
                name="business_day_state_has_times",
            ),
            models.CheckConstraint(
                condition=(Q(closing_at=None) | Q(closing_at__gte=F("opened_at")))
                & (Q(closed_at=None) | Q(closed_at__gte=F("closing_at"))),
                name="business_day_times_in_order",
            ),
        ]
        indexes = [models.Index(fields=["day", "state"], name="business_day_by_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.state}"
