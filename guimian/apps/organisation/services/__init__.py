"""Writes of the organisation: one verb, one transaction, one journal row."""

from guimian.apps.organisation.services.importing import (
    ImportPlan,
    RowPlan,
    UnableToImport,
    apply_import,
    plan_import,
)
from guimian.apps.organisation.services.people import (
    UnableToAddPerson,
    UnableToChangePerson,
    UnableToLetGo,
    UnableToSetSkill,
    add_person,
    change_person,
    let_go,
    set_passwords,
    set_skill,
)
from guimian.apps.organisation.services.posts import UnableToEndPost, UnableToGivePost, end_post, give_post
from guimian.apps.organisation.services.units import (
    UnableToChangeUnit,
    UnableToCloseUnit,
    UnableToOpenUnit,
    change_unit,
    close_unit,
    open_unit,
    rename_unit,
)
from guimian.apps.organisation.services.windows import (
    UnableToAddWindow,
    UnableToChangeWindow,
    UnableToCloseWindow,
    add_skill,
    add_window,
    change_window,
    close_window,
)

__all__ = [
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
    "give_post",
    "let_go",
    "open_unit",
    "plan_import",
    "rename_unit",
    "set_passwords",
    "set_skill",
]
