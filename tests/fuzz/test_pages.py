"""Any text, file and link at the pages: a picture stands, what is wrong is a sentence, and no exception is seen."""

import pytest
from hypothesis import given

from gateviz.app.computed.kept import MEMORY
from gateviz.export.page import html_of
from gateviz.i18n.translator import languages, load
from gateviz.models.view import View
from tests.app.visitor import Visitor
from tests.fuzz.bad_inputs import ANY_TEXT, FILES, LINKS, as_sent
from tests.fuzz.counted import COUNTED, inputs
from tests.page_reader import Reader

UNFORESEEN = {load(language)("error.unexpected") for language in languages()}


def stands(visitor: Visitor, way_in: str) -> None:
    """Count the input, and see that there is a picture and no exception, within the memory."""
    COUNTED.count(way_in, sentence=bool(visitor.notices))
    failed = bool(visitor.at.exception or visitor.at.error or UNFORESEEN & set(visitor.notices))
    COUNTED.exceptions += failed
    COUNTED.most_kept = max(COUNTED.most_kept, MEMORY.taken)
    visitor.assert_no_stack_trace()
    assert not failed
    assert visitor.viewer["text"]
    assert MEMORY.taken <= MEMORY.size
    assert all("\n" not in notice for notice in visitor.notices)


@pytest.mark.parametrize("task", ["hometown", "timemachine", "sentiment", "sunspots", "dates"])
def test_a_text_in_the_box(task: str) -> None:
    visitor = Visitor({"task": task, "cells": "gru"})

    @inputs(6)
    @given(ANY_TEXT)
    def try_text(text: str) -> None:
        stands(visitor.type(as_sent(text)), "text in the box")

    try_text()


def test_an_uploaded_file() -> None:
    visitor = Visitor({"task": "hometown", "cells": "gru"})

    @inputs(25)
    @given(FILES)
    def try_file(data: bytes) -> None:
        stands(visitor.upload(data), "uploaded file")

    try_file()


@inputs(20)
@given(LINKS)
def test_a_link(link: dict[str, str]) -> None:
    visitor = Visitor(link, bare=True)
    stands(visitor, "link")
    again = Visitor(visitor.address, bare=True)
    assert again.viewer_bytes == visitor.viewer_bytes, "what the page makes of it is a link to the same picture"


def test_an_exported_page() -> None:
    def tags(text: str) -> list[tuple[str, list[str]]]:
        read = Reader(html_of(View("hometown", ("gru",), text)))
        return [(tag, sorted(attributes)) for tag, attributes in read.tags]

    usual = tags("I grew up in France.")

    @inputs(3)
    @given(ANY_TEXT.filter(lambda text: text.strip() and text.isprintable()))
    def try_text(text: str) -> None:
        COUNTED.count("text of an exported page")
        found = tags(text)
        COUNTED.markup += found != usual
        assert found == usual

    try_text()
