"""How long functions and files are, against the house's budgets. Prints what is over; ends with 1 when anything is."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FUNCTION_MEDIAN, FUNCTION_P95, FUNCTION_MOST = 8, 30, 50
FILE_MEDIAN, FILE_MOST = 80, 400
CODE = ("guimian", "tools", "tests", "benchmarks", "conftest.py", "manage.py")
FURNITURE = {
    "admin", "api", "apps", "forms", "intake", "management", "migrations", "models", "queries", "rules", "schemas", "services",
    "static", "tasks", "templates", "templatetags", "tests", "urls", "views", "__init__", "policy", "policy_cases", "__pycache__",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    where: str
    lines: int


def sources(root: Path) -> list[Path]:
    """The Python files that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *CODE]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    return [
        root / name for name in listed if name.endswith(".py") and "/migrations/" not in name and (root / name).exists()
    ]


def functions(path: Path, text: str) -> Iterator[Piece]:
    """Each function with the number of its lines that are not documentation."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[0]
        has_doc = (
            isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
        )
        doc = (first.end_lineno or 0) - first.lineno + 1 if has_doc else 0
        yield Piece(f"{path}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1 - doc)


def strange_furniture(root: Path) -> Iterator[str]:
    """Files of an app that bear a name of no furniture."""
    for app in sorted((root / "guimian/apps").iterdir()):
        for path in sorted(app.iterdir()) if app.is_dir() and app.name != "__pycache__" else ():
            if path.name.split(".")[0] not in FURNITURE:
                yield f"{path.relative_to(root)} is no furniture of an app"


def over(root: Path) -> list[str]:
    """A sentence for each budget that is not kept."""
    files, pieces = [], []
    for path in sources(root):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(root)
        if count := len(text.splitlines()):
            files.append(Piece(str(name), count))
        pieces += list(functions(name, text))
    said = [
        f"{piece.where}: {piece.lines} lines, at most {FUNCTION_MOST}"
        for piece in pieces
        if piece.lines > FUNCTION_MOST
    ]
    said += [f"{piece.where}: {piece.lines} lines, at most {FILE_MOST}" for piece in files if piece.lines > FILE_MOST]
    lengths, sizes = [piece.lines for piece in pieces], [piece.lines for piece in files]
    figures = (
        ("median of functions", statistics.median(lengths), FUNCTION_MEDIAN),
        ("95th percentile of functions", statistics.quantiles(lengths, n=20)[-1], FUNCTION_P95),
        ("median of files", statistics.median(sizes), FILE_MEDIAN),
    )
    for what, found, most in figures:
        print(f"{what}: {found:g} lines (at most {most})")
        if found > most:
            said.append(f"{what}: {found:g} lines, at most {most}")
    return said + list(strange_furniture(root))


if __name__ == "__main__":
    complaints = over(Path(__file__).resolve().parent.parent)
    print("\n".join(complaints))
    sys.exit(bool(complaints))
