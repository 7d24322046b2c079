"""Reads of the hall: the line, the board, the visits and their figures, the day's business records, the screens."""

from guimian.apps.reception.queries.figures import DayFigures, day_figures, day_figures_below
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
)
from guimian.apps.reception.queries.records import records_of, tellers_of, totals_of
from guimian.apps.reception.queries.screens import device_at, devices_of, services_offered, ticket_at
from guimian.apps.reception.queries.visits import ticket_of, visits_visible_to

__all__ = [
    "Board",
    "DayFigures",
    "InLine",
    "Shown",
    "ahead_of",
    "board_at",
    "day_figures",
    "day_figures_below",
    "device_at",
    "devices_of",
    "line_at",
    "next_for",
    "records_of",
    "seat_of",
    "seats_at",
    "services_offered",
    "tellers_of",
    "ticket_at",
    "ticket_of",
    "totals_of",
    "visits_visible_to",
]
