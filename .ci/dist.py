"""Builds the source distribution and, from it, the wheel; then runs the wheel in an empty environment.

`make dist` leaves both in dist/. First the library is installed alone, as for a notebook, then with the app.
"""

import re
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).parents[1]
LIBRARY = """
import sys, torch, gateviz
trace = gateviz.record(torch.nn.LSTM(3, 4), torch.zeros(5, 1, 3))
print(trace.layer(0)["forget_gate"].shape, len(gateviz.list_pretrained()), gateviz.figures.signal_maps.__name__)
assert "streamlit" not in sys.modules
"""


def run(*command: str | Path, folder: Path = PROJECT, code: int = 0) -> str:
    """What the command prints; it must end with that code."""
    answer = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if answer.returncode != code:
        raise SystemExit(f"{command[-1]} ended with {answer.returncode}:\n{answer.stdout}{answer.stderr}")
    return answer.stdout + answer.stderr


def build() -> Path:
    """Both, in dist/; gives the wheel's path."""
    out = PROJECT / "dist"
    for old in out.glob("gateviz-*"):
        old.unlink()
    run(sys.executable, "-m", "build", "--outdir", out, PROJECT)
    (source,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    with tarfile.open(source) as file:
        held = {name.partition("/")[2] for name in file.getnames()}
    tracked = run("git", "ls-files", "-z").split("\0")
    missing = [name for name in tracked if name and (PROJECT / name).is_file() and name not in held]
    if missing:
        raise SystemExit(f"the source distribution lacks {', '.join(missing[:5])}: name it in MANIFEST.in")
    for path in (source, wheel):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    return wheel


def try_out(wheel: Path, empty: Path) -> None:
    """Install the wheel into a new environment and use it, far from the tree."""
    python = empty / "venv" / "bin" / "python"
    run(sys.executable, "-m", "venv", empty / "venv")
    pins = empty / "pins.txt"
    locked = (PROJECT / "constraints" / "app.txt").read_text(encoding="utf-8")
    pins.write_text("\n".join(re.findall(r"^[\w.-]+==\S+", locked, re.MULTILINE)))
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", pins)
    run(*pip, *re.findall(r"^TORCH := (\S+)", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    run(*pip, wheel)
    program = python.with_name("gateviz")
    print("the library:", run(python, "-c", LIBRARY, folder=empty).strip())
    run(program, "trace", "--task", "hometown", "--text", "I grew up in France.", folder=empty)
    print("the app without its extra:", run(program, "app", folder=empty, code=2).strip())
    run(*pip, f"{wheel}[app]")
    serve(program, empty)


def serve(program: Path, folder: Path) -> None:
    """Start the app and ask it for its page."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [str(program), "app", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder)  # noqa: S603
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as answer:
                    page = answer.read()
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit("the app of the wheel has ended") from None
                time.sleep(0.2)
        else:
            raise SystemExit("the app of the wheel does not answer")
    finally:
        process.terminate()
        process.wait(timeout=60)
    print(f"the app: a page of {len(page)} bytes")


if __name__ == "__main__":
    built = build()
    with tempfile.TemporaryDirectory() as place:
        try_out(built, Path(place))
