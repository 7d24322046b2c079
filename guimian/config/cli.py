"""The command `guimian`: run the house, or one part of it."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence

APPLICATION = "guimian.config.asgi:application"
WITH_PARENT = "--with-parent"  # said by `run` to its worker
GRACE = 3  # seconds that open streams are given at the end
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("", "Set up what is missing, then serve pages and work in the background, in one go"),
    "serve": ("", "Serve pages only (run guimian worker beside it)"),
    "worker": ("", "Do background work"),
    "migrate": ("", "Bring the database up to date"),
    "demo": ("load_demo", "Make what is missing of the demo company (GUIMIAN_DEMO=1)"),
    "check": ("check", "Check settings, policy files and routes"),
    "access-matrix": ("access_matrix", "Print every route with the roles it declares"),
    "journal": ("", "journal verify: check the journal's chain against its seals"),
    "import-organisation": (
        "import_organisation",
        "Import units, people and posts from Excel; --dry-run only says what would change",
    ),
    "day": ("", "Live a day of a log of real arrivals at a counter and print its report"),
    "manage": ("", "Any command of Django"),
}


def ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guimian.config.settings")
    import django

    django.setup()


def whole() -> bool:
    """Whether settings, keys, policy files and routes can be relied on; says what cannot. Fail at start, not at night."""
    from django.core.checks import run_checks

    broken = [one for one in run_checks() if one.is_serious()]
    for one in broken:
        print(one, file=sys.stderr)
    return not broken


def say(line: str) -> None:
    print(line, flush=True)


def set_up() -> None:
    """Migrations, the cache's table, and in the demo its company. Repeatable."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if settings.DEMO:
        call_command("load_demo")


def taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError:
            return True
    return False


class Worker:
    """The worker in a process of its own. It ends with this process (its input closes), and this process with it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "guimian.config.cli", "worker", WITH_PARENT]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        self.ending = self.died = False
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self) -> None:
        """Half a house is no house: when the worker dies the pages end too, and whoever keeps the service starts both again."""
        code = self.process.wait()
        if not self.ending:
            self.died = True
            say(f"The worker ended ({code}), so everything stops.")
            os.kill(os.getpid(), signal.SIGTERM)

    def end(self) -> None:
        self.ending = True
        self.process.terminate()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def end_with_parent() -> None:
    """End this process the gentle way when the one that started it is gone, however it went."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def serve(host: str, port: int, workers: int) -> int:
    import uvicorn

    proxies = os.environ.get("GUIMIAN_PROXIES", "")  # whose word is taken for a client's address and scheme
    uvicorn.run(
        APPLICATION, host=host, port=port, workers=workers if workers > 1 else None, timeout_graceful_shutdown=GRACE,
        log_level="warning", access_log=False, server_header=False, lifespan="off",
        proxy_headers=bool(proxies), forwarded_allow_ips=proxies or None,
    )  # fmt: skip
    return 0


def run(host: str, port: int) -> int:
    """Everything in one go. The worker starts first and waits for the database, so that both get ready at once."""
    if taken(host, port):
        say(f"Port {port} is in use: stop what uses it, or choose another one with PORT=…")
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's stop is a Ctrl+C
    worker = Worker()
    try:
        ready()
        if not whole():
            return 1
        set_up()
        greet(host, port)
        serve(host, port, 1)
    except KeyboardInterrupt:
        say("")
    finally:
        worker.end()
    return 1 if worker.died else 0


def greet(host: str, port: int) -> None:
    from django.conf import settings

    say(f"\n  柜面 Guimian  http://{host}:{port}/\n")
    if settings.DEMO:
        from guimian.config.demo import sign_ins

        say("  Demo: one click on the sign-in page, or by hand:")
        for line in sign_ins():
            say(f"    {line}")
    say("\n  Ctrl+C stops it.\n")


def work(with_parent: bool) -> int:
    if with_parent:
        end_with_parent()
    ready()
    if not (with_parent or whole()):
        return 1
    from guimian.base.work import run_worker

    run_worker(f"{socket.gethostname()}-{os.getpid()}-{int(time.time())}"[:64])
    return 0


def live_day(rest: list[str]) -> int:
    """A day from a log, in a database of its own that is thrown away: the house's data are never touched."""
    with tempfile.TemporaryDirectory(prefix="guimian-day-") as room:
        os.environ["GUIMIAN_DATA"] = room
        os.environ.pop("DATABASE_URL", None)
        if not {"-h", "--help"} & set(rest):
            ready()
            from django.core.management import call_command

            call_command("migrate", verbosity=0, interactive=False)
        return manage(["live_day", *rest])


def manage(arguments: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guimian.config.settings")
    execute_from_command_line(["guimian", *arguments])
    return 0


def parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:<20} {about}" for name, (_command, about) in COMMANDS.items())
    found = argparse.ArgumentParser(
        prog="guimian", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="柜面 Guimian: walk-in customer service centres, run by the book.", epilog=f"commands:\n{lines}",
    )  # fmt: skip
    found.add_argument("--version", action="store_true", help="print the version")
    found.add_argument("command", choices=COMMANDS, nargs="?", metavar="command")
    found.add_argument(
        "rest", nargs=argparse.REMAINDER, metavar="…", help="what the command takes; add --help to see it"
    )
    return found


def listening(rest: Sequence[str], command: str) -> argparse.Namespace:
    found = argparse.ArgumentParser(prog=f"guimian {command}")
    found.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on")
    found.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port (PORT)")
    if command == "run":
        found.add_argument("--demo", action="store_true", help="with the demo company (GUIMIAN_DEMO=1)")
    if command == "serve":
        found.add_argument("--workers", type=int, default=1, help="processes; more than one wants PostgreSQL")
    return found.parse_args(rest)


def main(arguments: Sequence[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    if given.version:
        from guimian import __version__

        say(__version__)
        return 0
    if given.command is None:
        parser().print_help()
        return 2
    return dispatch(given.command, list(given.rest))


def dispatch(command: str, rest: list[str]) -> int:
    if command == "run":
        chosen = listening(rest, command)
        if chosen.demo:
            os.environ["GUIMIAN_DEMO"] = "1"
        return run(chosen.host, chosen.port)
    if command == "serve":
        chosen = listening(rest, command)
        ready()
        return serve(chosen.host, chosen.port, chosen.workers) if whole() else 1
    if command == "worker":
        return work(with_parent=rest == [WITH_PARENT])
    if command == "migrate":
        return manage(["migrate", *rest]) or manage(["createcachetable"])
    if command == "journal":
        if rest[:1] != ["verify"]:
            say("guimian journal verify [--unit CODE] [--printed DIGEST]")
            return 2
        return manage(["verify_journal", *rest[1:]])
    if command == "day":
        return live_day(rest)
    return manage([COMMANDS[command][0], *rest] if COMMANDS[command][0] else rest)


if __name__ == "__main__":
    sys.exit(main())
