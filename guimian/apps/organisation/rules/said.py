"""A verdict about something that no figure of the policy says."""

from __future__ import annotations

from guimian.engines.policy import Outcome, Verdict


def said(code: str, clause: str, holds: bool, zh: str, en: str, found: object, limit: object) -> Verdict:
    """Met when it `holds`; the titles say in both languages what was asked."""
    outcome = Outcome.MET if holds else Outcome.NOT_MET
    return Verdict(code, clause, outcome, {"zh": zh, "en": en}, found=found, limit=limit, comparator="=")
