"""The two tables of an import: what it would do, and what is to be corrected first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guimian.apps.organisation import intake, services
from guimian.base.access import GuardedRequest
from guimian.base.ui.filters import Filter
from guimian.base.ui.tables import Column, Table, build_table

HEADINGS = {(kind.code, column.field): column for kind in intake.SHEETS for column in kind.columns}


def sheet_name(code: str) -> str:
    """The sheet as the workbook calls it, in the page's language."""
    kind = next(kind for kind in intake.SHEETS if kind.code == code)
    return kind.code if intake.in_english() else kind.zh


def change_text(row: services.RowPlan) -> str:
    """What a line changes, in the headings and words of the workbook."""
    said = []
    for name, old, new in row.fields:
        if row.outcome == services.NEW and new in row.key.split():
            continue
        column = HEADINGS[row.sheet, name]
        heading = column.en if intake.in_english() else column.zh
        before = "" if row.outcome == services.NEW else f"{shown(old)} → "
        said.append(f"{heading} {before}{shown(new)}")
    return " · ".join(said)


def shown(value: str) -> str:
    words = {"True": _("Yes"), "False": _("No"), "given": _("given"), "changed": _("changed"), "": "–"}
    return words.get(value) or str(intake.word_of(value))


def key_text(row: services.RowPlan) -> str:
    return " ".join(str(intake.word_of(part)) for part in row.key.split())


def column_text(cell: intake.BadCell) -> str:
    """The letters of the column and its heading."""
    column = HEADINGS.get((cell.sheet, cell.field))
    if column is None:
        return cell.column
    return f"{cell.column} {column.en if intake.in_english() else column.zh}"


def changes_table(request: GuardedRequest, plan: services.ImportPlan) -> Table:
    words = {services.NEW: _("New"), services.CHANGED: _("Changed"), services.UNCHANGED: _("Unchanged")}
    columns = [
        Column("sheet", _("Sheet"), sort="sheet", value=lambda row: sheet_name(row.sheet)),
        Column("line", _("Line"), sort="line", kind="number"),
        Column("key", _("What"), sort="key", value=key_text),
        Column(
            "outcome",
            _("Outcome"),
            sort="outcome",
            value=lambda row: words[row.outcome],
            template="organisation/_outcome.html",
        ),
        Column("fields", _("Change"), value=change_text),
    ]
    sheets = [(kind.code, sheet_name(kind.code)) for kind in intake.SHEETS]
    narrow = [
        Filter("sheet", _("Sheet"), lambda row, text: row.sheet == text, sheets),
        Filter("outcome", _("Outcome"), lambda row, text: row.outcome == text, list(words.items())),
    ]
    return build_table(request, plan.rows, columns, filters=narrow, caption=_("What would change"), name="rows")


def bad_table(request: GuardedRequest, plan: services.ImportPlan) -> Table:
    columns = [
        Column("sheet", _("Sheet"), value=lambda cell: sheet_name(cell.sheet), template="organisation/_sheet.html"),
        Column("line", _("Line"), sort="line", kind="number"),
        Column("column", _("Column"), sort="column", value=column_text),
        Column("found", _("Found")),
        Column("wanted", _("Would pass")),
        Column("clause", _("Clause"), kind="clause"),
    ]
    return build_table(request, plan.bad, columns, caption=_("Lines to correct"), name="bad")
