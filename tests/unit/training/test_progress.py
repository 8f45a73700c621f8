"""The progress bar on a terminal and in a log."""

import io

from gateviz.training.loop import TrainStep
from gateviz.training.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def drawn(stream: io.StringIO) -> str:
    """What four steps draw: the second and the last were scored."""
    with Progress("book/gru", stream) as progress:
        for step in range(1, 5):
            progress.show(TrainStep(step, 4, 3.0 - step / 10, "bits", 2.5 if step % 2 == 0 else None, 1.0, 31.0 * step))
    return stream.getvalue()


def test_a_log_gets_a_line_for_each_score_and_no_control_characters() -> None:
    assert drawn(io.StringIO()).splitlines() == [
        "book/gru [############............] 2/4  2.800 bits, held out 2.500  1:02 + 1:02",
        "book/gru [########################] 4/4  2.600 bits, held out 2.500  2:04 + 0:00",
    ]


def test_a_terminal_has_one_line_rewritten_and_ended_once() -> None:
    text = drawn(Terminal())
    assert text.count("\n") == 1
    assert text.endswith("2:04 + 0:00\x1b[K\n")
    assert text.count("\r") >= 2
