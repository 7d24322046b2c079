"""Find a Chromium for the browser tests, or get one: by apt where this is root on Debian. Says loudly when there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")


def found() -> str:
    """The path of a browser, or nothing. `GUIMIAN_CHROMIUM` names one by hand."""
    return os.environ.get("GUIMIAN_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), "")


def install() -> None:
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]  # plain options
    subprocess.run(["apt-get", "install", "-y", "-qq", *PACKAGES], check=False, **quiet)  # type: ignore[call-overload]  # plain options


if __name__ == "__main__":
    if not found() and os.geteuid() == 0 and shutil.which("apt-get"):
        print("No browser found: installing chromium and Chinese fonts with apt.", flush=True)
        install()
    if path := found():
        print(f"Browser: {path}")
    else:
        print(
            "=" * 88
            + "\nNO BROWSER: the browser tests will be SKIPPED. Install chromium and fonts-noto-cjk.\n"
            + "=" * 88,
            file=sys.stderr,
        )
