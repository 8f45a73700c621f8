"""Links: what a page writes into the address opens the same picture, and a link may hold anything."""

import random
from urllib.parse import parse_qsl, urlencode

import pytest

from gateviz.i18n.translator import languages, load
from gateviz.pretrained.examples import EXAMPLES, OPENINGS
from gateviz.results.trace import CELLS
from tests.app.visitor import Page, Visitor

EXAMPLE = EXAMPLES["timemachine"]

WORDS = load("en")
LINK_NOTICE = WORDS("notice.link")


def test_a_page_writes_what_it_shows_into_the_address() -> None:
    visitor = Visitor().type("He said so.").choose("cells", ["gru", "rnn"])
    assert visitor.address == {
        "task": "timemachine", "cells": "rnn,gru", "text": "He said so.", "layer": "0", "direction": "forward",
        "lang": "en",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["He said so.", "a&b=c#d?e+f %20", "时间 🦊", " blanks ", "<script>alert(1)</script>"])
def test_a_link_reopens_the_same_picture(text: str) -> None:
    first = Visitor().choose("cells", ["lstm"]).type(text)
    link = urlencode(first.address)  # as the browser's address bar holds it
    second = Visitor(dict(parse_qsl(link)))
    second.assert_no_stack_trace()
    assert second.sentence == text
    assert second.viewer_bytes == first.viewer_bytes
    assert second.figures == first.figures
    assert second.address == first.address


def test_step_and_unit_are_the_browsers_and_stay_in_the_address() -> None:
    visitor = Visitor({"text": "He said so.", "step": "3", "unit": "7"})
    assert (visitor.address["step"], visitor.address["unit"]) == ("3", "7")
    visitor.choose("cells", ["gru"])
    assert (visitor.address["step"], visitor.address["unit"]) == ("3", "7")


def test_another_sentence_begins_at_its_beginning_and_looks_the_same() -> None:
    looks = {"unit": "7", "diagram": "unit", "rows": "half_life", "colour": "lstm:forget_gate", "lecture": "1"}
    visitor = Visitor({"text": "He said so.", "step": "3", **looks}).type("Not a word.")
    assert visitor.notices == []
    assert "step" not in visitor.address
    assert visitor.address.items() >= looks.items()


HELD = "lstm.forget_gate@3-:0,gru.update_gate.7@2:0.5,lstm.cell_state@1-4:other"


def test_what_is_held_is_the_browsers_and_stays_in_the_address() -> None:
    link = {"text": "He said so.", "hold": HELD, "other": "She said no."}
    visitor = Visitor(link)
    assert visitor.notices == []
    assert visitor.address.items() >= link.items()
    visitor.choose("cells", ["rnn"])
    assert visitor.address.items() >= link.items(), "the architectures that are hidden keep their holds"


def test_another_sentence_keeps_the_holds_whose_steps_it_has() -> None:
    visitor = Visitor(
        {"text": "He said so.", "hold": f"{HELD},lstm.input_gate@9:1,lstm.input_gate@2-9:1", "other": "Yes."}
    )
    visitor.type("He said.")
    assert visitor.notices == []
    assert (visitor.address["hold"], visitor.address["other"]) == (HELD, "Yes.")
    visitor.type("He")
    assert visitor.notices == []
    assert "hold" not in visitor.address
    assert visitor.address["other"] == "Yes."


def test_another_task_keeps_the_holds_that_its_models_have() -> None:
    visitor = Visitor({"text": "He said so.", "hold": "lstm.forget_gate.200@3-:0,gru.update_gate:1", "other": "Yes."})
    visitor.at.selectbox(key="task").set_value("sunspots").run()
    visitor.assert_no_stack_trace()
    assert visitor.address["hold"] == "gru.update_gate:1"
    assert "other" not in visitor.address, "it is no list of numbers"


NEAREST = {
    "lstm.forget_gate@3-:7": "lstm.forget_gate@3-:1",
    "lstm.forget_gate@3-99:0": "lstm.forget_gate@3-10:0",
    "lstm.forget_gate@99-:0,gru.reset_gate:1": "gru.reset_gate:1",
    "lstm.forget_gate.999:0": None,
    "lstm.1.forget_gate:0": None,
    "lstm.reverse.forget_gate:0": None,
    "lstm.update_gate:0": None,
    "lstm.cell_state:other": None,
    "</script>": None,
    "x" * 30_000: None,
    "lstm.forget_gate@3-:0," * 200: "lstm.forget_gate@3-:0" + ",lstm.forget_gate@3-:0" * 31,
}
"""What a link says is held -> what is."""


@pytest.mark.parametrize("held", NEAREST, ids=lambda held: held[:30])
def test_of_what_a_link_says_is_held_the_nearest_is_taken_and_it_is_said(held: str) -> None:
    visitor = Visitor({"text": "He said so.", "hold": held})
    visitor.assert_no_stack_trace()
    assert visitor.notices == [LINK_NOTICE]
    assert visitor.address.get("hold") == NEAREST[held]


@pytest.mark.parametrize("other", ["", " ", "x" * 2001, "a\0b"])
def test_a_sentence_to_compare_with_that_cannot_be_read_is_left_out(other: str) -> None:
    visitor = Visitor({"text": "He said so.", "hold": "lstm.cell_state:other,gru.reset_gate:1", "other": other})
    assert visitor.notices == [LINK_NOTICE]
    assert visitor.address.get("hold") == "gru.reset_gate:1"
    assert "other" not in visitor.address


HOSTILE = {
    "a task that is not there": {"task": "nowhere"},
    "a path for a task": {"task": "../../etc/passwd"},
    "cells that are none": {"cells": "mlp,<b>"},
    "a layer that is no number": {"layer": "one"},
    "a layer in digits of another script": {"layer": "٣"},
    "a layer below zero": {"layer": "-1"},
    "a layer of a thousand digits": {"layer": "9" * 1000},
    "a direction that is none": {"direction": "sideways"},
    "a language that is none": {"lang": "../en"},
    "blanks everywhere": dict.fromkeys(("task", "cells", "layer", "direction", "lang"), " "),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_stale_or_hostile_link_shows_the_nearest_picture_and_says_so(name: str) -> None:
    visitor = Visitor({"text": "He said so.", **HOSTILE[name]})
    visitor.assert_no_stack_trace()
    assert visitor.notices == [LINK_NOTICE]
    assert (visitor.viewer["text"], tuple(visitor.viewer["cells"])) == ("He said so.", CELLS)
    assert visitor.address["task"] == ("hometown" if "task" in HOSTILE[name] else "timemachine")
    assert visitor.address["layer"] == "0"


def test_the_notice_of_a_link_goes_with_the_next_sentence() -> None:
    visitor = Visitor({"task": "nowhere"})
    assert visitor.notices == [LINK_NOTICE]
    assert visitor.type("He said so.").notices == []


STALE = {
    "a layer of another model": ({"layer": "7"}, {}),
    "a direction of another model": ({"direction": "reverse"}, {}),
    "a step of a longer sentence": ({"step": "11", "unit": "5"}, {"step": "10", "unit": "5"}),
    "a step that is no number": ({"step": "<b>"}, {}),
    "a step before the first": ({"step": "-1"}, {}),
    "an empty step": ({"step": ""}, {}),
    "a unit of a larger model": ({"unit": "256", "step": "3"}, {"step": "3"}),
    "a unit in another notation": ({"unit": "1e1"}, {}),
    "an architecture of another model": ({"cells": "rnn,mlp"}, {"cells": "rnn"}),
    "a diagram of nothing": ({"diagram": "<b>"}, {}),
    "an order that is none": ({"rows": "beauty", "step": "2"}, {"step": "2"}),
    "a colour that is no signal": ({"colour": "red"}, {}),
    "a colour of a signal that another cell has": ({"colour": "gru:forget_gate"}, {}),
}


@pytest.mark.parametrize("name", STALE)
def test_what_this_picture_does_not_have_gives_way_to_the_nearest_with_one_sentence(name: str) -> None:
    link, nearest = STALE[name]
    visitor = Visitor({"text": "He said so.", **link})
    visitor.assert_no_stack_trace()
    assert visitor.notices == [LINK_NOTICE]
    assert visitor.viewer["text"] == "He said so."
    usual = {"task": "timemachine", "cells": "rnn,lstm,gru", "text": "He said so.", "layer": "0",
             "direction": "forward", "lang": "en"}  # fmt: skip
    assert visitor.address == {**usual, **nearest}
    assert visitor.type("He said it.").notices == []


@pytest.mark.parametrize("link", [{"step": "10", "unit": "255"}, {"step": "0", "unit": "0"}, {"size": "huge"}])
def test_nothing_is_said_of_a_link_that_could_be_shown(link: dict[str, str]) -> None:
    visitor = Visitor({"text": "He said so.", **link})
    assert visitor.notices == []
    assert {name: visitor.address[name] for name in link if name != "size"} == {
        name: value for name, value in link.items() if name != "size"
    }


def test_what_changes_on_the_page_later_is_no_fault_of_the_link() -> None:
    visitor = Visitor({"text": "He said so.", "step": "10", "unit": "5"})
    visitor.at.query_params["step"] = "9999"  # the browser's own, and perhaps late
    visitor.choose("cells", ["gru"])
    assert visitor.notices == []


def test_any_link_at_all_shows_a_picture_and_at_most_one_sentence() -> None:
    draw = random.Random(7)  # noqa: S311
    scraps = ["", " ", "0", "1", "-1", "007", "1e3", "٣", "9" * 40, "None", "../..", "<img src=x onerror=alert(1)>",
              "lstm", "gru,rnn", ",,,", "forward", "reverse", "timemachine", "zh", "tlh", "%00", "a\0b", "🦊" * 9,
              "{words}", "\u202eabc", "x" * 2001, "'; DROP TABLE"]  # fmt: skip
    names = ["task", "cells", "text", "layer", "direction", "unit", "step", "lang", "hold", "other", "__proto__"]
    for _ in range(30):
        link = {name: draw.choice(scraps) for name in draw.sample(names, draw.randint(1, len(names)))}
        visitor = Visitor(link)
        visitor.assert_no_stack_trace()
        unknown = any(not token["known"] for token in visitor.viewer["tokens"])
        assert len(visitor.notices) <= 1 + unknown, link
        shown, steps = visitor.address, len(visitor.viewer["tokens"])
        assert (shown["layer"], shown["direction"]) == ("0", "forward")
        assert shown["task"] in (
            ["timemachine"] if link.get("task", "timemachine") == "timemachine" else OPENINGS.values()
        )
        assert shown["text"] == visitor.viewer["text"]
        assert set(shown["cells"].split(",")) <= set(CELLS)
        assert int(shown.get("step", 0)) < steps
        assert int(shown.get("unit", 0)) < (256 if shown["task"] == "timemachine" else 32)


@pytest.mark.parametrize("text", ["", " ", "x" * 2001, "x" * 20_000, "a\0b"])
def test_a_link_with_a_sentence_that_cannot_be_run_shows_the_example_and_one_sentence(text: str) -> None:
    visitor = Visitor({"text": text, "cells": "gru"})
    visitor.assert_no_stack_trace()
    assert visitor.viewer["text"] == EXAMPLE
    assert visitor.viewer["cells"] == ["gru"]
    assert len(visitor.notices) == 1


def test_the_cells_of_a_link_that_are_known_are_taken() -> None:
    visitor = Visitor({"cells": "gru,mlp,rnn"})
    assert visitor.viewer["cells"] == ["rnn", "gru"]
    assert visitor.notices == [LINK_NOTICE]


def test_a_link_opened_in_a_running_session_is_taken_over() -> None:
    visitor = Visitor().type("He said so.")
    visitor.at.query_params.update({"text": "Not a word.", "cells": "lstm"})
    visitor.at.run()
    assert (visitor.sentence, visitor.viewer["text"], visitor.viewer["cells"]) == (
        "Not a word.",
        "Not a word.",
        ["lstm"],
    )


def test_the_address_is_the_same_on_both_pages() -> None:
    visitor = Visitor().type("He said so.").choose("cells", ["gru"])
    before = visitor.address
    assert visitor.go_to("gradients").address == before


@pytest.mark.parametrize("page", ["step_through", "gradients"])
def test_switching_pages_keeps_sentence_and_architectures(page: Page) -> None:
    visitor = Visitor().type("He said so.").choose("cells", ["gru"])
    visitor.go_to("gradients" if page == "step_through" else "step_through").go_to(page)
    visitor.assert_no_stack_trace()
    assert (visitor.sentence, visitor.notices) == ("He said so.", [])
    assert visitor.at.segmented_control(key="cells").value == ["gru"]
    shown = visitor.strips["networks"] if page == "gradients" else visitor.figures
    assert len(shown) == 1


def test_a_sentence_that_cannot_be_run_comes_along_with_its_notice_and_the_last_picture() -> None:
    visitor = Visitor().type("He said so.").type("x" * 2001).go_to("gradients")
    assert visitor.sentence == "x" * 2001
    assert visitor.notices == [WORDS("error.too_long", given=2001, limit=2000)]
    assert [token["text"] for token in visitor.strips["tokens"]] == list("He said so.")


@pytest.mark.parametrize("language", languages())
def test_the_language_is_switched_in_place_and_stands_in_the_link(language: str) -> None:
    say = load(language)
    visitor = Visitor().type("He said so.").choose("language", language)
    visitor.assert_no_stack_trace()
    assert visitor.at.text_input(key="sentence").label == say("control.sentence")
    assert (visitor.sentence, visitor.viewer["text"]) == ("He said so.", "He said so.")
    assert visitor.address["lang"] == language
    again = Visitor(visitor.address)
    assert again.at.text_input(key="sentence").label == say("control.sentence")
    assert again.type("").notices == [say("error.empty")]


@pytest.mark.parametrize("locale", ["zh-CN", "en-US", "tlh"])
def test_a_page_opens_in_the_language_of_the_browser_where_there_is_a_catalogue(locale: str) -> None:
    language = locale[:2] if locale[:2] in languages() else "en"
    visitor = Visitor(locale=locale)
    assert visitor.at.text_input(key="sentence").label == load(language)("control.sentence")
