"""Compile the translations (.po → .mo): as a script on given files, and as the build hook of the package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script where nothing is built
    Hook: Any = object
else:
    Hook = BuildHookInterface


def compile_messages(source: Path) -> Path:
    """Write the .mo beside the .po; fuzzy entries are left out."""
    with source.open("rb") as handle:
        catalog = read_po(handle)
    target = source.with_suffix(".mo")
    with target.open("wb") as out:
        write_mo(out, catalog)
    return target


class MessagesHook(Hook):  # type: ignore[misc]  # the base depends on what is installed
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in Path(self.root, "guimian").rglob("*.po"):
            compile_messages(source)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_messages(Path(name))
