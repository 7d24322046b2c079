"""Waits as the database counts them: how long each visit waited, and which waits lie above the limit (R6.3)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import BooleanField, Case, DateTimeField, DurationField, ExpressionWrapper, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from guimian.apps.reception import rules
from guimian.engines.policy import Policy


def waited(now: datetime) -> Combinable:
    """From the ticket to the first call, to the giving up, or to now."""
    until = Coalesce("called_at", "ended_at", Value(now, DateTimeField()))
    return ExpressionWrapper(until - F("issued_at"), DurationField())


def over_limit(now: datetime, figures: Policy) -> Q:
    """The waits above the limit, whoever ended them: what `rules.wants_comfort` says of one."""
    limit = rules.comfort_limit(figures)
    ended = Q(called_at=None, ended_at__gt=F("issued_at") + limit)
    still = Q(called_at=None, ended_at=None, issued_at__lt=now - limit)
    return Q(called_at__gt=F("issued_at") + limit) | ended | still


def is_over(now: datetime, figures: Policy) -> Case:
    return Case(When(over_limit(now, figures), then=True), default=False, output_field=BooleanField())
