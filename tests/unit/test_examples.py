import re
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "foreign_model.py"


def test_the_example_brings_its_own_model_and_every_question_gets_an_answer(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, EXAMPLE, tmp_path / "out"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "Trace of LSTM: layers 2" in run.stdout
    plain, wiped, patched = (_pair(run.stdout, words) for words in ("probability of", "wiped", "copied"))
    assert min(plain) > 0.9
    assert abs(sum(wiped) - 1) < 0.03  # what is wiped cannot be told apart, so one mark gains what the other loses
    assert patched[0] < 0.1 < 0.9 < patched[1]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "trace.npz", "jacobians.html", "paths.html", "bands.html", "saturation.html",
    }  # fmt: skip


def _pair(text: str, words: str) -> list[float]:
    line = next(line for line in text.splitlines() if words in line)
    return [float(number) for number in re.findall(r"\d\.\d\d", line)]
