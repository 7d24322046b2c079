"""The rows of the spine. Units and people are pointed at by the names in the settings (see ADR 1)."""

from guimian.base.models.findings import Action, Evidence, Finding
from guimian.base.models.idempotency import IdempotencyKey
from guimian.base.models.journal import JournalEntry, JournalHead, JournalSeal
from guimian.base.models.live import LiveEvent
from guimian.base.models.numbering import Series
from guimian.base.models.policy import PolicyOverride
from guimian.base.models.tokens import ApiToken
from guimian.base.models.work import Fired, Heartbeat

__all__ = [
    "Action",
    "ApiToken",
    "Evidence",
    "Finding",
    "Fired",
    "Heartbeat",
    "IdempotencyKey",
    "JournalEntry",
    "JournalHead",
    "JournalSeal",
    "LiveEvent",
    "PolicyOverride",
    "Series",
]
