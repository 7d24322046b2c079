"""The demo company's changes of figures: one in force soon, one that waits for a second person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guimian.apps.organisation.management import demo as organisation
from guimian.apps.organisation.models import Person
from guimian.base.access import Role, unit_model
from guimian.base.models import PolicyOverride
from guimian.base.policy import services


def officer(role: Role, unit: str) -> Person:
    """The first of the demo company's register in this role at this unit."""
    number = next(one.staff_number for one in organisation.register() if (one.role, one.unit) == (role, unit))
    return Person.objects.get_by_natural_key(number)


def load(now: datetime) -> dict[str, int]:
    """Make the two changes, unless figures were changed before."""
    if PolicyOverride.objects.exists():
        return {"changes of figures": 0}
    units = unit_model().objects.in_bulk(["P32", "C3201"], field_name="code")
    day = units["P32"].local_day(now)
    province = officer(Role.PROVINCE_OFFICER, "P32")
    soon: dict[str, Any] = {"key": "organisation.windows_medium", "value": 10, "from_date": day + timedelta(days=7)}
    reason = "中型店大厅改造期间，窗口数上限暂调为十个。"
    row = services.propose_override(unit=units["P32"], **soon, reason=reason, by=province, now=now)
    services.approve_override(override=row, note="同意试行。", by=officer(Role.HQ_OFFICER, "HQ"), now=now)
    services.propose_override(
        unit=units["C3201"],
        key="organisation.staff_urban",
        value=5,
        from_date=day + timedelta(days=14),
        until=day + timedelta(days=104),
        reason="年末业务高峰，城区柜面至少五名人员。",
        by=officer(Role.CITY_OFFICER, "C3201"),
        now=now,
    )
    return {"changes of figures": 2}
