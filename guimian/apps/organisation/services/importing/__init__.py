"""Bringing a company in from a workbook: a plan that touches nothing, then exactly that plan, whole or not at all.

The plan is made by doing everything in a transaction that is rolled back: what it shows is what the services did, with
their own refusals, line by line. Applying does it again and keeps it only when nothing was refused and the outcome has
the digest that was shown: a changed file or a changed company is refused.
"""

from guimian.apps.organisation.services.importing.applying import apply_import, plan_import
from guimian.apps.organisation.services.importing.plans import (
    CHANGED,
    NEW,
    UNCHANGED,
    ImportPlan,
    RowPlan,
    UnableToImport,
)

__all__ = ["CHANGED", "NEW", "UNCHANGED", "ImportPlan", "RowPlan", "UnableToImport", "apply_import", "plan_import"]
