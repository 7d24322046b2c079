"""Writes of the organisation: one verb, one transaction, one journal row."""

from guimian.apps.organisation.services.changing import UnableToChangeUnit, change_unit, rename_unit
from guimian.apps.organisation.services.closing import UnableToCloseUnit, close_unit
from guimian.apps.organisation.services.importing import (
    CHANGED,
    NEW,
    UNCHANGED,
    ImportPlan,
    RowPlan,
    UnableToImport,
    apply_import,
    plan_import,
)
from guimian.apps.organisation.services.joining import UnableToAddPerson, add_person
from guimian.apps.organisation.services.leaving import UnableToLetGo, let_go
from guimian.apps.organisation.services.lines_of_business import add_skill
from guimian.apps.organisation.services.opening import UnableToOpenUnit, open_unit
from guimian.apps.organisation.services.passwords import UnableToGivePassword, give_password, set_passwords
from guimian.apps.organisation.services.people import UnableToChangePerson, change_person
from guimian.apps.organisation.services.posts import UnableToGivePost, give_post
from guimian.apps.organisation.services.posts_ended import UnableToEndPost, end_post
from guimian.apps.organisation.services.skills import UnableToSetSkill, remove_skill, set_skill
from guimian.apps.organisation.services.windows import UnableToAddWindow, add_window
from guimian.apps.organisation.services.windows_changed import (
    UnableToChangeWindow,
    UnableToCloseWindow,
    change_window,
    close_window,
)

__all__ = [
    "CHANGED",
    "NEW",
    "UNCHANGED",
    "ImportPlan",
    "RowPlan",
    "UnableToAddPerson",
    "UnableToAddWindow",
    "UnableToChangePerson",
    "UnableToChangeUnit",
    "UnableToChangeWindow",
    "UnableToCloseUnit",
    "UnableToCloseWindow",
    "UnableToEndPost",
    "UnableToGivePassword",
    "UnableToGivePost",
    "UnableToImport",
    "UnableToLetGo",
    "UnableToOpenUnit",
    "UnableToSetSkill",
    "add_person",
    "add_skill",
    "add_window",
    "apply_import",
    "change_person",
    "change_unit",
    "change_window",
    "close_unit",
    "close_window",
    "end_post",
    "give_password",
    "give_post",
    "let_go",
    "open_unit",
    "plan_import",
    "remove_skill",
    "rename_unit",
    "set_passwords",
    "set_skill",
]
