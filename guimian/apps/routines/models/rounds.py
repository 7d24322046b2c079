"""Walk-rounds: the form's items, the peaks they are walked at, the rounds and what was seen (R1.5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guimian.apps.routines.models.shared import Entry


class RoundItem(Entry):
    """An item of the walk-round form. `points`: at most so many are taken off."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "from_date"], name="round_item_once_from_a_day"),
            models.CheckConstraint(condition=Q(points__gte=0), name="round_item_points_not_negative"),
        ]


class Peaks(models.Model):
    """When a counter's traffic peaks, from a day on. `day_kind` is empty for all kinds of days."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day_kind = models.CharField(max_length=10, blank=True)
    from_date = models.DateField()
    morning = models.TimeField()
    afternoon = models.TimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day_kind", "from_date"], name="peaks_once_from_a_day"),
            models.CheckConstraint(condition=Q(afternoon__gt=F("morning")), name="peaks_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.morning} {self.afternoon}"


class Round(models.Model):
    """A walk-round of a counter: planned with the day, walked, signed; or missed. EXTRA ones are nobody's plan."""

    class Slot(models.TextChoices):
        BEFORE = "BEFORE", _("Before opening")
        MORNING = "MORNING", _("Morning peak")
        AFTERNOON = "AFTERNOON", _("Afternoon peak")
        EXTRA = "EXTRA", _("Extra round")

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("To walk")
        WALKING = "WALKING", _("Being walked")
        SIGNED = "SIGNED", _("Signed")
        MISSED = "MISSED", _("Missed")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    slot = models.CharField(max_length=10, choices=Slot.choices)
    from_at = models.DateTimeField()  # the window around the peak
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    is_late = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    missed_at = models.DateTimeField(null=True)
    points_off = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "day", "slot"], condition=~Q(slot="EXTRA"), name="round_once_a_slot"
            ),
            models.UniqueConstraint(
                fields=["unit", "started_by"], condition=Q(state="WALKING"), name="round_one_walk_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="PLANNED", started_at=None, signed_at=None, missed_at=None)
                | Q(state="WALKING", started_at__isnull=False, started_by__isnull=False, signed_at=None)
                | Q(state="SIGNED", started_at__isnull=False, signed_at__isnull=False, signed_by__isnull=False)
                | Q(state="MISSED", signed_at=None, missed_at__isnull=False),
                name="round_state_has_times",
            ),
            models.CheckConstraint(condition=Q(points_off__gte=0), name="round_points_not_negative"),
        ]
        indexes = [
            models.Index(fields=["day", "unit"], name="round_by_day"),
            models.Index(fields=["state", "due_at"], name="round_to_walk"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.slot} {self.state}"


class RoundAnswer(models.Model):
    """What was seen at one item of a round: in order, or points off with the finding."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="answers")
    item = models.ForeignKey(RoundItem, models.PROTECT, related_name="+")
    is_fine = models.BooleanField()
    points = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    what = models.CharField(max_length=500, blank=True)
    finding = models.ForeignKey("base.Finding", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "item"], name="round_answer_once"),
            models.CheckConstraint(
                condition=Q(is_fine=True, points=0) | (Q(is_fine=False, points__gte=0) & ~Q(what="")),
                name="round_answer_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.item_id}"
