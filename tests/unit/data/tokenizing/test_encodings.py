"""Files of no stated encoding: read as what they are, or refused in a sentence, and never read as nonsense."""

import pytest

from gateviz.data.tokenizing.encodings import decode_upload
from gateviz.errors import TextError
from gateviz.pretrained.examples import EXAMPLES

WINDOWS_LATIN = "cp1252"
DREAM = "此開卷第一回也。作者自云：因曾歷過一番夢幻之後，故將真事隱去，而借「通靈」之說，撰此《石頭記》一書也。"
CAT = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"
MOUNTAIN = "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。"


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


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(DREAM, "big5", id="Big5"),
        pytest.param(f"Chapter 1\r\n\r\n{DREAM}", "cp950", id="Big5 after English"),
        pytest.param(DREAM, "gb18030", id="traditional Chinese in GB18030"),
        pytest.param(CAT, "shift_jis", id="Shift-JIS"),
        pytest.param("ニューラルネットワークの入門", "cp932", id="Shift-JIS, mostly katakana"),
        pytest.param(MOUNTAIN, "gbk", id="GBK"),
        pytest.param("你好", "gb2312", id="two characters of GB2312"),
        pytest.param("a" * 5000 + MOUNTAIN, "gb18030", id="GB18030 after five thousand letters"),
    ],
)
def test_it_is_found_out_by_how_common_the_characters_are(text: str, encoding: str) -> None:
    assert decode_upload(text.encode(encoding)) == text


@pytest.mark.parametrize("task", [task for task, text in EXAMPLES.items() if not text.isascii()])
def test_every_chinese_sentence_that_ships_is_read_from_gb18030(task: str) -> None:
    assert decode_upload(EXAMPLES[task].encode("gb18030")) == EXAMPLES[task]


def test_where_two_encodings_are_as_likely_the_sentence_names_them() -> None:
    with pytest.raises(TextError, match="save it as UTF-8") as raised:
        decode_upload("镍".encode("gbk"))
    assert raised.value.code == "error.unclear_encoding"
    assert set(raised.value.values.values()) == {"Big5", "GB18030"}
