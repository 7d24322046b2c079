"""A teller's close: the list of the day's records, each checked with its papers, and the cash (R5.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guimian.apps.daily_close.models.causes import Cause


class TellerClose(models.Model):
    """What one teller confirmed of a day. The totals and the digest are those of the list that was confirmed.

    A self-service device counts as a teller (R5.2); it has no row until devices record business.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Begun")
        CONFIRMED = "CONFIRMED", _("Confirmed")
        RETURNED = "RETURNED", _("Sent back")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    teller = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    digest = models.CharField(max_length=64)  # of the list as it was checked
    records = models.PositiveIntegerField(default=0)
    voided = models.PositiveIntegerField(default=0)
    received = models.DecimalField(max_digits=16, decimal_places=2, default=0)  # CNY, as all money here
    paid = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    cash_in = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    cash_out = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    cash_counted = models.DecimalField(max_digits=16, decimal_places=2, null=True)  # the day's, without the float
    cash_difference = models.DecimalField(max_digits=16, decimal_places=2, null=True)  # counted less what the list says
    cash_cause = models.ForeignKey(Cause, models.PROTECT, related_name="+", null=True)
    cash_note = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    returned_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "teller"], name="teller_close_once_a_day"),
            models.CheckConstraint(
                condition=~Q(state="CONFIRMED") | Q(confirmed_at__isnull=False), name="teller_close_confirmed_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="RETURNED")
                | (Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_reason="")),
                name="teller_close_returned_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(cash_counted=None, cash_difference=None)
                | (
                    Q(cash_counted__isnull=False, cash_difference__isnull=False)
                    & (~Q(state="CONFIRMED") | Q(cash_difference=0) | Q(cash_cause__isnull=False))
                ),
                name="teller_close_cash_difference_has_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.teller_id} {self.state}"


class CloseLine(models.Model):
    """A record held against its papers: they agree, or they do not and why. Unit and day let the database lock it."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    close = models.ForeignKey(TellerClose, models.PROTECT, related_name="lines")
    record = models.ForeignKey("reception.BusinessRecord", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # of the record as it was checked
    agrees = models.BooleanField()
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="+", null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["close", "record"], name="close_line_once_a_record"),
            models.CheckConstraint(
                condition=Q(agrees=True, cause=None) | Q(agrees=False, cause__isnull=False),
                name="close_line_difference_has_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.close_id} {self.record_id} {self.agrees}"
