"""One set of colours, in the palettes, in Streamlit's settings and in the placeholders, and all of them legible."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit.elements.lib import streamlit_plotly_theme as theirs

from gateviz.figures.palette import DARK, LIGHT, THEMED, Palette, colorscale
from gateviz.results.trace import CELLS

THEMES = {"light": LIGHT, "dark": DARK}
CIVIDIS_ENDS = ((0, 34, 78), (254, 232, 56))  # of matplotlib's, in eight bits


def settings() -> dict[str, Any]:
    path = Path(__file__).parents[3] / ".streamlit" / "config.toml"
    theme: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["theme"]
    return theme


def channels(colour: str) -> tuple[int, int, int]:
    assert len(colour) == 7, colour
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_measured_here_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_streamlits_settings_hold_the_same_colours(theme: str) -> None:
    config, palette = settings(), THEMES[theme]
    assert tuple(config["chartSequentialColors"]) == palette.gate
    assert tuple(config[theme]["chartDivergingColors"][:9]) == palette.state
    assert config[theme]["chartCategoricalColors"][:3] == [palette.cell[cell] for cell in CELLS]


@pytest.mark.parametrize("theme", THEMES)
def test_streamlit_gets_exactly_ten_colours_of_each_kind_or_it_would_drop_them(theme: str) -> None:
    config = settings()
    assert len(config["chartSequentialColors"]) == 10
    assert len(config[theme]["chartCategoricalColors"]) == len(config[theme]["chartDivergingColors"]) == 10


@pytest.mark.parametrize("theme", THEMES)
def test_the_gate_scale_is_cividis_and_grows_lighter_all_the_way(theme: str) -> None:
    stops = THEMES[theme].gate
    assert (channels(stops[0]), channels(stops[-1])) == CIVIDIS_ENDS
    lights = [luminance(stop) for stop in stops]
    assert lights == sorted(set(lights))


@pytest.mark.parametrize("theme", THEMES)
def test_the_state_scale_leaves_the_page_evenly_to_both_sides(theme: str) -> None:
    stops, page = THEMES[theme].state, settings()[theme]["backgroundColor"]
    assert stops[len(stops) // 2] == page
    away = [contrast(stop, page) for stop in stops]
    assert away[:5] == sorted(away[:5], reverse=True)
    assert away[4:] == sorted(away[4:])


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_text_stand_out_from_the_page(theme: str) -> None:
    config, palette = settings()[theme], THEMES[theme]
    for cell in CELLS:
        assert contrast(palette.cell[cell], config["backgroundColor"]) >= 3, cell
    for surface in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(palette.text, config[surface]) >= 4.5
        assert contrast(config["textColor"], config[surface]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_three_architectures_differ_for_eyes_that_lack_a_cone(theme: str) -> None:
    """By the matrices of Machado et al. 2009 for full severity, on sRGB as it stands: 30 of 441 between any two."""
    for matrix in (
        ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),  # protan
        ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),  # deutan
    ):
        seen = [
            [sum(weight * value for weight, value in zip(row, channels(THEMES[theme].cell[cell]), strict=True))
             for row in matrix]
            for cell in CELLS
        ]  # fmt: skip
        for one, other in ((0, 1), (0, 2), (1, 2)):
            assert sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5 > 30


def test_the_placeholders_are_the_ones_that_streamlit_replaces() -> None:
    assert THEMED.gate == tuple(getattr(theirs, f"SEQUENTIAL_{index}") for index in range(10))
    assert THEMED.state == tuple(getattr(theirs, f"DIVERGING_{index}") for index in range(9))
    assert [THEMED.cell[cell] for cell in CELLS] == [getattr(theirs, f"CATEGORY_{index}") for index in range(3)]
    assert THEMED.text == theirs.GRAY_90
    assert THEMED.grid == theirs.FADED_TEXT_05


@pytest.mark.parametrize("palette", [LIGHT, DARK, THEMED])
def test_every_palette_has_a_scale_with_a_middle_and_a_colour_for_each_cell(palette: Palette) -> None:
    assert len(palette.state) % 2 == 1
    assert tuple(palette.cell) == CELLS
    assert len({*palette.cell.values()}) == 3


def test_a_colour_scale_is_evenly_spaced_from_zero_to_one() -> None:
    assert colorscale(("#000000", "#777777", "#ffffff")) == [(0, "#000000"), (0.5, "#777777"), (1, "#ffffff")]
