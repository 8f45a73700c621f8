"""The command line, run as a person would: what it prints, what it writes, and how it fails."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gateviz import __version__, cli
from gateviz.app.server.options import Options
from gateviz.pretrained import files
from gateviz.pretrained.files import list_pretrained, load_pretrained
from gateviz.recipes import RECIPES, timemachine
from gateviz.results.trace import CELLS

PROJECT = Path(__file__).parents[2]
TEXT = "the time traveller for so it will be convenient to speak of him, was expounding a recondite matter.\n" * 20


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working folder, no folders named in the environment, and a recipe small enough for a test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GATEVIZ_DATA", raising=False)
    monkeypatch.delenv("GATEVIZ_PRETRAINED", raising=False)
    recipe = timemachine.RECIPE
    plan = dataclasses.replace(recipe.plan, steps=6, batch_size=2, evaluations=2)
    sizes = dict.fromkeys(CELLS, 8)
    small = dataclasses.replace(recipe, hidden_size=sizes, embedding_size=4, window=16, plan=plan)
    monkeypatch.setitem(RECIPES, "timemachine", small)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A text where training looks by itself."""
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "timemachine.txt"
    file.write_text(TEXT)
    return file


def test_train_makes_the_trio_in_a_folder_of_its_own_and_says_how_good_it_is(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert book.is_file()
    assert cli.main(["train", "timemachine"]) == 0
    printed = capsys.readouterr()
    assert [card.cell for card in list_pretrained(tmp_path / "trained")] == ["rnn", "lstm", "gru"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "trained"], "and nowhere else"
    assert printed.out.count("bits per character on the last 1/10") == 3
    assert "6/6" in printed.err
    assert "GATEVIZ_PRETRAINED=trained" in printed.err


def test_the_models_that_ship_are_not_written_over_unless_their_folder_is_named(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = tmp_path / "pretrained"
    monkeypatch.setenv("GATEVIZ_PRETRAINED", str(shipped))
    command = ["train", "timemachine", "--cell", "gru", "--data", str(book)]
    assert cli.main(command) == 0
    assert not shipped.exists()
    assert "GATEVIZ_PRETRAINED=trained" in capsys.readouterr().err
    assert cli.main([*command, "--out", "pretrained"]) == 0
    assert [card.cell for card in list_pretrained(shipped)] == ["gru"]
    assert "GATEVIZ_PRETRAINED" not in capsys.readouterr().err
    rule = (PROJECT / "Makefile").read_text(encoding="utf-8").split("\npretrained:")[1].split("\n\n")[0]
    assert "train timemachine --out pretrained" in rule


def test_train_takes_a_cell_a_seed_steps_a_file_and_a_folder(book: Path, tmp_path: Path) -> None:
    other = book.rename(tmp_path / "another.txt")
    out = tmp_path / "models"
    command = ["train", "timemachine", "--cell", "lstm", "--seed", "3", "--steps", "2"]
    assert cli.main([*command, "--data", str(other), "--out", str(out)]) == 0
    (card,) = list_pretrained(out)
    assert (card.cell, card.seed, card.steps) == ("lstm", 3, 2)
    assert load_pretrained("timemachine", "lstm", out).encode("t☃")[1] == len(card.vocabulary)


def test_a_second_run_makes_the_same_file(book: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        cli.main(["train", "timemachine", "--cell", "gru", "--data", str(book), "--out", out])
    one, two = (list_pretrained(tmp_path / out)[0] for out in ("one", "two"))
    assert one.sha256 == two.sha256


def test_a_missing_data_file_is_one_sentence_that_says_where_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "timemachine"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("gateviz: timemachine.txt (The Time Machine) is not at ")
    assert printed.err.count("\n") == 1
    assert "github.com/probml/probml-data" in printed.err


def test_an_unknown_task_is_answered_with_the_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "sherlok"]) == 2
    assert "sherlock, sunspots" in capsys.readouterr().err


def test_an_interruption_leaves_nothing_behind(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gateviz.training.progress.Progress.show", interrupt)
    assert book.is_file()
    assert cli.main(["train", "timemachine"]) == 130
    assert list((tmp_path / "trained").iterdir()) == []
    assert "Traceback" not in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_told_before_the_training(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", "timemachine", "--out", str(book)]) == 2
    printed = capsys.readouterr().err
    assert str(book) in printed
    assert "held out" not in printed


@pytest.mark.parametrize("option", ["--steps=0", "--steps=-1", "--steps=many", "--seed=-1", f"--seed={2**32}"])
def test_steps_and_seeds_that_make_no_sense_are_refused(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(["train", "timemachine", option])
    assert raised.value.code == 2
    assert "must be a whole number" in capsys.readouterr().err


def test_models_lists_what_ships_with_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for card in list_pretrained():
        (line,) = (line for line in lines if line.startswith(f"{card.task}/{card.cell} "))
        assert f"{card.metric.value:.3f}" in line
        assert all(f"{baseline.value:.3f}" in line for baseline in card.baselines)


def test_the_readme_of_the_models_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "--markdown"]) == 0
    readme = files.pretrained_folder() / "README.md"
    assert capsys.readouterr().out == readme.read_text(encoding="utf-8")


def test_a_folder_without_models_is_said_to_have_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GATEVIZ_PRETRAINED", str(tmp_path / "none"))
    assert cli.main(["models"]) == 2
    assert "there is no folder" in capsys.readouterr().err
    (tmp_path / "none").mkdir()
    assert cli.main(["models"]) == 2
    assert "no models" in capsys.readouterr().err


def test_app_hands_its_options_to_the_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Options] = []
    monkeypatch.setattr("gateviz.app.server.launch.run", called.append)
    for name in [name for name in os.environ if name.startswith("STREAMLIT_")]:
        monkeypatch.delenv(name)
    assert cli.main(["app"]) == 0
    assert cli.main(["app", "--port", "8600", "--host", "0.0.0.0", "--no-browser", "--memory", "2048"]) == 0  # noqa: S104
    behind = ["--share", "--base-path", "/gateviz", "--replica", "2"]
    sites = [part for site in ("https://a.example", "https://b.example") for part in ("--allow-origin", site)]
    assert cli.main(["app", *behind, *sites]) == 0
    everywhere = "0.0.0.0"  # noqa: S104
    assert called == [
        Options(),
        Options(port=8600, host=everywhere, open_browser=False, memory=2048),
        Options(
            host=everywhere, share=True, base_path="/gateviz", replica="2",
            origins=("https://a.example", "https://b.example"),
        ),
    ]  # fmt: skip


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out.strip() == __version__


def test_a_reader_that_has_seen_enough_is_no_mistake() -> None:
    script = "import sys; from gateviz.cli import main; sys.exit(main(['models']))"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        said = run.stderr.read()
    assert (run.returncode, said) == (0, b"")
