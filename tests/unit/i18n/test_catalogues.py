"""The catalogues: every word that the pages ask for is there, in every language, and none is there for nothing."""

import ast
import json
import re
import string
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

import gateviz
from gateviz import viewer
from gateviz.app import main
from gateviz.app.components import network_address, papers_table, take_away
from gateviz.app.components.take_away import GRADIENTS, STEPPING
from gateviz.app.computed.gradient_paths import REASONS
from gateviz.app.computed.hood import embedding, forms, words
from gateviz.app.computed.hood.parameters import SIDES
from gateviz.app.computed.hood.sequences import KINDS
from gateviz.app.server.streamlits_words import TEXTS
from gateviz.app.state.address import DIRECTIONS, PARTS
from gateviz.app.state.session import GradientView, Part
from gateviz.experiments.film import SHOWN as FILMED
from gateviz.experiments.pool import Reason
from gateviz.experiments.settings import LENGTHS, OWN_TEXT, SAMES
from gateviz.experiments.table import EXPERIMENTS
from gateviz.i18n.translator import languages
from gateviz.models.untrained import Initialisation, Nonlinearity
from gateviz.pretrained.files import list_pretrained
from gateviz.pretrained.snippets import WAYS
from gateviz.recipes import RECIPES
from gateviz.results.signals import GATES, KEEPS
from gateviz.results.trace import CELLS
from gateviz.textbook.conventions import ResetPlace, UpdateSign
from gateviz.textbook.source_lines import PASSES
from gateviz.viewer.packing.picture import SHOWN

PACKAGE = Path(gateviz.__file__).parent

LOSSES = ["caption", *(f"caption_{kind}" for kind in ("guess", "class", "text", "series", "value"))]

# What stands in the hole of each key that is put together as the page runs. A pattern that is not here fails below.
DYNAMIC: dict[str, list[str]] = {
    "page.{}": [name for name, _ in main.PAGES],
    "task.{}": sorted({*RECIPES, OWN_TEXT}),
    "label.{}": sorted(  # but for labels that are symbols, such as XY, which are the same in every language
        {f"{card.task}.{label}" for card in list_pretrained() for label in card.labels if label.islower()}
    ),
    "metric.{}": sorted({card.metric.unit.replace(" ", "_") for card in list_pretrained()}),
    "cell.{}": list(CELLS),
    "direction.{}": list(DIRECTIONS),
    "opening_gate.{}": sorted(GATES),
    "gradient.{}": ["hidden_state", "cell_state"],
    "gradients.{}": [
        *get_args(GradientView),
        "absolute",
        "relative",
        *LOSSES,
        *REASONS,
        "path_less",
        "path_more",
        "path_alike",
    ],
    "gradients.about_{}": list(get_args(GradientView)),
    "take.{}": [*get_args(network_address.Kind), *take_away.KINDS],
    "take.about_{}": list(take_away.KINDS),
    "try.{}": [
        *("forgets", "cannot_forget", "fooled", "loses_subject", "never_reads", "leaks", "counts_half"),
        *("loses_between", "not_read", "keeps_nothing", "stands_still"),
    ],
    "opening.{}": ["says", "expects", "writes", "on_average", "bits"],  # of sentences that the browser makes
    "site.about.{}": sorted(RECIPES),
    "part.{}": [*get_args(Part), *PARTS],
    "matrix.{}": list(SIDES),
    "words.{}": list(words.WAYS),
    "plane.{}": sorted({kind for kind, _ in embedding.GROUPS.values()}),
    "form.{}": sorted({name for cell in CELLS for name in forms.names(cell)}),
    "symbol.{}": sorted({signal for signals in FILMED.values() for signal in signals}),
    "film.signal.{}": sorted({signal for signals in FILMED.values() for signal in signals}),
    "train.task.{}": list(LENGTHS),
    "train.length.{}": list(LENGTHS),
    "train.same.{}": list(SAMES),
    **{f"table.{kind}.{{}}": list(EXPERIMENTS) for kind in ("experiment", "figure", "papers", "differs")},
    "table.column.{}": list(papers_table.COLUMNS),
    "table.status.{}": ["done", "stopped", "limit", "died", "unseen", "failed"],
    "error.{}": ["empty", "too_long", "control_character", "not_a_number"],  # of a text that is typed in the browser
}
FIGURES = {*STEPPING, *(name for names in GRADIENTS.values() for name in names)}
BEATS = ("sums", "gates", "candidate", "keep", "write", "read")
LISTED_KEYS = ("step", "ends", "window", "beats", "play", "undo", "cards", "choose", "lecture", "help")
BRACKETED = {
    "viewer": {"name"},
    "gradients": set(),
    "lab": set(),
    "clipping": set(),
    "lesson": {"`key_${name}`"},
    "trained": set(),
    "film": {"`metric_${header.task}`", "`status_${reason}`", "`keep_${cell}`"},
    "take": {"name"},
    "hood": {
        "mark.kind",
        "`mix_${kind}`",
        "`source_${way}`",
        "`way_${way}`",
        "`whole_${name}`",
        "`layout_${layout}`",
        "`about_${name}`",
        "`kind_${kind}`",
        "`kind_${kind}_about`",
        "way",
        "`${way}_title`",
    },
}
# The texts that go to the browser as a whole: prefix -> module, and the keys that its script puts together.
SENT: dict[str, tuple[Path, set[str]]] = {
    "viewer": (viewer.JS / "viewer" / "viewer.js", {"first", "back", "play", "pause", "on", "beats", "last"}),
    "gradients": (viewer.JS / "gradients" / "sentence_part.js", set()),
    "clipping": (viewer.JS / "clipping" / "clipping_part.js", set()),
    "lab": (viewer.JS / "lab" / "lab_part.js", set()),
    "lesson": (viewer.JS / "lesson" / "lesson_panel.js", {f"key_{name}" for name in LISTED_KEYS}),
    "trained": (viewer.JS / "training" / "timeline.js", set()),
    "hood": (
        viewer.JS / "hood" / "hood.js",
        {f"mix_{kind}" for kind in ("sign", "place", "order", "transposed", "bias")}
        | {f"z_{kind}" for kind in get_args(UpdateSign)}
        | {f"r_{kind}" for kind in get_args(ResetPlace)}
        | {f"source_{part}" for part in PASSES}
        | {f"way_{way}" for way in WAYS}
        | {f"layout_{name}" for name in ("time_first", "batch_first", "no_batch")}
        | {"about_input", "about_output"}
        | {f"{way}{end}" for way in words.WAYS for end in ("", "_title")}
        | {f"kind_{kind}{end}" for kind in KINDS for end in ("", "_about")}
        | {f"whole_{name}" for name in ("embedding", "recurrent", "head", "written", "decoder")},
    ),
    "take": (viewer.JS / "take_away" / "dialog.js", {"figure", "architecture", "save", *FIGURES}),
    "film": (
        viewer.JS / "film" / "film.js",
        {f"metric_{task}" for task in ("adding", "counting", OWN_TEXT)}
        | {f"status_{reason}" for reason in get_args(Reason)}
        | {f"keep_{cell}" for cell in KEEPS},
    ),
}
# What the pages that need nobody say in texts from elsewhere in the catalogue (export/page.py).
FROM_ELSEWHERE = {"cells", "architectures", "layer", "direction", "directions", "put_away", "example"}
FROM_ELSEWHERE |= {"link", "unknown", "unknown_one"}
FROM_ELSEWHERE |= {"too_long", "control_character", "not_a_number"}
FROM_ELSEWHERE |= {f"ending_{kind}" for kind in DYNAMIC["opening.{}"]}
SAID_ALONE = {
    name
    for path in (viewer.JS / "alone").glob("*.js")
    for name in re.findall(r"\btexts(?:\(\))?\.(?!js\b)(\w+)", path.read_text(encoding="utf-8"))
}
# Those that go along in a group of their own, texts.cells[cell]: prefix -> what the group is asked for.
GROUPS: dict[str, list[str]] = {
    "clipping_settings": ["radius", "most", "rate", "seed"],
    "clipping_presets": ["cliff", "nan"],
    "clipping_remedies": ["orthogonal", "relu", "gated"],
    "lab_settings": ["start", "activation", "steps", "units", "radius", "forget", "update", "seed", "seeds"],
    "lab_choices": [*get_args(Initialisation), *get_args(Nonlinearity)],
    "lab_presets": ["default", "forget_1", "forget_3", "orthogonal", "identity", "chrono", "radius_12", "radius_15"],
    "cell": list(CELLS),
    "gate_counts": ["open", "half", "shut"],
    "beats": [*BEATS, *(f"{cell}.{beat}" for cell in CELLS for beat in BEATS)],
    "gradient": ["hidden_state", "cell_state"],
    "streamlit": [*TEXTS, "no_connection"],
    "hold": [
        *(
            "list",
            "line",
            "unit",
            "layer",
            "forward",
            "reverse",
            "value",
            "freeze",
            "other",
            "from",
            "alone",
            "between",
        ),
        *(
            "everywhere",
            "on",
            "at",
            "always",
            "when",
            "box",
            "let_go",
            "let_go_all",
            "valve",
            "problem",
            "refused",
            "maps",
        ),
        *("look_after", "look_before", "look_difference", "legend", "tries", "happened", "happened_not", "happened_at"),
        *("says", "silence_unit", "freeze_all", "freeze_unit", "copy_all", "copy_unit"),
    ],
    "direction": list(DIRECTIONS),
    "form": sorted({name for cell in CELLS for name in forms.names(cell)}),
    "alone": sorted(SAID_ALONE - FROM_ELSEWHERE),
    "compare": [
        *(
            "open",
            "open_title",
            "sentence",
            "ready",
            "close",
            "look",
            "after",
            "before",
            "difference",
            "first",
            "second",
        ),
        *(
            "answers",
            "life",
            "lives",
            "lives_until",
            "another",
            "same",
            "no_weights",
            *(f"state_{cell}" for cell in CELLS),
        ),
    ],
}
OF_CELLS = {"signals": "signal", "symbols": "symbol", "titles": "map_title"}  # groups by cell and signal


def catalogue(language: str) -> dict[str, str]:
    path = files("gateviz.i18n") / "locales" / f"{language}.json"
    say: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return say


ENGLISH = catalogue("en")


def holes(text: str) -> set[str]:
    """The names in a text's {placeholders}."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """Everything that the package's Python says, with the name of its file."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return [(path.name, node) for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def calls() -> Iterator[tuple[str, ast.Call]]:
    return ((where, node) for where, node in nodes() if isinstance(node, ast.Call))


def is_words(call: ast.Call) -> bool:
    return (
        (isinstance(call.func, ast.Name) and call.func.id == "say")
        or (isinstance(call.func, ast.Call) and ast.unparse(call.func).startswith("load("))
        or is_template(call)
    )


def is_template(call: ast.Call) -> bool:
    """Whether the words get their values later, from compose() of the openings."""
    return ast.unparse(call.func).endswith("sight.say") or ast.unparse(call.func) == "self.say"


def literals(node: ast.expr) -> list[str]:
    """The keys that a first argument can be, where they are written out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return literals(node.body) + literals(node.orelse) if isinstance(node, ast.IfExp) else []


def pattern(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def asked_for() -> Iterator[tuple[str, str, set[str] | None]]:
    """(where, key, names of the values put in) for each key that the pages' Python writes out."""
    for where, call in calls():
        if is_words(call):
            values = None if is_template(call) else {keyword.arg or "" for keyword in call.keywords}
            yield from ((where, key, values) for key in literals(call.args[0]))
    for where, node in nodes():
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "key":
            yield from ((where, key, None) for key in literals(node.value) if "{" not in key)
    for where, call in calls():
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        if "code" in named and ast.unparse(call.func).endswith("Error"):
            values = {name for name in named if name not in (None, "code")}
            yield from ((where, key, values) for key in literals(named["code"]))


def patterns() -> set[str]:
    """The keys with holes of the pages' Python: in say(f"...") and in key = f"..." before say(key)."""
    found: set[str] = set()
    for _, node in nodes():
        if isinstance(node, ast.Call) and is_words(node) and isinstance(node.args[0], ast.JoinedStr):
            found.add(pattern(node.args[0]))
        is_key = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "key"
        if isinstance(node, ast.Assign) and is_key and isinstance(node.value, ast.JoinedStr):
            found.add(pattern(node.value))
    return found


LENT = {"hood": r"alone/typed_text|diagram/\w+"}
"""Modules of a script that get their texts from elsewhere."""


def script_of(prefix: str) -> str:
    """A script without the names of its files, and without the modules that get their texts from elsewhere."""
    modules = LENT.get(prefix, "alone/typed_text")
    whole = re.sub(
        rf"^// (?:{modules})\.js\n.*?\n\}}\)\(\);$", "", viewer.script(SENT[prefix][0]), flags=re.DOTALL | re.MULTILINE
    )
    return re.sub(r"^//.*", "", whole, flags=re.MULTILINE)


def sent(prefix: str) -> tuple[set[str], set[str]]:
    """What a script reads of the texts sent to it: keys written out, and what stands in texts[...]."""
    script = script_of(prefix)
    return set(re.findall(r"\btexts\.(\w+)", script)), set(re.findall(r"\btexts\[([^\]]+)\]", script))


def unders() -> tuple[set[str], set[str]]:
    """The prefixes that the pages' Python sends as a whole, and the names of the groups that it makes of some."""
    prefixes = set()
    for _, call in calls():
        if ast.unparse(call.func) == "say.under":
            prefixes |= set(literals(call.args[0]))
    groups: set[str] = set()
    for _, node in nodes():
        pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
        groups |= {
            str(key.value)
            for key, value in pairs
            if isinstance(key, ast.Constant) and ast.unparse(value).startswith("say.under(")
        }
    return prefixes, groups | set(OF_CELLS) | {"typed"}  # the refusals of a text, under "error."


def of_cells(kind: str) -> Iterator[str]:
    """The keys of a symbol or name of each signal on the page: a cell's own where there is one."""
    for cell, signals in SHOWN.items():
        for signal in signals:
            own = f"{kind}.{cell}.{signal}"
            yield own if own in ENGLISH else f"{kind}.{signal}"


def used() -> set[str]:
    keys = {key for _, key, _ in asked_for()}
    keys |= {shape.format(value) for shape in patterns() for value in DYNAMIC[shape]}
    keys |= {key for kind in OF_CELLS.values() for key in of_cells(kind)}
    keys |= {f"{prefix}.{name}" for prefix, names_ in GROUPS.items() for name in names_}
    groups = unders()[1]
    for prefix, (_, composed) in SENT.items():
        keys |= {f"{prefix}.{name}" for name in (sent(prefix)[0] | composed) - groups}
    return keys


def test_every_key_that_a_page_or_an_error_asks_for_is_in_the_catalogue() -> None:
    asked = list(asked_for())
    assert len(asked) > 30, "the pages do ask for words"
    assert not [(where, key) for where, key, _ in asked if key not in ENGLISH]


def test_every_key_put_together_as_a_page_runs_is_of_a_known_pattern_and_in_the_catalogue() -> None:
    assert patterns() == set(DYNAMIC)
    composed = {shape.format(value) for shape, values in DYNAMIC.items() for value in values}
    assert composed <= set(ENGLISH)
    assert {key for kind in OF_CELLS.values() for key in of_cells(kind)} <= set(ENGLISH)


@pytest.mark.parametrize("prefix", SENT)
def test_every_word_that_a_script_shows_is_sent_to_it(prefix: str) -> None:
    written, bracketed = sent(prefix)
    assert {f"{prefix}.{name}" for name in (written | SENT[prefix][1]) - unders()[1]} <= set(ENGLISH)
    assert bracketed == BRACKETED[prefix], "a new texts[...]: name its keys"


def test_the_groups_that_are_sent_are_read_and_have_all_that_they_are_asked_for() -> None:
    prefixes, groups = unders()
    assert prefixes == {*SENT, *GROUPS}
    assert groups <= {name for prefix in SENT for name in sent(prefix)[0]}
    assert {f"{prefix}.{name}" for prefix, names_ in GROUPS.items() for name in names_} <= set(ENGLISH)


def test_no_key_of_the_catalogue_is_unused() -> None:
    assert not set(ENGLISH) - used()


def test_the_values_put_in_are_those_that_the_words_have_places_for() -> None:
    checked = [(where, key, values) for where, key, values in asked_for() if values is not None]
    assert not [(where, key) for where, key, values in checked if holes(ENGLISH[key]) != values]


@pytest.mark.parametrize("prefix", SENT)
def test_the_scripts_put_in_what_the_words_have_places_for(prefix: str) -> None:
    filled = {}
    for key, values in re.findall(r"fill\([\w.#]*texts\.(\w+), \{(.*?)\}\)", script_of(prefix), re.DOTALL):
        filled[key] = set(
            re.findall(r"(?:^|,)\s*(\w+)\s*(?=:|,|$)", re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", values))
        )
    in_script = {key for key in sent(prefix)[0] if holes(ENGLISH.get(f"{prefix}.{key}", ""))}
    assert in_script == set(filled)
    assert not [key for key, values in filled.items() if not holes(ENGLISH[f"{prefix}.{key}"]) <= values]


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_same_keys_and_the_same_places_as_english(language: str) -> None:
    say = catalogue(language)
    assert sorted(say) == sorted(ENGLISH)
    assert not [key for key, text in say.items() if holes(text) != holes(ENGLISH[key])]
    assert not [key for key, text in say.items() if not text.strip()]


@pytest.mark.parametrize("language", languages())
def test_the_words_hold_no_markup(language: str) -> None:
    assert not [key for key, text in catalogue(language).items() if re.search(r"<\w|&\w+;|\]\(|\*\*", text)]


def test_a_catalogue_names_no_key_twice() -> None:
    for language in languages():
        text = (files("gateviz.i18n") / "locales" / f"{language}.json").read_text(encoding="utf-8")
        pairs: list[tuple[str, str]] = json.loads(text, object_pairs_hook=list)
        assert len({key for key, _ in pairs}) == len(pairs)


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-TW", "zh"), ("ZH", "zh"), ("en-US", "en"), ("xx-XX", "en"), (None, "en"), ("", "en")]
)
def test_a_session_speaks_as_the_browser_asks_and_else_english(locale: str | None, language: str) -> None:
    page = AppTest.from_string(
        "import streamlit as st\nfrom gateviz.app.state.language import translator\nst.text(translator().language)"
    )
    if locale is not None:
        page.context["locale"] = locale
    assert page.run(timeout=120).text[0].value == language
    other = "en" if language == "zh" else "zh"
    page.session_state["language"] = other
    assert page.run().text[0].value == other
    page.session_state["language"] = "tlh"
    assert page.run().text[0].value == language
