"""Reads of the hall: the line, the board, the visits and their figures, the day's business records, the screens."""

from guimian.apps.reception.queries.console import (
    ConsolePage,
    WindowChoice,
    console_page,
    record_of,
    ticket_at_seat,
    visits_at_seat,
)
from guimian.apps.reception.queries.figures import DayFigures, day_figures, day_figures_below, waits_of
from guimian.apps.reception.queries.hall import Hall, hall_at
from guimian.apps.reception.queries.line import (
    Board,
    InLine,
    Shown,
    ahead_of,
    board_at,
    line_at,
    next_for,
    seat_of,
    seats_at,
    skills_at,
)
from guimian.apps.reception.queries.records import (
    DIRECTIONS,
    WAYS,
    records_of,
    tellers_of,
    totals_of,
)
from guimian.apps.reception.queries.screens import (
    DEVICE_KINDS,
    PRIORITIES,
    device_at,
    devices_of,
    services_offered,
    ticket_at,
)
from guimian.apps.reception.queries.visits import ticket_of, visits_visible_to

__all__ = [
    "DEVICE_KINDS",
    "DIRECTIONS",
    "PRIORITIES",
    "WAYS",
    "Board",
    "ConsolePage",
    "DayFigures",
    "Hall",
    "InLine",
    "Shown",
    "WindowChoice",
    "ahead_of",
    "board_at",
    "console_page",
    "day_figures",
    "day_figures_below",
    "device_at",
    "devices_of",
    "hall_at",
    "line_at",
    "next_for",
    "record_of",
    "records_of",
    "seat_of",
    "seats_at",
    "services_offered",
    "skills_at",
    "tellers_of",
    "ticket_at",
    "ticket_at_seat",
    "ticket_of",
    "totals_of",
    "visits_at_seat",
    "visits_visible_to",
    "waits_of",
]
