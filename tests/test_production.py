"""The parts of the house apart, as a company runs them: pages behind a proxy, a worker beside them, a database that may go."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support.postgres import throwaway
from tests.support.server import PATIENCE, ROOT, environment, health

HOST = "guimian.example.com"


def guimian(*arguments: str, env: dict[str, str]) -> str:
    """What a command says; it must succeed."""
    command = [sys.executable, "-m", "guimian.config.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Part:
    """`guimian serve` or `guimian worker` as a process of its own."""

    url: str
    port: int
    process: subprocess.Popen[bytes]

    def asked(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and where it sends one."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
        with closing(connection):
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", "")


@contextmanager
def part(command: str, env: dict[str, str], log: Path) -> Iterator[Part]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "guimian.config.cli", command], cwd=ROOT, env=env, stdout=out, stderr=out
        )
    one = Part(f"http://127.0.0.1:{env['PORT']}", int(env["PORT"]), process)
    try:
        if command == "serve":
            assert eventually(lambda: listens(one.port), PATIENCE), log.read_text()
        yield one
    finally:
        process.terminate()
        process.wait(15)


def listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def eventually(what: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a database that is up to date."""
    env = environment(tmp_path_factory.mktemp("data"), demo=False)
    guimian("migrate", "-v0", env=env)
    return env


# ---------------------------------------------------------------- health
def test_health_tells_of_a_worker_that_is_not_there_and_of_one_that_is(ready: dict[str, str], tmp_path: Path) -> None:
    with part("serve", ready, tmp_path / "serve.log") as pages:
        status, said = health(pages.url)
        assert (status, said["worker"]) == (503, "none has started: run guimian worker")
        with part("worker", ready, tmp_path / "worker.log"):
            assert eventually(lambda: health(pages.url)[0] == 200, PATIENCE)
            assert health(pages.url)[1]["status"] == "ok"


def test_health_tells_of_a_database_that_is_not_ready(tmp_path: Path) -> None:
    with part("serve", environment(tmp_path, demo=False), tmp_path / "serve.log") as pages:
        status, said = health(pages.url)
        assert status == 503 and said["database"].endswith("migrations wait: run guimian migrate")


@pytest.mark.slow
def test_health_tells_of_a_database_that_went_away(tmp_path: Path) -> None:
    with throwaway() as database:
        env = environment(tmp_path, database, demo=False)
        guimian("migrate", "-v0", env=env)
        serving = part("serve", env, tmp_path / "serve.log")
        pages = serving.__enter__()
        assert health(pages.url)[1]["database"] == "ok"
    status, said = health(pages.url)
    serving.__exit__(None, None, None)
    assert (status, said["database"], said["worker"]) == (503, "unreachable", "unknown")


# ---------------------------------------------------------------- behind a proxy
@pytest.fixture(scope="module", params=["127.0.0.1", "10.9.9.9"])
def proxied(
    request: pytest.FixtureRequest, ready: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Part, bool]]:
    """Pages over HTTPS, with this machine as a proxy whose word is taken, or with another one."""
    env = environment(Path(ready["GUIMIAN_DATA"]), demo=False)
    env |= {"GUIMIAN_HTTPS": "1", "GUIMIAN_ALLOWED_HOSTS": HOST, "GUIMIAN_PROXIES": request.param}
    with part("serve", env, tmp_path_factory.mktemp("log") / "serve.log") as pages:
        yield pages, request.param == "127.0.0.1"


def test_only_a_named_proxy_says_what_came_by_https(proxied: tuple[Part, bool]) -> None:
    pages, believed = proxied
    asked = pages.asked("/accounts/login/", Host=HOST, X_Forwarded_Proto="https", X_Forwarded_For="192.0.2.7")
    assert asked == ((200, "") if believed else (301, f"https://{HOST}/accounts/login/"))
    assert pages.asked("/accounts/login/", Host=HOST)[0] == 301


def test_monitors_ask_by_plain_http_under_the_name_of_the_house(proxied: tuple[Part, bool]) -> None:
    assert proxied[0].asked("/healthz", Host=HOST)[0] in {200, 503}  # and not sent elsewhere
    assert proxied[0].asked("/healthz", Host="elsewhere.example.com")[0] == 400


def test_the_settings_of_production_leave_nothing_to_warn_of(ready: dict[str, str]) -> None:
    env = ready | {"GUIMIAN_HTTPS": "1", "GUIMIAN_ALLOWED_HOSTS": HOST}
    assert "no issues" in guimian("check", "--deploy", "--fail-level", "WARNING", env=env)


@pytest.mark.parametrize(
    ("command", "name", "value", "said"),
    [
        ("check", "GUIMIAN_HTTPS", "perhaps", "GUIMIAN_HTTPS must be 0 or 1, not 'perhaps'."),
        ("check", "GUIMIAN_API_CALLS_A_MINUTE", "0", "must be a whole number from 1 on, not '0'."),
        ("serve", "GUIMIAN_FIELD_KEYS", "k1:12", "GUIMIAN_FIELD_KEYS is id:64-hex-digits"),
        ("worker", "GUIMIAN_FIELD_KEYS", "k1:12", "GUIMIAN_FIELD_KEYS is id:64-hex-digits"),
        ("run", "GUIMIAN_FIELD_KEYS", "k1:12", "GUIMIAN_FIELD_KEYS is id:64-hex-digits"),
    ],
)
def test_what_cannot_be_read_stops_the_start(command: str, name: str, value: str, said: str, tmp_path: Path) -> None:
    env = environment(tmp_path, demo=False) | {name: value}
    told = subprocess.run(
        [sys.executable, "-m", "guimian.config.cli", command],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert told.returncode == 1 and said in told.stderr


# ---------------------------------------------------------------- a backup
@pytest.mark.slow
def test_a_backup_of_a_running_house_can_be_restored(tmp_path: Path) -> None:
    """As docs/operations.md says it: the database first, then the files and the keys."""
    here, there, kept = (tmp_path / name for name in ("here", "there", "kept"))
    for folder in (here, there, kept):
        folder.mkdir()
    env = environment(here)
    guimian("migrate", "-v0", env=env)
    guimian("demo", env=env)
    with part("serve", env, tmp_path / "serve.log"), closing(sqlite3.connect(here / "db.sqlite3")) as database:
        with closing(sqlite3.connect(kept / "db.sqlite3")) as copy:
            database.backup(copy)
        with tarfile.open(kept / "files.tar", "w") as files:
            for name in ("media", "secret.key", "field.key"):
                files.add(here / name, name)
    with tarfile.open(kept / "files.tar") as files:
        files.extractall(there, filter="data")
    os.replace(kept / "db.sqlite3", there / "db.sqlite3")
    restored = environment(there)
    assert "31" in guimian("journal", "verify", env=restored)
    phones = "from guimian.apps.organisation.models import Person; print(len([p.phone for p in Person.objects.all()]))"
    assert guimian("manage", "shell", "-v0", "-c", phones, env=restored).split()[-1] == "150"
    (there / "field.key").unlink()  # without its key the personal data is closed for good
    with pytest.raises(AssertionError, match="does not open"):
        guimian("manage", "shell", "-v0", "-c", phones, env=restored)
