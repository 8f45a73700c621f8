"""Plotly figures of gateviz's results: pure functions that take their words, and never show or write anything.

    figure = gateviz.figures.norm_map(norms[0], earlier_title="step s", later_title="step t", norm_title="norm")

The names below are imported when they are first used: the viewer needs `palette` and `places`, which do without Plotly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gateviz.figures.bands import gradient_bands
    from gateviz.figures.gradients import Curve, gradient_curves
    from gateviz.figures.heatmaps import plain, signal_maps
    from gateviz.figures.matrices import norm_map, share_map
    from gateviz.figures.palette import DARK, LIGHT, Palette
    from gateviz.figures.saturation import saturation_map

__all__ = [
    "DARK",
    "LIGHT",
    "Curve",
    "Palette",
    "gradient_bands",
    "gradient_curves",
    "norm_map",
    "plain",
    "saturation_map",
    "share_map",
    "signal_maps",
]

_HOME = {
    "Curve": "gradients",
    "DARK": "palette",
    "LIGHT": "palette",
    "Palette": "palette",
    "gradient_bands": "bands",
    "gradient_curves": "gradients",
    "norm_map": "matrices",
    "plain": "heatmaps",
    "saturation_map": "saturation",
    "share_map": "matrices",
    "signal_maps": "heatmaps",
}


_FILES = {*_HOME.values(), "places"}


def __getattr__(name: str) -> Any:
    if name in _FILES:
        return import_module(f"gateviz.figures.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'gateviz.figures' has no attribute {name!r}")
    value = getattr(import_module(f"gateviz.figures.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_FILES})
