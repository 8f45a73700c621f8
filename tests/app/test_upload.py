"""A file of sentences: one a line, in the encodings that files really have, or one sentence on what is wrong."""

import codecs

import pytest

from gateviz.app.components.controls import UPLOAD_MEGABYTES
from gateviz.i18n.translator import load
from gateviz.pretrained.examples import EXAMPLES
from tests.app.visitor import Page, Visitor

EXAMPLE = EXAMPLES["timemachine"]

WORDS = load("en")
LINES = ["He said so.", "Not a word.", "时间旅行者"]
TEXT = "\r\n".join(["", LINES[0], "   ", f"  {LINES[1]}\t", LINES[2], ""])

ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with a mark": TEXT.encode("utf-8-sig"),
    "gb18030": TEXT.encode("gb18030"),
    "utf-16 with a mark": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "old Mac line ends": TEXT.replace("\r\n", "\r").encode(),
}
UNREADABLE = {
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\xff\xfe", WORDS("error.undecodable")),
    "a Word file": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4\xd2l", WORDS("error.undecodable")),
    "Latin-1": ("Überhaupt möglich, süße Grüße".encode("latin-1"), WORDS("error.undecodable")),
    "no lines": (b"\n \r\n\t\n", WORDS("error.empty")),
    "nothing": (b"", WORDS("error.empty")),
    "501 lines": (b"a line\n" * 501, WORDS("error.too_many_lines", given=501, limit=500)),
}


@pytest.mark.parametrize("page", ["step_through", "gradients"])
@pytest.mark.parametrize("name", ENCODED)
def test_the_first_line_is_run_at_once_and_the_others_can_be_chosen(name: str, page: Page) -> None:
    visitor = Visitor().go_to(page).upload(ENCODED[name])
    visitor.assert_no_stack_trace()
    assert visitor.at.selectbox(key="line").options == LINES
    assert (visitor.sentence, visitor.address["text"]) == (LINES[0], LINES[0])
    visitor.at.selectbox(key="line").set_value(LINES[2]).run()
    visitor.assert_no_stack_trace()
    assert (visitor.sentence, visitor.address["text"]) == (LINES[2], LINES[2])


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_gets_one_sentence_and_the_page_stays(name: str) -> None:
    data, sentence = UNREADABLE[name]
    visitor = Visitor()
    before = (visitor.viewer_bytes, visitor.figures, visitor.address)
    visitor.upload(data)
    visitor.assert_no_stack_trace()
    assert visitor.notices == [sentence]
    assert (visitor.viewer_bytes, visitor.figures, visitor.address) == before
    assert visitor.sentence == EXAMPLE
    assert [box.key for box in visitor.at.selectbox] == ["task"]


def test_a_line_that_cannot_be_run_gets_the_sentence_that_typing_it_would() -> None:
    visitor = Visitor().upload(("x" * 2001 + "\nHe said so.").encode())
    assert visitor.notices == [WORDS("error.too_long", given=2001, limit=2000)]
    assert visitor.viewer["text"] == EXAMPLE
    visitor.at.selectbox(key="line").set_value("He said so.").run()
    assert visitor.notices == []
    assert visitor.viewer["text"] == "He said so."


def test_a_second_file_takes_the_place_of_the_first() -> None:
    visitor = Visitor().upload(b"one\ntwo").upload(b"three\nfour")
    assert visitor.at.selectbox(key="line").options == ["three", "four"]
    assert visitor.sentence == "three"


def test_after_a_file_any_other_sentence_can_be_typed() -> None:
    visitor = Visitor().upload(b"one\ntwo").type("He said so.")
    assert (visitor.viewer["text"], visitor.notices) == ("He said so.", [])


def test_taking_the_file_away_leaves_the_picture() -> None:
    visitor = Visitor().upload(b"one\ntwo")
    visitor.at.file_uploader(key="upload").set_value(None)
    visitor.at.run()
    visitor.assert_no_stack_trace()
    assert [box.key for box in visitor.at.selectbox] == ["task"]
    assert visitor.viewer["text"] == "one"


def test_the_browser_is_told_of_one_kind_of_file_and_its_largest_size() -> None:
    uploader = Visitor().at.file_uploader(key="upload")
    assert uploader.allowed_type == [".txt"]
    assert uploader.proto.max_upload_size_mb == UPLOAD_MEGABYTES


@pytest.mark.parametrize("page", ["step_through", "gradients"])
def test_a_line_of_an_older_file_that_the_browser_still_sends_changes_nothing(page: Page) -> None:
    visitor = Visitor().go_to(page).upload(b"one\ntwo")
    visitor.at.selectbox(key="line").set_value("two").run()
    old = [state for state in visitor.at._tree.get_widget_states().widgets if state.id.endswith("-line")]
    visitor.at.file_uploader(key="upload").set_value(None)
    visitor.at.run()
    for data, first in ((b"three\nfour", "three"), (b"", "three"), (b"five\nsix", "five")):
        visitor.at.file_uploader(key="upload").set_value(("sentences.txt", data, "text/plain"))
        states = visitor.at._tree.get_widget_states()
        states.widgets.extend(old)
        visitor.at._run(states)
        visitor.assert_no_stack_trace()
        assert visitor.sentence == first
        assert visitor.notices == ([] if data else [WORDS("error.empty")])
