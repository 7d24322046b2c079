"""Policy as dated data: figures with a clause, a unit, both titles and values by date; verdicts that cite them."""

from guimian.engines.policy.book import (
    Book,
    BrokenPolicy,
    Change,
    Figure,
    Origin,
    Policy,
    Value,
    read_book,
)
from guimian.engines.policy.verdict import Outcome, Verdict, compare

__all__ = [
    "Book",
    "BrokenPolicy",
    "Change",
    "Figure",
    "Origin",
    "Outcome",
    "Policy",
    "Value",
    "Verdict",
    "compare",
    "read_book",
]
