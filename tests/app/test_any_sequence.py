"""Whatever a visitor does, in whatever order: a picture stands, and Streamlit's own error page is never seen."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from gateviz.app.computed import lesson_cards
from gateviz.app.state import available
from gateviz.i18n.translator import languages, load
from tests.app.visitor import Visitor

WORDS = load("en")
UNFORESEEN = {load(language)("error.unexpected") for language in languages()}
ACTIONS = 40

TEXTS = ["He said so.", "Not a word.", "T", "", " ", "时间旅行者", "3 of May 2020", "0.5 0.1 3", "love it ❤️", "a\0b",
         "<b>", "x" * 2001]  # fmt: skip
FILES = [b"", b"one", b"one\ntwo", b"three\nfour", b"\n".join(b"line %d" % number for number in range(40)),
         b"x\n" * 501, b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "时间\n旅行者".encode("gb18030")]  # fmt: skip
VALUES: list[Any] = [None, "", "x", -1, 0, 3, 10**12, 2.5, True, [], {}, {"card": "4.2"}, {"card": ["4.2"]},
                     "</script>"]  # fmt: skip
CONTROLS: dict[str, list[Any]] = {
    "cells": ["rnn", "lstm", "gru"],
    "gradient_view": ["one_step", "every_step", "jacobians", "paths"],
    "language": list(languages()),
    "norms": ["absolute", "relative"],
    "direction": ["forward", "reverse"],
    "layer": [0, 1],
}
SCRAPS: dict[str, list[str]] = {
    "task": ["nowhere", "", "sentiment", "dates"],
    "cells": ["", "gru", "lstm,mlp", ",,"],
    "text": TEXTS,
    "layer": ["0", "1", "9", "x"],
    "direction": ["forward", "reverse", "up"],
    "lang": ["en", "zh", "tlh"],
    "trained": ["0", "17", "999999", "-"],
    "lesson": ["3.1", "4.4", "8.2", "99.9"],
    "step": ["0", "5", "9999", "<b>"],
    "unit": ["0", "7", "9999"],
}


PAGES = {
    "viewer": "step_through",
    "saliency": "gradients",
    "lab": "gradients",
    "clipping": "gradients",
    "hood": "under_the_hood",
    "film_view": "train",
}
"""The component of a page, or of a part of it -> the page."""


class Restless(Visitor):
    """A visitor who does anything that the page offers, and a browser that is late and sends nonsense."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.draw = random.Random(seed)  # noqa: S311
        self.page = "step_through"
        self.done: list[str] = []
        self.addresses = [self.address]
        self.states = [self.at._tree.get_widget_states()]

    def act(self) -> None:
        actions: list[Callable[[], str]] = [
            self.types, self.types, self.chooses_a_task, self.sets_a_control, self.sets_a_control, self.slides,
            self.uploads, self.uploads, self.takes_the_file_away, self.chooses_a_line, self.turns_the_page,
            self.goes_back, self.opens_a_link, self.asks_for_a_card, self.clicks_a_token, self.opens_the_dialog,
            self.says_nonsense, self.sends_what_is_old, self.meets_a_server_that_started_anew,
        ]  # fmt: skip
        action = self.draw.choice(actions)
        self.done.append(f"{action.__name__} ")
        self.done[-1] += action()
        self.addresses.append(self.address)
        self.states = [*self.states[-5:], self.at._tree.get_widget_states()]

    def types(self) -> str:
        text = self.draw.choice(TEXTS)
        self.type(text)
        return repr(text[:20])

    def chooses_a_task(self) -> str:
        task = self.draw.choice(list(available.models()))
        self.at.selectbox(key="task").set_value(task).run()
        return task

    def sets_a_control(self) -> str:
        control = self.draw.choice(
            [one for one in self.at.segmented_control if one.key != "part"]
        )  # the others have no text
        several = control.key == "cells"
        values = CONTROLS[str(control.key)][: len(control.options)]
        value = self.draw.sample(values, self.draw.randint(0, len(values))) if several else self.draw.choice(values)
        control.set_value(value).run()
        return f"{control.key} {value}"

    def slides(self) -> str:
        sliders = list(self.at.select_slider)
        if not sliders:
            return "nothing"
        slider: Any = self.draw.choice(sliders)
        slider.set_value(int(self.draw.choice(slider.options).replace(",", ""))).run()
        return f"{slider.key} {slider.value}"

    def uploads(self) -> str:
        data = self.draw.choice(FILES)
        self.upload(data)
        return repr(data[:20])

    def takes_the_file_away(self) -> str:
        self.at.file_uploader(key="upload").set_value(None)
        self.at.run()
        return ""

    def chooses_a_line(self) -> str:
        for box in self.at.selectbox:
            if box.key == "line":
                box.set_value(self.draw.choice(box.options)).run()
                return str(box.value)
        return "of no file"

    def turns_the_page(self) -> str:
        self.page = "gradients" if self.page == "step_through" else "step_through"
        self.go_to(self.page)  # type: ignore[arg-type]
        return self.page

    def goes_back(self) -> str:
        self._open(self.draw.choice(self.addresses))
        return str(self.address)

    def opens_a_link(self) -> str:
        names = self.draw.sample(list(SCRAPS), self.draw.randint(1, 4))
        self._open({name: self.draw.choice(SCRAPS[name]) for name in names})
        return str(self.address)

    def _open(self, link: dict[str, Any]) -> None:
        self.at.query_params.clear()
        self.at.query_params.update(link)
        self.at.run()

    def asks_for_a_card(self) -> str:
        card = self.draw.choice(["", "99.9", *(card.id for card in lesson_cards.offered())])
        self.trigger("lesson_panel", "go", {"card": card, "step": 4, "unit": 9})
        return card

    def clicks_a_token(self) -> str:
        if self.page != "gradients":
            return "nowhere"
        step = self.draw.choice([0, 3, -5, 10**9])
        self.trigger("saliency", "loss_step", step)
        return str(step)

    def opens_the_dialog(self) -> str:
        self.at.session_state["take_away"] = True
        self.at.session_state["take_away_link"] = {"link": "http://a/", "view": self.draw.choice(VALUES)}
        self.at.run()
        return ""

    def says_nonsense(self) -> str:
        key, event = self.draw.choice(
            [("lesson_panel", "go"), ("saliency", "loss_step") if self.page == "gradients" else ("viewer", "step")]
        )
        value = self.draw.choice(VALUES)
        self.trigger(key, event, value)
        return f"{key} {value}"

    def sends_what_is_old(self) -> str:
        self.at._run(self.draw.choice(self.states))
        return ""

    def meets_a_server_that_started_anew(self) -> str:
        self.at.text_input(key="sentence").set_value(self.draw.choice(TEXTS))
        self.at = self.act_after_a_restart(page=self.page).at  # type: ignore[arg-type]
        return ""

    def check(self) -> None:
        """Wherever the session is now."""
        where = "\n".join(self.done)
        assert not self.at.exception, f"{where}\n{self.at.exception}"
        assert not self.at.error, where
        assert not UNFORESEEN & set(self.notices), where
        shown = next(key for key in PAGES if key in {node.key for node in self.at.get("bidi_component")})
        self.page = PAGES[shown]  # a card may have turned it
        if shown == "viewer":
            assert self.viewer["text"] == self.address["text"], where
            name = self.viewer["numbers"][:16]
            keys = {str(chart.key) for chart in self.at.get("plotly_chart")}
            assert keys == {f"maps_{cell}_{name}" for cell in self.viewer["cells"]}, where
        elif shown == "saliency":
            assert self.strips["networks"], where
        elif shown == "hood":
            assert self.hood["text"] == self.address["text"], where
        else:  # what has no sentence
            self.page = "step_through"
            self.go_to("step_through")


@pytest.mark.parametrize("seed", range(4))
def test_after_any_sequence_of_events_a_picture_stands(seed: int) -> None:
    visitor = Restless(seed)
    for _ in range(ACTIONS):
        visitor.act()
        visitor.check()
