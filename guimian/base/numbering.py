"""Numbers per unit, series and period: no gaps, no doubles, assigned at issue.

The series' row is locked until the transaction that took the number ends: a rolled-back issue gives its number back,
and the next one waits for it. Keep the transaction short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from guimian.base.models import Series

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def issue(unit: Unit, series: str, period: str = "") -> int:
    """The next number, from 1, of this unit's series in this period. Must be called inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A number is issued inside the transaction that uses it.")
    rows = Series.objects.select_for_update().filter(unit=unit, name=series, period=period)
    row = rows.first()
    if row is None:
        Series.objects.get_or_create(unit=unit, name=series, period=period)
        row = rows.get()
    Series.objects.filter(pk=row.pk).update(last=row.last + 1)
    return row.last + 1
