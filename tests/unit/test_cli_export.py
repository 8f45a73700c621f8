"""`gateviz export` and `gateviz trace`: the suffix says what is written, and a mistake is one sentence."""

import base64
import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest

import gateviz
from gateviz import cli
from gateviz.i18n import translator
from tests.packed import unpack
from tests.page_reader import Reader

TEXT = "He said so."


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GATEVIZ_PRETRAINED", raising=False)


def run(*arguments: str) -> int:
    try:
        return cli.main(arguments)
    except SystemExit as stopped:  # argparse's own way
        return int(stopped.code or 0)


def test_an_html_file_holds_the_sentence_of_all_architectures(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--text", TEXT, "--out", "page.html") == 0
    assert re.fullmatch(r"page\.html: 2\.\d MB\n", capsys.readouterr().out)
    found = Reader(Path("page.html").read_text(encoding="utf-8"))
    header, signals = unpack(base64.b64decode(found.texts["picture"]))
    assert (header["text"], header["cells"]) == (TEXT, ["rnn", "lstm", "gru"])
    trace = gateviz.load_pretrained("timemachine", "gru").trace(TEXT)
    np.testing.assert_allclose(
        signals["gru"]["update_gate"], trace.layer(0)["update_gate"][0], rtol=2.0**-16, atol=1e-5
    )
    assert header["expected"]["gru"]["guesses"][0]
    assert found.texts["h1"] == translator.load("en")("task.timemachine")


def test_where_decoders_write_the_page_of_one_architecture_is_the_one_that_stands_beside_the_others() -> None:
    text = "the 3rd of May, 1999"
    longest = len(gateviz.load_pretrained("dates", "gru").trace(text).tokens or ())
    for cells in ("rnn", "lstm,gru"):
        assert run("export", "--task", "dates", "--text", text, "--cells", cells, "--out", "page.html") == 0
        found = Reader(Path("page.html").read_text(encoding="utf-8"))
        header, _ = unpack(base64.b64decode(found.texts["picture"]))
        assert len(header["tokens"]) == longest


def test_a_page_speaks_the_language_that_is_asked_for() -> None:
    assert run("export", "--text", TEXT, "--lang", "zh", "--cells", "lstm", "--out", "page.html") == 0
    text = Path("page.html").read_text(encoding="utf-8")
    assert translator.load("zh")("export.keys") in text
    assert translator.load("zh")("task.timemachine") in Reader(text).texts["title"]


def test_a_csv_and_an_npz_hold_the_traces() -> None:
    for name in ("gates.csv", "gates.npz"):
        assert run("export", "--text", TEXT, "--cells", "gru,rnn", "--out", name) == 0
    trace = gateviz.load_pretrained("timemachine", "gru").trace(TEXT)
    loaded = gateviz.load_trace("gates.npz", cell="gru")
    assert np.array_equal(loaded.layer(0)["reset_gate"], trace.layer(0)["reset_gate"])
    with Path("gates.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["cell"], row["signal"]) == ("gru", "reset_gate")]
    assert [json.loads(row["token"]) for row in rows] == list(TEXT)
    assert [np.float32(row["9"]) for row in rows] == list(trace.layer(0)["reset_gate"][0, :, 9])


def test_trace_prints_a_table_for_each_architecture(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("trace", "--text", TEXT, "--unit", "3") == 0
    printed = capsys.readouterr().out
    assert re.findall(r"timemachine/(\w+), layer 1 of 1, forward", printed) == ["rnn", "lstm", "gru"]
    assert len(printed.splitlines()) == 3 * (len(TEXT) + 3)


def test_what_is_held_is_in_every_file_and_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    held = ["--text", TEXT, "--cells", "gru,lstm", "--hold", "lstm.forget_gate@3-:0,gru.candidate:0.5"]
    for name in ("held.npz", "held.csv", "held.html"):
        assert run("export", *held, "--hold", "lstm.cell_state.2@5:other", "--other", "He said no.", "--out", name) == 0
    model = gateviz.load_pretrained("timemachine", "lstm")
    clamps = [gateviz.Clamp("forget_gate", 0.0, steps=slice(3, None))]
    value = model.trace("He said no.").layer(0)["cell_state"][:, 5, 2]
    clamps.append(gateviz.Clamp("cell_state", value, units=2, steps=5))
    trace = gateviz.run_with(model.recurrent, model.embed(model.encode(TEXT)), clamps)
    loaded = gateviz.load_trace("held.npz", cell="lstm")
    assert np.array_equal(loaded.layer(0)["hidden_state"], trace.layer(0)["hidden_state"])
    assert [clamp.signal for clamp in gateviz.load_clamps("held.npz", "gru")] == ["candidate"]
    with Path("held.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["cell"], row["signal"]) == ("lstm", "cell_state")]
    assert [np.float32(row["2"]) for row in rows] == list(trace.layer(0)["cell_state"][0, :, 2])
    assert [row["held"] for row in rows] == ["2" if step == 5 else "" for step in range(len(TEXT))]
    view = json.loads(Reader(Path("held.html").read_text(encoding="utf-8")).texts["page"])["view"]
    assert view["hold"] == "lstm.forget_gate@3-:0,gru.candidate:0.5,lstm.cell_state.2@5:other"
    assert view["other"] == "He said no."
    capsys.readouterr()
    assert run("trace", *held, "--unit", "0") == 0
    printed = capsys.readouterr().out
    assert "timemachine/gru, layer 1 of 1, forward, held: gru.candidate:0.5\n" in printed
    table = printed.split("timemachine/lstm, layer 1 of 1, forward, held: lstm.forget_gate@3-:0\n")[1]
    shut = [row[12:].split()[1] for row in table.split("\n")[1 : len(TEXT) + 1]]
    assert [number == "0.000" for number in shut] == [step >= 3 for step in range(len(TEXT))], table


MISTAKES = {
    "a suffix that is none": (["--out", "a.txt"], r"a\.txt must end in \.html, \.npz or \.csv"),
    "no suffix": (["--out", "a"], "must end in"),
    "a task that is not there": (["--out", "a.html", "--task", "no"], "has no task 'no': it has .*timemachine"),
    "a layer that is not there": (["--out", "a.html", "--layer", "1"], "layer 1 does not exist: the module has 1"),
    "a direction that is not there": (["--out", "a.html", "--direction", "reverse"], "was not recorded"),
    "a direction that is none": (["--out", "a.html", "--direction", "up"], "invalid choice: 'up'"),
    "an architecture that is none": (["--out", "a.csv", "--cells", "lstm,mlp"], "must be some of rnn, lstm, gru"),
    "a language that is none": (["--out", "a.html", "--lang", "tlh"], "invalid choice: 'tlh'"),
    "a text that is empty": (["--out", "a.html", "--text", " "], "the text is empty"),
    "a folder that is not there": (["--out", "no/a.csv"], r"no/a\.csv cannot be used: No such file"),
    "no file": ([], "--out"),
    "a file and a site": (["--out", "a.html", "--site", "a"], "not allowed with argument --out"),
    "a site of one sentence": (["--site", "a"], "leave --text, --cells and --hold out"),
    "a hold that is none": (["--out", "a.csv", "--hold", "lstm.forget_gate"], "write it as lstm.forget_gate"),
    "a hold of a signal that is not there": (["--out", "a.csv", "--hold", "lstm.reset_gate:0"], "is not a signal of"),
    "a hold out of range": (["--out", "a.csv", "--hold", "lstm.forget_gate:2"], "cannot be held at 2"),
    "a hold of a step that is not there": (["--out", "a.html", "--hold", "lstm.forget_gate@11-:0"], "names step 11"),
    "a hold of what is not shown": (["--out", "a.csv", "--hold", "gru.reset_gate:0", "--cells", "rnn"], "not shown"),
    "a hold of no other sentence": (["--out", "a.csv", "--hold", "rnn.hidden_state:other"], "give the sentence"),
    "another sentence that is empty": (["--out", "a.csv", "--other", " "], "the text is empty"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_sentence_and_code_2_and_no_file(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, sentence = MISTAKES[name]
    assert run("export", "--text", TEXT, *arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.search(sentence, printed.err.splitlines()[-1])
    assert "Traceback" not in printed.err
    assert not list(Path().iterdir())


def test_a_site_is_written_from_the_command_line_and_its_mistakes_are_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("export", "--site", "site", "--task", "counting") == 0
    assert re.fullmatch(r"site: 1 task, 0\.\d MB; python -m http\.server -d site serves it\n", capsys.readouterr().out)
    assert Path("site/index.html").is_file()
    Path("site/mine.txt").write_text("x")
    for arguments, sentence in (
        (["--task", "counting"], r"site holds mine\.txt, which is no part of a site: name a new or empty folder"),
        (["--task", "counting,no"], "has no task 'no': it has "),
        (["--cells", "lstm"], "leave --text, --cells and --hold out"),
    ):
        assert run("export", "--site", "site", *arguments) == 2
        printed = capsys.readouterr()
        assert (printed.out, len(printed.err.splitlines())) == ("", 1)
        assert re.search(sentence, printed.err)
    assert Path("site/mine.txt").read_text() == "x"


def test_a_file_needs_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--out", "a.html") == 2
    assert "a file needs a sentence: give it as --text" in capsys.readouterr().err


def test_a_unit_that_is_not_there_is_a_mistake_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("trace", "--text", TEXT, "--unit", "256") == 2
    assert "unit 256 does not exist" in capsys.readouterr().err
