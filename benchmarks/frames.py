"""What a key press costs, read from the browser's own trace: script, frame, and the time until the screen shows it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "cc", "viz", "benchmark"]
FRAME = "ProxyMain::BeginMainFrame"
LAYOUT = ("UpdateLayoutTree", "Layout")
PAINT = ("PrePaint", "Paint", "Layerize", "Commit")

Event = dict[str, Any]


@dataclass(frozen=True)
class Press:
    """One key press, in milliseconds. All but `seen` are processor time on the page's main thread."""

    script: float
    """The script that listens to the key, with any layout that it asks for."""
    layout: float
    """Style and layout of the next frame."""
    paint: float
    """Recording the drawing of that frame and passing it on."""
    whole: float
    """Script and frame together."""
    seen: float
    """From the key until the screen shows the frame, by the clock. A busy machine makes it longer."""


@dataclass(frozen=True)
class Reading:
    """A row of key presses."""

    presses: list[Press]
    frames: int
    """How many different frames showed the keys first. If no frame was skipped, as many as keys."""
    raster: float
    """Processor time for drawing pixels, on other threads, in milliseconds a key."""


def read(events: list[Event]) -> Reading:
    """Read the key presses from a trace."""
    keys = [event for event in events if event["name"] == "EventDispatch" and _kind(event) == "keydown"]
    process, thread = Counter((key["pid"], key["tid"]) for key in keys).most_common(1)[0][0]
    keys = sorted((key for key in keys if (key["pid"], key["tid"]) == (process, thread)), key=_start)
    ours = [event for event in events if event.get("ph") == "X" and event["pid"] == process]
    main = sorted((event for event in ours if event["tid"] == thread), key=_start)
    frames = [event for event in main if event["name"] == FRAME]
    seen = _presentations(events, process)
    presses = []
    for key, (begin, end) in zip(keys, seen, strict=True):
        frame = next(frame for frame in frames if frame["ts"] >= key["ts"])
        inside = [event for event in main if frame["ts"] <= event["ts"] < frame["ts"] + frame["dur"]]
        layout, paint = (sum(_time(event) for event in inside if event["name"] in names) for names in (LAYOUT, PAINT))
        presses.append(Press(_time(key), layout, paint, _time(key) + _time(frame), (end - begin) / 1000))
    raster = sum(_time(event) for event in ours if event["name"] == "RasterTask")
    return Reading(presses, len({end for _, end in seen}), raster / len(keys))


def _presentations(events: list[Event], process: int) -> list[tuple[float, float]]:
    """When each key was pressed and when the screen showed its frame, in microseconds."""
    begun: dict[str, Event] = {}
    found = []
    for event in sorted((event for event in events if event["name"] == "EventTiming"), key=_start):
        if event["pid"] != process:
            continue
        if event["ph"] == "b":
            begun[_id(event)] = event
        elif (first := begun.pop(_id(event), None)) and _kind(first) == "keydown":
            found.append((first["ts"], event["ts"]))
    return sorted(found)


def _kind(event: Event) -> object:
    return event.get("args", {}).get("data", {}).get("type")


def _id(event: Event) -> str:
    return str(event.get("id") or event.get("id2"))


def _start(event: Event) -> float:
    start: float = event["ts"]
    return start


def _time(event: Event) -> float:
    """Processor time in milliseconds. Other programs lengthen the clock's time, but hardly this."""
    return float(event["tdur"] if "tdur" in event else event["dur"]) / 1000
