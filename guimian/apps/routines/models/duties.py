"""Duties: the catalogue, and what a counter has to do on a day (R1.1, R1.2, R1.4)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guimian.apps.routines.models.shared import Entry, Part


class Duty(Entry):
    """A duty of the catalogue. Its time is counted from the counter's own hours."""

    class Rhythm(models.TextChoices):
        DAILY = "DAILY", _("Every day")
        WEEKLY = "WEEKLY", _("Every week")
        MONTHLY = "MONTHLY", _("Every month")
        QUARTERLY = "QUARTERLY", _("Every quarter")
        BEFORE_HOLIDAY = "BEFORE_HOLIDAY", _("Before a long holiday")
        AFTER_HOLIDAY = "AFTER_HOLIDAY", _("After a long holiday")

    class Anchor(models.TextChoices):
        WORK_FROM = "WORK_FROM", _("Work starts")
        OPEN_FROM = "OPEN_FROM", _("Doors open")
        OPEN_TO = "OPEN_TO", _("Doors close")
        WORK_TO = "WORK_TO", _("Work ends")

    whom_zh = models.CharField(_("with whom, in Chinese"), max_length=60, blank=True)
    whom_en = models.CharField(_("with whom, in English"), max_length=80, blank=True)
    rhythm = models.CharField(_("how often"), max_length=20, choices=Rhythm.choices, default=Rhythm.DAILY)
    number = models.PositiveSmallIntegerField(_("day of the week, the month or the quarter"), default=1)
    anchor = models.CharField(_("counted from"), max_length=10, choices=Anchor.choices)
    offset = models.SmallIntegerField(_("minutes after it"), default=0)  # negative: before it
    every = models.PositiveSmallIntegerField(_("again every so many minutes"), default=0)  # 0: once
    roles = models.JSONField(default=list)
    needs_note = models.BooleanField(_("needs a note"), default=False)
    needs_photo = models.BooleanField(_("needs a photo"), default=False)
    as_needed = models.BooleanField(_("only when it is needed"), default=False)  # never late, never missed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "from_date"], name="duty_once_from_a_day"),
            models.CheckConstraint(condition=Q(points__gte=0), name="duty_points_not_negative"),
            models.CheckConstraint(condition=Q(every=0) | Q(every__gte=15), name="duty_not_too_often"),
        ]


class DayDuty(models.Model):
    """A duty of a counter on a day. `number` counts a duty that comes again within the day, from 1."""

    class State(models.TextChoices):
        DUE = "DUE", _("To do")
        DONE = "DONE", _("Done")
        LATE = "LATE", _("Done late")
        MISSED = "MISSED", _("Missed")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    part = models.CharField(max_length=10, choices=Part.choices)
    from_at = models.DateTimeField()  # not before
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    done_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)
    missed_at = models.DateTimeField(null=True)
    finding = models.ForeignKey("base.Finding", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "code", "number"], name="day_duty_once"),
            models.CheckConstraint(condition=Q(due_at__gte=F("from_at")), name="day_duty_times_in_order"),
            models.CheckConstraint(
                condition=Q(state="DUE", done_at=None, missed_at=None)
                | Q(state__in=["DONE", "LATE"], done_at__isnull=False, done_by__isnull=False, missed_at=None)
                | Q(state="MISSED", done_at=None, missed_at__isnull=False),
                name="day_duty_state_has_times",
            ),
            models.CheckConstraint(
                condition=~Q(state="LATE") | Q(done_at__gt=F("due_at")), name="day_duty_late_is_after_due"
            ),
        ]
        indexes = [
            models.Index(fields=["day", "unit"], name="day_duty_by_day"),
            models.Index(fields=["state", "due_at"], name="day_duty_to_do"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.code} {self.state}"


class DutyPhoto(models.Model):
    """A photo that shows a duty done. Kept as evidence is: by its content, without what the camera noted."""

    day_duty = models.ForeignKey(DayDuty, models.PROTECT, related_name="photos")
    kind = models.CharField(max_length=60)  # media type, told from the content
    path = models.CharField(max_length=200)  # below MEDIA_ROOT, named by content
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day_duty", "sha256"], name="duty_photo_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"duty-{self.day_duty_id}-{self.sha256[:8]}.{self.path.rpartition('.')[2]}"
