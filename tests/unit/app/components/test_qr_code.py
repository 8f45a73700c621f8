"""A QR code is read back by a reader that shares no code with its writer."""

import re

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from gateviz.app.components.qr_code import MOST_BYTES, Code, code_of

LINKS = [
    "http://192.168.1.7:8501/?task=timemachine&cells=rnn%2Clstm&text=He+said+so.&step=3",
    "https://a.example/?text=%E6%98%A5%E7%9C%A0%E4%B8%8D%E8%A7%89%E6%99%93",
    "http://a/?text=春眠不觉晓",
    "x",
    "http://a/?text=" + "z" * (MOST_BYTES - 15),
]


def drawn(code: Code, pixels: int = 4) -> NDArray[np.uint8]:
    """The path as grey pixels with four modules of quiet around, by an artist who knows rectangles only."""
    picture = np.full((code.modules + 8, code.modules + 8), 255, dtype=np.uint8)
    rectangles = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code.path)
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w, _ in rectangles) == code.path, "and nothing besides"
    for x, y, width, back in rectangles:
        assert width == back
        picture[int(y) + 4, int(x) + 4 : int(x) + 4 + int(width)] = 0
    return picture.repeat(pixels, axis=0).repeat(pixels, axis=1)


@pytest.mark.parametrize("link", LINKS)
def test_a_code_says_the_link(link: str) -> None:
    code = code_of(link)
    assert code is not None
    (read,) = zxingcpp.read_barcodes(drawn(code))
    assert read.bytes.decode("utf-8") == link


@pytest.mark.parametrize("link", ["", "http://a/?text=" + "z" * (MOST_BYTES - 14), "长" * (MOST_BYTES // 3 + 1)])
def test_what_no_camera_could_read_has_no_code(link: str) -> None:
    assert code_of(link) is None
