"""The progress of a training on a stream: on a terminal one line that is rewritten, in a log a line per evaluation."""

import sys
import time
from typing import TextIO

from gateviz.training.loop import TrainStep

_WIDTH = 24
_REFRESH_SECONDS = 0.1


class Progress:
    """`with Progress("timemachine/lstm", sys.stderr) as progress: progress.show(step)`."""

    def __init__(self, name: str, stream: TextIO = sys.stderr) -> None:
        self._name = name
        self._stream = stream
        self._on_terminal = stream.isatty()
        self._drawn = 0.0
        self._held_out: float | None = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._on_terminal and self._drawn:
            self._stream.write("\n")  # what comes next, such as an error, begins on a new line

    def show(self, step: TrainStep) -> None:
        """Show the step, unless another one was shown just before."""
        scored = step.held_out is not None
        self._held_out = step.held_out if scored else self._held_out
        if not scored and not (self._on_terminal and time.monotonic() - self._drawn >= _REFRESH_SECONDS):
            return
        self._drawn = time.monotonic()
        line = f"{self._name} {_bar(step)} {step.step}/{step.steps}  {step.loss:.3f} {step.unit}"
        if self._held_out is not None:
            line += f", held out {self._held_out:.3f}"
        line += f"  {_clock(step.seconds)} + {_clock(step.seconds / step.step * (step.steps - step.step))}"
        self._stream.write(f"\r{line}\x1b[K" if self._on_terminal else f"{line}\n")
        self._stream.flush()


def _bar(step: TrainStep) -> str:
    done = _WIDTH * step.step // step.steps
    return "[" + "#" * done + "." * (_WIDTH - done) + "]"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
