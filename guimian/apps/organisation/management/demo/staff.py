"""Who works at a unit of the demo company, and what they can do."""

from __future__ import annotations

from decimal import Decimal

from guimian.base.access import Role

#: who works at a unit, by its level or, at a counter, its class (one counter has fewer): 150 people in all
STAFF: dict[str, tuple[tuple[Role, int], ...]] = {
    "HQ": ((Role.HQ_OFFICER, 3), (Role.INFORMATION_OFFICER, 1)),
    "PROVINCE": ((Role.PROVINCE_OFFICER, 3), (Role.INFORMATION_OFFICER, 1), (Role.ARCHIVIST, 1)),
    "CITY": ((Role.CITY_OFFICER, 2), (Role.INFORMATION_OFFICER, 1)),
    "CENTRE": ((Role.CENTRE_MANAGER, 1), (Role.ARCHIVIST, 1)),
    "FLAGSHIP": (
        (Role.SUPERVISOR, 1),
        (Role.TELLER, 6),
        (Role.CASHIER, 2),
        (Role.GUIDE, 2),
        (Role.FLOATING_ADVISER, 1),
        (Role.CLOSING_OFFICER, 1),
        (Role.INFORMATION_OFFICER, 1),
    ),
    "LARGE": (
        (Role.SUPERVISOR, 1),
        (Role.TELLER, 4),
        (Role.CASHIER, 2),
        (Role.GUIDE, 1),
        (Role.FLOATING_ADVISER, 1),
        (Role.CLOSING_OFFICER, 1),
    ),
    "MEDIUM": (
        (Role.SUPERVISOR, 1),
        (Role.TELLER, 3),
        (Role.CASHIER, 1),
        (Role.GUIDE, 1),
        (Role.CLOSING_OFFICER, 1),
    ),
    "SMALL": ((Role.SUPERVISOR, 1), (Role.TELLER, 1), (Role.CASHIER, 1), (Role.CLOSING_OFFICER, 1)),
    "INNER": ((Role.SUPERVISOR, 1), (Role.TELLER, 1), (Role.GUIDE, 1)),
    "K51070102": ((Role.SUPERVISOR, 1), (Role.TELLER, 1)),
}
SKILLS_OF = {
    Role.SUPERVISOR: ("POLICY_SERVICE", "CLAIM", "PAYOUT"),
    Role.TELLER: ("POLICY_SERVICE", "CLAIM", "RENEWAL", "NEW_BUSINESS"),
    Role.CASHIER: ("CASH", "PAYOUT"),
}
AUTHORITY = {1: Decimal(5_000), 2: Decimal(50_000), 3: Decimal(200_000)}  # CNY a single case
