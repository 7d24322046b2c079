"""The translations: `update` brings new texts into the .po files, `check` refuses what is missing, stale or broken."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template as templates

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "guimian"
LOCALES = {"zh_Hans": "zh_Hans", "en": "en"}
KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
PLACES = re.compile(r"%\((\w+)\)[sd]|%[sd%]|\{(\w+)\}")
#: Lines of the header that would change with every run or say nothing.
STAMPS = re.compile(
    rb'^"(POT?-[^"]*Date|Generated-By|Last-Translator|Report-Msgid|Language-Team|Project)[^\n]*\n', re.M
)
CHINESE = re.compile(r"[一-鿿]")


def texts(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What is no text becomes one letter a character; its indentation would be an error of Python.
        source = "\n".join(line.lstrip() for line in templates.templatize(source, origin=str(path)).splitlines())
    yield from extract("python", BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})


def collected() -> Catalog:
    """Every text of code and templates, with where it stands."""
    catalog = Catalog(project="guimian", charset="utf-8")
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for _line, message, _comments, context in texts(path):
            if message:
                catalog.add(message, locations=[(str(path.relative_to(ROOT)), 0)], context=context)
    return catalog


def po_path(locale: str) -> Path:
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> Catalog:
    path = po_path(locale)
    if not path.exists():
        return Catalog(locale=LOCALES[locale], charset="utf-8")
    with path.open("rb") as handle:
        return read_po(handle, locale=LOCALES[locale])


def update() -> None:
    """Texts no longer used go, new ones come in empty; English plurals are filled in, since the texts are English."""
    template = collected()
    for locale, babel_locale in LOCALES.items():
        old = read(locale)
        new = Catalog(locale=babel_locale, charset="utf-8", header_comment="# Translations of Guimian.", fuzzy=False)
        for message in template:
            if message.id and (locale != "en" or message.pluralizable):
                known = old.get(message.id, message.context)
                said = known.string if known else (message.id if locale == "en" else "")
                new.add(message.id, said, context=message.context, locations=message.locations)
        write(locale, new)


def write(locale: str, catalog: Catalog) -> None:
    path = po_path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, sort_by_file=True, include_lineno=False, omit_header=False)
    path.write_bytes(STAMPS.sub(b"", buffer.getvalue()))


def places(text: str | None) -> set[str]:
    return {match.group(1) or match.group(2) or match.group(0) for match in PLACES.finditer(text or "")} - {"%%"}


def wrong(message: Message) -> str:
    """What is wrong with a translation; empty when nothing is."""
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    asked = message.id if isinstance(message.id, tuple | list) else (message.id,)
    if not all(said):
        return "no translation"
    if any(not places(text) <= places(asked[-1]) for text in said):
        return "names a place that the English does not have"
    lost = places(asked[0]) & places(asked[-1]) - places(said[-1])
    return f"leaves out {', '.join(sorted(lost))}" if lost else ""


def complaints() -> Iterator[str]:
    template = collected()
    for locale in LOCALES:
        catalog = read(locale)
        for message in template:
            if not message.id or (locale == "en" and not message.pluralizable):
                continue
            known = catalog.get(message.id, message.context)
            trouble = "not in the file" if known is None else "fuzzy" if known.fuzzy else wrong(known)
            if trouble:
                yield f"{locale}: {message.id!r}: {trouble}"
        for message in catalog:
            if message.id and template.get(message.id, message.context) is None:
                yield f"{locale}: {message.id!r}: no longer used"
    for message in template:
        if CHINESE.search(str(message.id)):
            yield f"{message.id!r}: texts in code are English ({message.locations[0][0]})"


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    found = list(complaints())
    print("\n".join(found) if len(found) < 60 else "\n".join(found[:60]) + f"\n… and {len(found) - 60} more")
    sys.exit(bool(found) and sys.argv[1:] != ["update"])
