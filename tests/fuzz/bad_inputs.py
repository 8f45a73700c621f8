"""What hostile and unlucky people send: texts, files, links, models, arguments and requests."""

import json
from typing import Any

from hypothesis import strategies as st

from gateviz.models.holds import write_holds
from gateviz.results.trace import CELLS
from tests.any_holds import any_holds
from tests.any_text import TEXTS

MARKUP = (
    *('<img src=x data-fuzz onerror="document.body.dataset.fuzz=1">', "<b data-fuzz>b</b>", "<svg/onload=alert(1)>"),
    *("</script><script data-fuzz>document.body.dataset.fuzz=1</script>", "--><i data-fuzz>", "]]><u data-fuzz>"),
    *("[a](javascript:document.body.dataset.fuzz=1)", "![x](x)", "&lt;b data-fuzz&gt;", "$\\href{x}{y}$", "`<b>`"),
    *('" data-fuzz="1', "' onmouseover='document.body.dataset.fuzz=1", ":material/home:", ":red[x]", "{{data-fuzz}}"),
)
"""None of it may become an element, and data-fuzz may stand in no attribute."""

_READABLE = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60)
ANY_TEXT = _READABLE | TEXTS | st.sampled_from(MARKUP) | st.tuples(TEXTS, st.sampled_from(MARKUP)).map("".join)


def as_sent(text: str) -> str:
    """What a browser sends of a text: it has no half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode()


ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-7", "utf-16", "utf-32", "latin-1"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)
LINES = ("春眠不觉晓，处处闻啼鸟。", "夜來風雨聲，花落知多少。", "吾輩は猫である。", "안녕하세요")
ODD_FILES = (
    *(b"", b"\r" * 300, b"x\n" * 501, b"\xef\xbb\xbf", b"\xff\xfe"),
    *(b"PK\x03\x04", b"GIF89a\x01", b"%PDF-1.7\n%\xe2\xe3"),
)


@st.composite
def encoded(draw: st.DrawFn) -> bytes:
    """Lines in an encoding that fits or does not, perhaps cut in the middle of a character."""
    lines = draw(st.lists(ANY_TEXT | st.sampled_from(LINES), max_size=4))
    return "\n".join(lines).encode(draw(st.sampled_from(ENCODINGS)), "ignore")[draw(st.integers(0, 3)) :]


FILES = st.binary(max_size=200) | encoded() | st.sampled_from(ODD_FILES)
"""Uploaded files."""

_SCRAPS = st.sampled_from(
    ["", " ", "0", "1", "-1", "007", "1e3", "9" * 40, "None", "../..", "lstm", "gru,rnn", ",,,", "reverse", "tlh",
     "%00", "hometown", "sunspots", "zh", "timemachine", "'; DROP TABLE", "lstm.forget_gate@3-:0", "gru.h:nan"]
)  # fmt: skip
_NAMES = ("task", "cells", "text", "layer", "direction", "unit", "step", "lang", "hold", "other", "trained", "lesson",
          "bet", "diagram", "rows", "colour", "shown", "lecture", "__proto__")  # fmt: skip
_HOLDS = st.lists(any_holds(), max_size=40).map(write_holds)
LINKS = st.dictionaries(st.sampled_from(_NAMES), (_SCRAPS | ANY_TEXT | _HOLDS).map(as_sent), max_size=8)
"""The parameters of an address."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | ANY_TEXT,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(ANY_TEXT, inside, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file of which a part is cut away, doubled, or replaced by any bytes."""
    start = draw(st.integers(0, len(whole)))
    end = draw(st.integers(start, min(len(whole), start + 300)))
    return whole[:start] + draw(st.binary(max_size=20) | st.just(whole[start:end] * 2)) + whole[end:]


@st.composite
def changed_card(draw: st.DrawFn, whole: bytes) -> bytes:
    """A card one of whose fields, at any depth, holds something else."""
    card = json.loads(whole)
    place: Any = card
    while True:
        key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not place[key] or not isinstance(place[key], dict | list) or draw(st.booleans()):
            break
        place = place[key]
    place[key] = draw(JSON)
    return json.dumps(card).encode()


_VALUES = st.sampled_from(["1", "0", "-1", "nan", "1e400", "lstm", "lstm,gru", "zh", "counting", "/", "--"])
_SENTENCE = ("--text", "--task", "--cells", "--layer", "--direction", "--hold", "--other")
_OPTIONS = {
    "trace": [*_SENTENCE, "--unit"],
    "export": [*_SENTENCE, "--lang", "--out", "--site"],
    "generate": ["--cell", "--temperature", "--top-k", "--seed", "--form", "--acrostic"],
    "train": ["--cell", "--seed", "--data", "--out"],
    "models": ["--markdown", "--summary"],
    "app": ["--port", "--base-path", "--allow-origin", "--memory", "--replica"],
}
_OUT = st.sampled_from(["a.csv", "a.npz", "no/a.csv", "a.txt", ".csv", "a\0.csv", "x" * 300 + ".csv", "\udcff.csv"])


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """A command with some of its options. None starts a server or a training: the host and the task are not there."""
    command = draw(st.sampled_from(sorted(_OPTIONS)))
    words = {"train": [draw(ANY_TEXT)], "app": ["--host", "203.0.113.9"], "generate": ["--steps", "3"]}
    found = [command, *words.get(command, [])]
    if command in ("trace", "export") and draw(st.booleans()):
        found += ["--task", "hometown", "--text", draw(ANY_TEXT)]
    if command == "generate":
        found += draw(st.lists(st.sampled_from(["timemachine", "tang"]) | ANY_TEXT, min_size=1, max_size=2))
    for option in draw(st.lists(st.sampled_from(_OPTIONS[command]), max_size=4)):
        holds = _HOLDS if option == "--hold" else _VALUES
        found += [option, draw(_OUT if option in ("--out", "--site") else _VALUES | ANY_TEXT | holds)]
    return found


_FIELDS = ("text", "layer", "direction", "language", "holds", "other")
BODIES = st.one_of(
    st.binary(max_size=60),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries(
        {"text": ANY_TEXT, "layer": st.sampled_from([0, 0, 0, 1, -1, True, "0", 1e99]),
         "direction": st.sampled_from(["forward", "forward", "reverse", "up", None]), "language": st.just("zh")},
        optional={"holds": _HOLDS | _SCRAPS | JSON, "other": ANY_TEXT | JSON},
    ).map(lambda body: json.dumps(body).encode()),
)  # fmt: skip
"""Requests for a sentence under holds."""

CELL = st.sampled_from(CELLS)
