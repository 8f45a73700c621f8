"""What goes wrong in a page, a callback or a fragment is one sentence, and the session goes on."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from gateviz.app.components import notices
from gateviz.errors import InputError, PretrainedError, TextError
from gateviz.i18n.translator import languages, load

WORDS = load("en")

PAGE = """
import streamlit as st
from gateviz.app.components import notices
from gateviz.errors import TextError
from gateviz.i18n.translator import load

@notices.guarded
def fail():
    {failure}

def draw():
    st.button("press", key="press", on_click=fail)
    notices.show_failures(load("en"))
    st.caption("the page")

notices.run(draw, key="page_notice")
"""


def pressed(failure: str) -> AppTest:
    page = AppTest.from_string(PAGE.format(failure=failure)).run()
    return page.button[0].click().run()


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [("raise KeyError('line')", WORDS("error.unexpected")), ("1 / 0", WORDS("error.unexpected")),
     ("raise TextError('x', code='error.empty')", WORDS("error.empty")),
     ("raise TextError('A sentence.')", "A sentence.")],
)  # fmt: skip
def test_what_goes_wrong_in_a_callback_is_said_once_and_the_page_is_drawn(failure: str, sentence: str) -> None:
    page = pressed(failure)
    assert not page.exception
    assert [text.value for text in page.text] == [sentence]
    assert page.caption[0].value == "the page"
    page.run()
    assert (len(page.text), page.caption[0].value) == (0, "the page")


def test_a_callback_that_does_its_work_says_nothing() -> None:
    assert not pressed("pass").text


def test_a_callback_keeps_its_name_and_arguments() -> None:
    @notices.guarded
    def callback(one: int, *, other: int = 0) -> None:
        """Its words."""
        told.append(one + other)

    told: list[int] = []
    callback(1, other=2)
    assert told == [3]
    assert (callback.__name__, callback.__doc__) == ("callback", "Its words.")


@pytest.mark.parametrize("wrapper", ["notices.run(draw, key='page_notice')", "notices.fragment(draw)()"])
@pytest.mark.parametrize("failure", ["raise KeyError('line')", "raise TextError('x', code='error.unexpected')"])
def test_a_page_and_a_fragment_that_fail_say_so_at_their_foot(wrapper: str, failure: str) -> None:
    page = AppTest.from_string(f"""
import streamlit as st
from gateviz.app.components import notices
from gateviz.errors import TextError

def draw():
    st.caption("half of it")
    {failure}

{wrapper}
st.caption("what follows")
""").run()
    assert not page.exception
    assert [text.value for text in page.text] == [WORDS("error.unexpected")]
    assert [caption.value for caption in page.caption] == ["half of it", "what follows"]


def test_what_nobody_foresaw_is_in_the_log_with_all_that_is_known(caplog: pytest.LogCaptureFixture) -> None:
    pressed("raise KeyError('line')")
    (record,) = [record for record in caplog.records if record.name == "gateviz.app"]
    assert record.levelno == logging.ERROR
    assert record.exc_info
    assert "KeyError: 'line'" in (record.exc_text or "")


@pytest.mark.parametrize("language", languages())
def test_a_sentence_is_the_catalogues_or_the_errors_own_but_no_path_of_the_server(language: str) -> None:
    say = load(language)
    assert notices.sentence(TextError("x", code="error.too_long", given=3, limit=2), say) == say(
        "error.too_long", given=3, limit=2
    )
    assert notices.sentence(InputError("The library's sentence."), say) == "The library's sentence."
    assert notices.sentence(PretrainedError("/a/secret/path is missing"), say) == say("error.model")
