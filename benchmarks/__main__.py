"""`python -m benchmarks [part ...]` measures and writes RESULTS.md; parts that are not named stay as they were.

The parts: patches (ten minutes), library and stepping (three each), first_page and long_text (two), layout_shift
site, long_class and classroom (one, ten, four), engine (half a minute). All but library, classroom, long_class and
engine need a Chromium.
"""

import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

PARTS = {
    "library": "The library",
    "engine": "The engine in the browser",
    "stepping": "A step in the browser",
    "first_page": "The first page",
    "patches": "Each patch of Streamlit by itself",
    "layout_shift": "What jumps",
    "site": "A site",
    "long_text": "A long text",
    "classroom": "A class",
    "long_class": "Many long texts",
}
FILE = Path(__file__).with_name("RESULTS.md")


def machine() -> str:
    """One line about where and when the numbers were taken."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{datetime.now(UTC):%Y-%m-%d}, {cpu}, {os.cpu_count()} cores, load {load} at the start."


def sections(text: str) -> dict[str, str]:
    """What the file says under each of its headings."""
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1].strip() for part in text.split("\n## ")[1:]}


def measure(name: str) -> str:
    """One part, printed line by line."""
    lines = [machine()]
    print(f"## {PARTS[name]}\n\n{lines[0]}", flush=True)
    for line in importlib.import_module(f"benchmarks.{name}").lines():
        print(line, flush=True)
        lines.append(line)
    return "\n".join(lines)


def main(names: list[str]) -> None:
    """Measure these parts, or all, and write each into the file as soon as it is there."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.exit(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    for name in names or PARTS:
        found = {**sections(FILE.read_text() if FILE.exists() else ""), PARTS[name]: measure(name)}
        kept = [f"## {title}\n\n{found[title]}\n" for title in PARTS.values() if title in found]
        FILE.write_text("\n".join(["# What was measured\n", *kept]))


if __name__ == "__main__":
    main(sys.argv[1:])
