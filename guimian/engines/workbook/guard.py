"""Looks into a workbook before any reader does: an archive that swells, a cell at the end of the world, a text of a
megabyte, a document type declaration. What passes can be read with little memory.

Every part is inflated in bounded steps and parsed by expat, whatever its name says, because the workbook's own
relations decide which part is a sheet.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

MAX_BYTES = 5 * 1024 * 1024
MAX_INFLATED = 60 * 1024 * 1024
MAX_PARTS = 200
MAX_ROWS = 2_000  # lines of one sheet, with its headings
MAX_COLUMNS = 40
MAX_TEXT = 2_000  # characters of one text

_REFERENCE = re.compile(r"^\$?([A-Z]{1,4})\$?(\d{1,8})$")


class UnsafeWorkbook(ValueError):
    """The file is not opened: `code` says why (for a message), the text says it in English."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def column_number(letters: str) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass
class _Part:
    """What one XML part holds: cells with formulas, and how long the text is that is being read."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    cell: tuple[int, int] = (0, 0)
    row: int = 0
    column: int = 0
    text: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row = int(attributes["r"]) if attributes.get("r", "").isdigit() else self.row + 1
            self.column = 0
            if self.row > MAX_ROWS:
                raise UnsafeWorkbook("rows", f"more than {MAX_ROWS} lines")
        elif tag == "c":
            self._enter_cell(attributes.get("r"))
        elif tag == "f":
            self.formulas.add(self.cell)
        if tag in {"si", "is", "v"}:
            self.text = 0

    def _enter_cell(self, reference: str | None) -> None:
        self.cell = (self.row, self.column + 1)
        if reference is not None:
            match = _REFERENCE.match(reference)
            if match is None:
                raise UnsafeWorkbook("broken", f"a cell is called {reference[:20]!r}")
            self.cell = (int(match[2]), column_number(match[1]))
        self.row, self.column = self.cell
        if self.row > MAX_ROWS:
            raise UnsafeWorkbook("rows", f"more than {MAX_ROWS} lines")
        if self.column > MAX_COLUMNS:
            raise UnsafeWorkbook("columns", f"more than {MAX_COLUMNS} columns")

    def characters(self, text: str) -> None:
        self.text += len(text)
        if self.text > MAX_TEXT and text.strip():
            raise UnsafeWorkbook("text", f"a text of more than {MAX_TEXT} characters")

    def end(self, name: str) -> None:
        self.text = 0 if name.rpartition(":")[2] not in {"t", "r", "rPr"} else self.text


def inspect(data: bytes) -> dict[str, set[tuple[int, int]]]:
    """Raise UnsafeWorkbook, or give back which cells (row, column, from 1) of which part hold a formula."""
    if len(data) > MAX_BYTES:
        raise UnsafeWorkbook("bytes", f"more than {MAX_BYTES} bytes")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnsafeWorkbook("broken", f"not a sound .xlsx file: {error}") from error


def _parts(archive: zipfile.ZipFile) -> dict[str, set[tuple[int, int]]]:
    entries = archive.infolist()
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise UnsafeWorkbook("bytes", "the archive swells beyond every measure")
    if "xl/workbook.xml" not in archive.namelist():
        raise UnsafeWorkbook("broken", "not an .xlsx workbook")
    formulas = {}
    for entry in entries:
        with archive.open(entry) as handle:
            content = handle.read(MAX_INFLATED + 1)  # its declared size and checksum are held against what comes
        if found := _formulas(content):
            formulas[entry.filename] = found
    return formulas


def _formulas(content: bytes) -> set[tuple[int, int]]:
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return set()  # an image or the like; no reader takes it for a sheet
    part, parser = _Part(), expat.ParserCreate()

    def refuse(*_declaration: Any) -> None:
        raise UnsafeWorkbook("broken", "a document type declaration")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = part.start
    parser.EndElementHandler = part.end
    parser.CharacterDataHandler = part.characters
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnsafeWorkbook("broken", f"a part is not sound XML: {error}") from error
    return part.formulas
