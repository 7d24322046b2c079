"""`pip install .` gives all of the house: built as a package, used outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from guimian import __version__
from tests.support.server import PATIENCE, ROOT, environment, health

pytestmark = pytest.mark.slow
UV = str(Path(sys.executable).parent / "uv")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package in a folder of its own, without what it stands on: that is installed already."""
    target = tmp_path_factory.mktemp("installed")
    command = [
        UV,
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--python",
        sys.executable,
        "--target",
        str(target),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return target


def guimian(installed: Path, room: Path, *arguments: str, **more: str) -> str:
    env = environment(room, demo=False) | {"PYTHONPATH": str(installed)} | more
    command = [sys.executable, str(installed / "bin/guimian"), *arguments]
    done = subprocess.run(command, cwd=room, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def tracked() -> set[str]:
    listed = subprocess.run(["git", "ls-files", "guimian"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.splitlines() if (ROOT / name).exists()}


def test_every_file_of_the_house_is_in_it_but_its_tests(installed: Path) -> None:
    packed = {str(path.relative_to(installed)) for path in (installed / "guimian").rglob("*") if path.is_file()}
    wanted = {name for name in tracked() if "/tests/" not in name}
    assert sorted(wanted - packed) == []
    assert {"guimian/locale/en/LC_MESSAGES/django.mo", "guimian/locale/zh_Hans/LC_MESSAGES/django.mo"} <= packed
    assert [name for name in packed if "/tests/" in name] == []


def test_the_command_works_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    assert guimian(installed, tmp_path, "--version") == f"{__version__}\n"
    assert "no issues" in guimian(installed, tmp_path, "check")
    assert "/u/<str:unit>/policy/" in guimian(installed, tmp_path, "access-matrix")
    guimian(installed, tmp_path, "migrate", "-v0")
    assert guimian(installed, tmp_path, "journal", "verify").strip()
    assert "FILE" in guimian(installed, tmp_path, "import-organisation", "--help").upper()


def test_it_serves_its_pages_with_their_words_and_looks(installed: Path, tmp_path: Path) -> None:
    env = environment(tmp_path) | {"PYTHONPATH": str(installed)}
    url, began = f"http://127.0.0.1:{env['PORT']}", time.monotonic()
    with (tmp_path / "log").open("wb") as out:
        house = subprocess.Popen(
            [sys.executable, installed / "bin/guimian", "run"], cwd=tmp_path, env=env, stdout=out, stderr=out
        )
    try:
        while health(url)[0] != 200:
            assert house.poll() is None and time.monotonic() - began < PATIENCE, (tmp_path / "log").read_text()
            time.sleep(0.1)
        with urlopen(f"{url}/accounts/login/") as page:
            assert "登录" in page.read().decode()
        for name in ("ui/guimian.css", "live/live.js", "vendor/htmx-2.0.11/htmx.min.js"):
            with urlopen(f"{url}/static/{name}") as part:
                assert part.status == 200 and part.read()
    finally:
        house.terminate()
        house.wait(20)
