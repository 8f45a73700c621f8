"""Plotly's script comes after the picture: a small module stands in its place until the viewer has painted.

The script is half of all that a page loads, and while a browser evaluates it nothing else is painted, for most of a
second. The viewer paints the same heatmaps from its own numbers (viewer/ground.js), so nobody waits for Plotly's.
"""

import re

LONGEST = 3000  # ms; then it comes whatever there is

_EXPORTS = re.compile(r"export\{([^{}]+)\};?\s*$")


def is_late(path: str) -> bool:
    """Whether the script at this path is one that waits."""
    return path.rsplit("/", 1)[1].startswith("PlotlyChart.")


def path_of(path: str) -> str:
    """Where the script itself is then found: beside the stand-in, for it imports its neighbours."""
    folder, name = path.rsplit("/", 1)
    return f"{folder}/late.{name}"


def stand_in(name: str, script: str) -> str | None:
    """A module with the exports of this script, which imports it when the picture stands; None where it ends otherwise.

    Args:
        name: the script's file name.
        script: its text.
    """
    found = _EXPORTS.search(script)
    if not found:
        return None
    names = [part.split(" as ")[-1].strip() for part in found[1].split(",")]
    exports = [f"export {'default' if name == 'default' else f'const {name} ='} whole.{name};" for name in names]
    return "\n".join([_WAIT, f'const whole = await import("./late.{name}");', *exports, ""])


_WAIT = f"""\
const frame = () => new Promise(requestAnimationFrame);
const waits = () => document.querySelector(".st-key-viewer") && !document.querySelector(".gateviz-overlay");
const start = performance.now();
while (waits() && performance.now() - start < {LONGEST}) await frame();
await frame();
await new Promise((go) => setTimeout(go)); // the frame has been painted"""
