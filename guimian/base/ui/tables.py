"""Tables that are sorted, filtered, paged, printed and taken to Excel; every state of one is in the address.

    table = build_table(request, queries.people_visible_to(…), [Column("name", _("Name"), sort="name")])
    return table.response() or render(request, "organisation/people.html", {"table": table})

Rows are a QuerySet or a sequence; a sort is a field path of the former, an attribute path of the latter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guimian.base.ui.export import MOST_ROWS, workbook_response
from guimian.base.ui.filters import Chip, Filters, Narrowed, narrowed

Rows = QuerySet[Any] | Sequence[Any]
Text = str | Promise
PAGE_SIZE = 50
MOST_PAGES = 10_000
NUMERIC = {"number", "money", "percent", "duration"}


@dataclass(frozen=True)
class Column:
    """One column. `value` takes the row (default: the attribute path `key`); `link` gives the cell's address, or none.

    `kind`: text, code, number, money, percent, duration (minutes), day, moment, clock, state, clause, yes_no.
    `template`: draws the cell from `row`, `value`, `text`. `export=False` keeps it out of Excel.
    """

    key: str
    title: Text
    sort: str = ""
    value: Callable[[Any], Any] | None = None
    link: Callable[[Any], str] | None = None
    kind: str = "text"
    template: str = ""
    export: bool = True

    def of(self, row: Any) -> Any:
        return self.value(row) if self.value else attribute(row, self.key)

    def text_of(self, row: Any, value: Any) -> str:
        """The words of a choice (`get_…_display`), yes or no, else the value as text."""
        display = getattr(row, f"get_{self.key}_display", None)
        if display is not None and self.value is None:
            return str(display())
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return "" if value is None else str(getattr(value, "label", value))

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


@dataclass(frozen=True)
class Head:
    """A column's head: `order` is ascending, descending or empty; `url` sorts by it (empty: cannot)."""

    column: Column
    order: str
    url: str


@dataclass(frozen=True)
class Cell:
    column: Column
    row: Any
    value: Any
    text: str
    url: str


@dataclass(frozen=True)
class Page:
    """Which part is shown. `links` are (number, address) to near pages; number 0 stands for a gap."""

    number: int
    last: int
    total: int
    first_row: int
    last_row: int
    previous: str
    next: str
    links: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Table:
    """What `ui/_table.html` draws."""

    id: str
    caption: Text
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    page: Page
    filters: Narrowed | None
    export_url: str
    empty: Empty
    live: str = ""
    chips: tuple[Chip, ...] = ()
    export: Callable[[], HttpResponse] | None = field(default=None, repr=False)

    def response(self) -> HttpResponse | None:
        """The workbook, when it was asked for (`?export=xlsx`)."""
        return self.export() if self.export else None


@dataclass(frozen=True)
class Empty:
    """What an empty table says, and what to do next."""

    title: Text = ""
    text: Text = ""
    url: str = ""
    action: Text = ""


def build_table(
    request: HttpRequest,
    rows: Rows,
    columns: Sequence[Column],
    *,
    filters: Filters = None,
    caption: Text = "",
    name: str = "",
    empty: Empty | None = None,
    per_page: int = PAGE_SIZE,
    export: bool = True,
    live: str = "",
) -> Table:
    """A table of the rows that the address asks for. `name` keeps several tables of one page apart.

    `filters`: a django-filter FilterSet class, or a sequence of `filters.Filter` for rows that are no QuerySet.
    `live`: the topic upon which the table fetches itself again.
    """
    address = Address(request.path, request.GET, f"{name}-" if name else "")
    narrow = narrowed(address.query, rows, filters, address.prefix)
    kept = ordered(narrow.rows if narrow else rows, columns, address.value("sort"))
    page = paged(address, count(kept), per_page)
    asked = export and address.value("export") == "xlsx"
    return Table(
        id=f"table-{name}" if name else "table",
        caption=caption,
        heads=tuple(_head(column, address) for column in columns),
        rows=tuple(_cells(row, columns) for row in kept[max(page.first_row - 1, 0) : page.last_row]),
        page=page,
        filters=narrow,
        chips=narrow.chips(address.without) if narrow else (),
        export_url=address.with_(export="xlsx") if export and page.total else "",
        empty=empty or Empty(),
        live=live,
        export=(lambda: to_workbook(kept, columns, caption)) if asked else None,
    )


def attribute(row: Any, path: str) -> Any:
    """`row.unit.label` for the path `unit.label` (or `unit__label`), through mappings too; None where it ends early."""
    for part in path.replace("__", ".").split("."):
        if row is None:
            return None
        row = row.get(part) if isinstance(row, dict) else getattr(row, part, None)
    return row


@dataclass(frozen=True)
class Address:
    """The page's address, and how it reads with a parameter changed. The number of the page goes back to the first."""

    path: str
    query: QueryDict
    prefix: str = ""

    def value(self, name: str) -> str:
        return self.query.get(self.prefix + name, "")

    def with_(self, **changes: str) -> str:
        query = self.query.copy()
        for name in ("page", "export", *changes):
            query.pop(self.prefix + name, None)
        for name, value in changes.items():
            query[self.prefix + name] = value
        return f"{self.path}?{query.urlencode()}"

    def without(self, name: str, value: str) -> str:
        """The address without one value of one (full) parameter name."""
        query = self.query.copy()
        left = [one for one in query.getlist(name) if one != value]
        query.pop(self.prefix + "page", None)
        query.setlist(name, left) if left else query.pop(name, None)
        return f"{self.path}?{query.urlencode()}"


def count(rows: Rows) -> int:
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


def ordered(rows: Rows, columns: Iterable[Column], asked: str) -> Rows:
    """The rows in the order asked for; an unknown order is none. What is missing comes last."""
    wanted = asked.removeprefix("-")
    path = next((column.sort for column in columns if column.sort and column.key == wanted), "")
    if not path:
        return rows
    down = asked.startswith("-")
    if isinstance(rows, QuerySet):
        return rows.order_by(("-" if down else "") + path.replace(".", "__"), "pk")
    known = [row for row in rows if attribute(row, path) is not None]
    missing = [row for row in rows if attribute(row, path) is None]
    return sorted(known, key=lambda row: attribute(row, path), reverse=down) + missing


def paged(address: Address, total: int, per_page: int) -> Page:
    """The page asked for, kept within what there is, whatever the address says."""
    last = min(max(-(-total // per_page), 1), MOST_PAGES)
    number = min(max(whole(address.value("page")), 1), last)

    def url(to: int) -> str:
        return address.with_(page=str(to))

    return Page(
        number=number,
        last=last,
        total=total,
        first_row=min((number - 1) * per_page + 1, total),
        last_row=min(number * per_page, total),
        previous=url(number - 1) if number > 1 else "",
        next=url(number + 1) if number < last else "",
        links=tuple((to, url(to) if to else "") for to in near(number, last)),
    )


def whole(text: str) -> int:
    """The number that the text says; 1 for whatever is none. Long digits are cut, so that none is expensive."""
    return int(text[:9]) if text.isascii() and text.isdigit() else 1


def near(number: int, last: int) -> list[int]:
    """First, last and the pages around: 1 … 4 5 6 … 20, a gap being 0."""
    shown = sorted({1, last, *range(max(number - 1, 1), min(number + 1, last) + 1)})
    links: list[int] = []
    for to in shown:
        if links and to - links[-1] > 1:
            links.append(0)
        links.append(to)
    return links


def _head(column: Column, address: Address) -> Head:
    if not column.sort:
        return Head(column, "", "")
    asked = address.value("sort")
    order = {column.key: "ascending", f"-{column.key}": "descending"}.get(asked, "")
    return Head(column, order, address.with_(sort=f"-{column.key}" if order == "ascending" else column.key))


def _cells(row: Any, columns: Iterable[Column]) -> tuple[Cell, ...]:
    cells = []
    for column in columns:
        value = column.of(row)
        cells.append(Cell(column, row, value, column.text_of(row, value), column.link(row) if column.link else ""))
    return tuple(cells)


def to_workbook(rows: Rows, columns: Iterable[Column], caption: Text) -> HttpResponse:
    """All rows of the table (at most MOST_ROWS) as a workbook."""
    shown = [replace(column, title=str(column.title)) for column in columns if column.export]
    lines = ([_plain(column, row) for column in shown] for row in rows[:MOST_ROWS])
    return workbook_response(str(caption) or _("Table"), [str(column.title) for column in shown], lines)


def _plain(column: Column, row: Any) -> Any:
    value = column.of(row)
    if isinstance(value, int | float | Decimal | date | datetime | time) and not isinstance(value, bool):
        return value
    return column.text_of(row, value)
