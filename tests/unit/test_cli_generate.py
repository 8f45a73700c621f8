"""`gateviz generate`, run as a person would."""

import pytest

from gateviz import cli
from gateviz.data.corpora.quatrains import clauses_of, is_well_formed
from gateviz.models.generation import generate
from gateviz.pretrained.files import load_pretrained


def test_it_writes_on_from_a_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["generate", "timemachine", "The Time ", "--cell", "gru", "--steps", "20", "--top-k", "3", "--seed", "5"]
    assert cli.main(command) == 0
    stream = generate(load_pretrained("timemachine", "gru"), "The Time ", 0.8, 3, 5, 20)
    assert capsys.readouterr().out == "The Time " + "".join(token.text for token in stream) + "\n"


def test_it_writes_quatrains_and_acrostics(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate", "tang", "床前明月光"]) == 0
    poem = capsys.readouterr().out
    assert poem.startswith("床前明月光，")
    assert is_well_formed(poem.rstrip("\n"), 5)
    assert cli.main(["generate", "tang", "--acrostic", "春江花月夜", "--form", "7", "--cell", "rnn"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert [clause[0] for clause in clauses_of(first)] == list("春江花月")
    assert second.startswith("夜")
    assert is_well_formed(second, 7)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["timemachine"], "the prompt is empty"),
        (["tang", "春江" * 9], "a quatrain begins with"),
        (["tang", "--acrostic", "春"], "an acrostic needs 2 to 8 characters"),
        (["timemachine", "a", "--acrostic", "春江"], "give one of the task tang"),
        (["timemachine", "a", "--temperature", "-1"], "temperature is -1.0"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate", *arguments]) == 2
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert printed.err.count("\n") == 1
