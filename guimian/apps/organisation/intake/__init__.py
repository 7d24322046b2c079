"""Reads the workbook by which a company is brought in: sheets Units, People, Posts, Windows, headings Chinese or English.

Nothing is trusted. Each cell that cannot be read is told with sheet, line, column, what was found and what would pass;
the others are read on. A line whose first cell begins with "# " is a remark. An empty cell says nothing: it never
erases what the company has.
"""

from guimian.apps.organisation.intake.lines import BadCell, Line, shown
from guimian.apps.organisation.intake.reading import Intake, UnreadableFile, read
from guimian.apps.organisation.intake.sheets import SHEETS, Column, SheetKind
from guimian.apps.organisation.intake.template import template
from guimian.apps.organisation.intake.words import in_english, word_of

__all__ = [
    "SHEETS",
    "BadCell",
    "Column",
    "Intake",
    "Line",
    "SheetKind",
    "UnreadableFile",
    "in_english",
    "read",
    "shown",
    "template",
    "word_of",
]
