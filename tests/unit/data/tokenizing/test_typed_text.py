"""The rules for typed and uploaded texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateviz.data.tokenizing.typed_text import (
    MAX_CHARACTERS,
    MAX_SENTENCES,
    check_sentence,
    decode_upload,
    sentences_of,
)
from gateviz.errors import TextError

WINDOWS_LATIN = "cp1252"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=MAX_CHARACTERS).filter(str.strip))
def test_any_printable_text_passes_and_comes_back_unchanged(text: str) -> None:
    assert check_sentence(text) == text


@pytest.mark.parametrize("text", ["", " ", "\u3000 \u00a0", "\n"])
def test_a_text_of_blanks_is_empty(text: str) -> None:
    with pytest.raises(TextError, match="empty") as raised:
        check_sentence(text)
    assert raised.value.code == "error.empty"


def test_the_longest_text_passes_and_one_more_character_does_not() -> None:
    check_sentence("a" * MAX_CHARACTERS)
    with pytest.raises(TextError, match="20000 characters: at most 2000") as raised:
        check_sentence("a" * 20_000)
    assert (raised.value.code, raised.value.values) == ("error.too_long", {"given": 20_000, "limit": MAX_CHARACTERS})


def test_length_counts_code_points_so_that_an_emoji_outside_the_basic_plane_is_one() -> None:
    assert check_sentence("🕰" * 10, limit=10)


def test_the_first_control_character_is_named_with_its_place() -> None:
    with pytest.raises(TextError, match=r"character 3 is the control character U\+0007") as raised:
        check_sentence("ab\x07c\x00")
    assert (raised.value.code, raised.value.values) == ("error.control_character", {"name": "U+0007", "position": 3})


@pytest.mark.parametrize(("text", "name"), [("a\tb", "U+0009"), ("a\x85", "U+0085"), ("\ud83d", "U+D83D")])
def test_tabs_c1_controls_and_half_a_surrogate_pair_are_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(TextError) as raised:
        check_sentence(text)
    assert raised.value.values["name"] == name


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "utf-32"]
)
def test_a_chinese_and_english_text_is_read_in_every_encoding_that_is_promised(encoding: str) -> None:
    text = "时间旅行者说：the machine 机器。\r\n第二行"
    marks = {"utf-16-le-bom": b"\xff\xfe", "utf-16-be-bom": b"\xfe\xff"}
    mark = marks.get(encoding, b"")
    assert decode_upload(mark + text.encode(encoding.removesuffix("-bom"))) == text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", id="an image"),
        pytest.param(b"plain\x00text", id="NUL"),
        pytest.param(b"\xff\xfeh", id="half a UTF-16 unit"),
        pytest.param(b"\xff\xfe\x00\xd8\x00\xd8", id="two high surrogates"),
        pytest.param(b"\x80\xff\x80\xff", id="no encoding"),
        pytest.param(b"\xc4\xe3\x07\xba\xc3", id="GB18030 with a bell"),
        pytest.param("naïve für Ärger".encode(WINDOWS_LATIN), id="Latin-1, which GB18030 reads as rare characters"),
        pytest.param("Übergröße".encode(WINDOWS_LATIN), id="two accented letters together"),
        pytest.param("don’t say".encode(WINDOWS_LATIN), id="a Windows apostrophe"),
    ],
)
def test_what_is_no_text_in_those_encodings_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(TextError, match="save it as UTF-8") as raised:
        decode_upload(data)
    assert raised.value.code == "error.undecodable"


def test_traditional_chinese_in_gb18030_is_not_taken_for_misread_latin() -> None:
    text = "漢字書寫體系，時間機器與機關。"
    assert decode_upload(text.encode("gb18030")) == text


def test_sentences_are_the_lines_that_are_not_blank_whatever_ends_them() -> None:
    assert sentences_of("one\r\n\r\n  two \rthree\n\n") == ("one", "two", "three")


def test_only_line_ends_separate_sentences_so_that_no_other_character_vanishes() -> None:
    assert sentences_of("a\u2028b\x0bc") == ("a\u2028b\x0bc",)


@pytest.mark.parametrize("text", ["", "\n \n\t\r\n"])
def test_a_file_without_sentences_is_empty(text: str) -> None:
    with pytest.raises(TextError) as raised:
        sentences_of(text)
    assert raised.value.code == "error.empty"


def test_more_sentences_than_can_be_chosen_from_are_refused_rather_than_cut() -> None:
    assert len(sentences_of("line\n" * MAX_SENTENCES)) == MAX_SENTENCES
    with pytest.raises(TextError) as raised:
        sentences_of("line\n" * (MAX_SENTENCES + 1))
    assert (raised.value.code, raised.value.values["limit"]) == ("error.too_many_lines", MAX_SENTENCES)
