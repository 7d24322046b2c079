"""The command `guimian` as its users have it: real processes, real signals."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from guimian import __version__
from guimian.config import cli
from tests.support.server import PATIENCE, ROOT, environment, health, house

SECOND_START = 5.0  # seconds


def called(*arguments: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "guimian.config.cli", *arguments]
    env = environment(data, demo=False) | more
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


@contextmanager
def started(data: Path, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`guimian run`, ready, with its address."""
    env = environment(data, demo=False)
    url, began = f"http://127.0.0.1:{env['PORT']}", time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "guimian.config.cli", "run"], cwd=ROOT, env=env, stdout=out, stderr=out
        )
    try:
        while health(url)[0] != 200:
            assert process.poll() is None and time.monotonic() - began < PATIENCE, log.read_text()
            time.sleep(0.05)
        yield process, url
    finally:
        process.kill()
        process.wait()


def worker_of(process: subprocess.Popen[bytes]) -> int:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    found = [int(child) for child in children if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes()]
    assert len(found) == 1
    return found[0]


def lives(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def comes_true(what: Callable[[], bool], within: float = 10) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return what()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was set up once."""
    data = tmp_path_factory.mktemp("house")
    with house(data, demo=False):
        pass
    return data


def test_the_second_start_is_quick(room: Path) -> None:
    with house(room, demo=False) as one:
        assert one.seconds < SECOND_START * (3 if os.environ.get("PYTEST_XDIST_WORKER") else 1)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_clean_with_its_worker(room: Path, tmp_path: Path, how: signal.Signals) -> None:
    with started(room, tmp_path / "log") as (process, url):
        worker = worker_of(process)
        process.send_signal(how)
        assert process.wait(10) == 0
        assert not lives(worker)
        assert health(url)[0] == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_when_the_worker_dies_everything_stops(room: Path, tmp_path: Path) -> None:
    with started(room, tmp_path / "log") as (process, _url):
        os.kill(worker_of(process), signal.SIGKILL)
        assert process.wait(10) == 1
    assert "The worker ended (-9), so everything stops." in (tmp_path / "log").read_text()


def test_when_the_pages_die_the_worker_does_not_stay(room: Path, tmp_path: Path) -> None:
    with started(room, tmp_path / "log") as (process, _url):
        worker = worker_of(process)
        process.kill()
        process.wait()
        assert comes_true(lambda: not lives(worker))


def test_a_port_in_use_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port = str(one.getsockname()[1])
        told = called("run", data=tmp_path, PORT=port)
    assert told.returncode == 1
    assert told.stdout.startswith(f"Port {port} is in use")
    assert told.stderr == ""


def test_a_port_that_is_none_is_refused(tmp_path: Path) -> None:
    told = called("run", "--port", "many", data=tmp_path)
    assert told.returncode == 2
    assert "invalid int value: 'many'" in told.stderr


def test_the_demo_is_loaded_where_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def run(host: str, port: int) -> int:
        seen.update(demo=os.environ.get("GUIMIAN_DEMO"), host=host, port=port)
        return 0

    monkeypatch.setattr(cli, "run", run)
    monkeypatch.setenv("GUIMIAN_DEMO", "0")  # put back afterwards
    assert cli.main(["run", "--demo", "--port", "9"]) == 0
    assert seen == {"demo": "1", "host": "127.0.0.1", "port": 9}


@pytest.mark.parametrize(
    ("said", "done"),
    [
        (["check"], [["check"]]),
        (["migrate", "base"], [["migrate", "base"], ["createcachetable"]]),
        (["demo"], [["load_demo"]]),
        (["access-matrix", "--json"], [["access_matrix", "--json"]]),
        (["journal", "verify", "--unit", "K1"], [["verify_journal", "--unit", "K1"]]),
        (["import-organisation", "a.xlsx"], [["import_organisation", "a.xlsx"]]),
        (["manage", "shell", "-c", "1"], [["shell", "-c", "1"]]),
    ],
)
def test_each_command_is_handed_on(said: list[str], done: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[list[str]] = []
    monkeypatch.setattr(cli, "manage", lambda arguments: handed.append(list(arguments)) or 0)  # type: ignore[func-returns-value]  # append gives nothing, so 0
    assert cli.main(said) == 0
    assert handed == done


def test_it_says_what_it_knows(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"{__version__}\n"
    assert cli.main([]) == 2
    helped = capsys.readouterr().out
    assert all(name in helped for name in cli.COMMANDS)
    assert cli.main(["journal", "burn"]) == 2


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from guimian.config import cli; cli.main([]);"
        "print([name for name in ('django', 'uvicorn') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip().endswith("[]")
