"""Get a browser for the tests if there is none: Debian's chromium when we may install it, else Playwright's own.

python tests/browser/install.py         # exits with 1 if CI is set and there is none in the end
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium: the system's, else the one that Playwright has downloaded."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

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
