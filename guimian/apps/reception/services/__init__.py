"""Writes of the hall: one verb, one transaction, one journal row."""

from guimian.apps.reception.services.calls import (
    UnableToCall,
    UnableToFinish,
    UnableToPassOver,
    UnableToStart,
    call_next,
    call_ticket,
    finish_service,
    pass_over,
    recall,
    start_service,
)
from guimian.apps.reception.services.devices import UnableToAddDevice, add_device, retire_device
from guimian.apps.reception.services.peaks import learn_peaks
from guimian.apps.reception.services.ratings import UnableToRate, rate_visit
from guimian.apps.reception.services.records import (
    UnableToAttachRecord,
    UnableToVoidRecord,
    attach_record,
    void_record,
)
from guimian.apps.reception.services.seats import UnableToLeaveSeat, UnableToTakeSeat, leave_seat, take_seat
from guimian.apps.reception.services.tickets import (
    UnableToIssue,
    UnableToLeaveLine,
    add_service,
    issue_ticket,
    leave_line,
)

__all__ = [
    "UnableToAddDevice",
    "UnableToAttachRecord",
    "UnableToCall",
    "UnableToFinish",
    "UnableToIssue",
    "UnableToLeaveLine",
    "UnableToLeaveSeat",
    "UnableToPassOver",
    "UnableToRate",
    "UnableToStart",
    "UnableToTakeSeat",
    "UnableToVoidRecord",
    "add_device",
    "add_service",
    "attach_record",
    "call_next",
    "call_ticket",
    "finish_service",
    "issue_ticket",
    "learn_peaks",
    "leave_line",
    "leave_seat",
    "pass_over",
    "rate_visit",
    "recall",
    "retire_device",
    "start_service",
    "take_seat",
    "void_record",
]
