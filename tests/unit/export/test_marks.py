"""A task's mark shows the trace: forget gates above, the cell state below, in the viewer's colours."""

import struct
import zlib

import numpy as np
import pytest
import torch
from torch import nn

import gateviz
from gateviz.export.marks import MOST_ROWS, MOST_STEPS, Pixels, mark_of, png
from gateviz.figures.palette import DARK, LIGHT


def decode(data: bytes) -> Pixels:
    """The pixels of a PNG of 8 bits a channel, without filters, every checksum checked."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (size,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + body)
        chunks[kind], at = body, at + 12 + size
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, 3)


def test_a_png_has_the_pixels() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    assert np.array_equal(decode(png(pixels)), pixels)


def rgb(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_an_open_gate_is_yellow_and_a_shut_one_blue_above_a_state_on_the_pages_colour(
    colours: gateviz.figures.palette.Palette,
) -> None:
    lstm = nn.LSTM(1, 3)
    shut = gateviz.Clamp("forget_gate", 0.0, steps=range(4))
    held = gateviz.Clamp("forget_gate", 1.0, steps=range(4, 9))
    nothing = gateviz.Clamp("input_gate", 0.0)
    mark = mark_of(gateviz.run_with(lstm, torch.randn(9, 1), [shut, held, nothing]), colours)
    assert mark.shape == (3 + 1 + 3, 9, 3)
    assert mark[:3, :4].tolist() == [[rgb(colours.gate[0])] * 4] * 3
    assert mark[:3, 4:].tolist() == [[rgb(colours.gate[-1])] * 5] * 3
    assert mark[3:].tolist() == [[rgb(colours.state[4])] * 9] * 4


def test_of_many_units_and_steps_some_are_shown_and_a_plain_rnn_has_its_state_alone() -> None:
    steps = torch.randn(MOST_STEPS + 30, 2)
    assert mark_of(gateviz.record(nn.GRU(2, 40), steps), LIGHT).shape == (2 * MOST_ROWS + 1, MOST_STEPS, 3)
    assert mark_of(gateviz.record(nn.RNN(2, 5), steps[:4]), LIGHT).shape == (5, 4, 3)
