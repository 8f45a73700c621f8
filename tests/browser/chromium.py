"""The Chromium of the browser tests: Debian's package when we may install it, else Playwright's own download.

python tests/browser/chromium.py        # gets one if there is none; exits with 1 if CI is set and it got none
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "there is no Chromium: python tests/browser/chromium.py gets one"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def find() -> str | None:
    """The path of a Chromium: the system's, else the one that Playwright has downloaded."""
    return next(filter(None, map(shutil.which, NAMES)), None) or _downloaded()


def launch(playwright: Playwright) -> Browser:
    """A browser without a window."""
    return playwright.chromium.launch(executable_path=find(), args=FLAGS)


def _downloaded() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> None:
    """Try Debian's package as root (with a font that has Chinese glyphs), then Playwright's download."""
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "update", "-qq"], check=False, env=environment)
        subprocess.run([apt, "install", "-y", "-qq", "chromium", "fonts-noto-cjk"], check=False, env=environment)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if find() is None:
        print("No Chromium found: installing one for the browser tests.", flush=True)
        install()
    if find() is None:
        print("There is still no Chromium: the browser tests cannot run.", file=sys.stderr)
        sys.exit(1 if os.environ.get("CI") else 0)
