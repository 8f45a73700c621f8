"""See inside recurrent networks: every gate of any nn.RNN, nn.LSTM and nn.GRU, and how gradients flow through them.

    trace = gateviz.record(torch.nn.LSTM(8, 16, batch_first=True), torch.randn(1, 20, 8))
    trace.layer(0)["forget_gate"].shape        # (1, 20, 16): batch, time, unit

Beside the names of `__all__` there are four modules:

    gateviz.scratch       the cells by hand, in NumPy
    gateviz.conversion    weights from one convention into another
    gateviz.statistics    numbers that sum a recording up
    gateviz.figures       Plotly figures of all results

All of them are imported when they are first used, so that `import gateviz` does not wait for torch. No name of
`__all__` is also the name of a module in this package: importing that module would put it in the name's place.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gateviz import figures as figures
    from gateviz.errors import GatevizError
    from gateviz.gradients.flow import gradient_flow
    from gateviz.gradients.jacobians import jacobian_norms, state_jacobians
    from gateviz.gradients.paths import gradient_bands, path_norms
    from gateviz.models.generation import generate
    from gateviz.models.poems import acrostic, quatrain
    from gateviz.pretrained.files import ModelCard, list_pretrained, load_pretrained, load_timelapse
    from gateviz.recording.clamp_files import load_clamps
    from gateviz.recording.gate_sums import contributions
    from gateviz.recording.interventions import Clamp, run_with
    from gateviz.recording.recorder import record
    from gateviz.results import statistics as statistics
    from gateviz.results.trace import GradientTrace, LayerTrace, Trace
    from gateviz.results.trace_files import load_trace
    from gateviz.textbook import conversion as conversion
    from gateviz.textbook import scratch as scratch

__version__ = "0.1.0"

__all__ = [
    "Clamp",
    "GatevizError",
    "GradientTrace",
    "LayerTrace",
    "ModelCard",
    "Trace",
    "acrostic",
    "contributions",
    "generate",
    "gradient_bands",
    "gradient_flow",
    "jacobian_norms",
    "list_pretrained",
    "load_clamps",
    "load_pretrained",
    "load_timelapse",
    "load_trace",
    "path_norms",
    "quatrain",
    "record",
    "run_with",
    "state_jacobians",
]

_HOME = {
    "Clamp": "recording.interventions",
    "GatevizError": "errors",
    "GradientTrace": "results.trace",
    "LayerTrace": "results.trace",
    "ModelCard": "pretrained.files",
    "Trace": "results.trace",
    "acrostic": "models.poems",
    "contributions": "recording.gate_sums",
    "generate": "models.generation",
    "gradient_bands": "gradients.paths",
    "gradient_flow": "gradients.flow",
    "jacobian_norms": "gradients.jacobians",
    "list_pretrained": "pretrained.files",
    "load_clamps": "recording.clamp_files",
    "load_pretrained": "pretrained.files",
    "load_timelapse": "pretrained.files",
    "load_trace": "results.trace_files",
    "path_norms": "gradients.paths",
    "quatrain": "models.poems",
    "record": "recording.recorder",
    "run_with": "recording.interventions",
    "state_jacobians": "gradients.jacobians",
}


_MODULES = {
    "conversion": "textbook.conversion",
    "figures": "figures",
    "scratch": "textbook.scratch",
    "statistics": "results.statistics",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value = import_module(f"gateviz.{_MODULES[name]}")
    elif name in _HOME:
        value = getattr(import_module(f"gateviz.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module 'gateviz' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})
