"""The house in a process of its own, for tests that want it as its users have it: over HTTP, with its worker."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90  # seconds until it must answer


@dataclass(frozen=True)
class House:
    url: str
    env: dict[str, str]
    seconds: float  # from start to the first healthy answer


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def health(url: str) -> tuple[int, dict[str, str]]:
    """Status and body of /healthz; 0 while nobody answers."""
    try:
        with urlopen(f"{url}/healthz", timeout=5) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.load(refused)
    except (URLError, OSError, ValueError):
        return 0, {}


def environment(data: Path, database: str = "", demo: bool = True) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIMIAN_", "DATABASE_URL"))}
    kept |= {
        "GUIMIAN_DATA": str(data),
        "GUIMIAN_DEMO": "1" if demo else "0",
        "GUIMIAN_DEMO_HISTORY": "0",
        "PORT": str(free_port()),
    }
    return kept | ({"DATABASE_URL": database} if database else {})


@contextmanager
def house(data: Path, database: str = "", demo: bool = True) -> Iterator[House]:
    """`guimian run`, ready; stopped at the end, the hard way when it does not stop by itself."""
    env = environment(data, database, demo)
    url, log, began = f"http://127.0.0.1:{env['PORT']}", data / "run.log", time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "guimian.config.cli", "run"],
            cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            while health(url)[0] != 200:
                if process.poll() is not None or time.monotonic() - began > PATIENCE:
                    raise RuntimeError(f"The house did not start:\n{log.read_text()[-4000:]}")
                time.sleep(0.05)
            yield House(url, env, time.monotonic() - began)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
