"""How the tests hand in a workbook on the page, and read the table that comes of it."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guimian.apps.organisation.tests.books import Sheets, book

IMPORT = "/u/C11/organisation/import/"


def file_of(data: bytes, name: str = "公司.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data, "application/octet-stream")}


def handed_in(client: Client, sheets: Sheets, url: str = IMPORT) -> str:
    """The address of what the file would do."""
    answer = client.post(url, file_of(book(sheets)))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def cells(words: str) -> list[list[str]]:
    """The texts of the rows of the first table."""
    body = words.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in body.split("</tr>") if "<td" in row]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in rows]
