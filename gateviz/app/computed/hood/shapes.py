"""The shapes of what goes into a recurrent module and comes out of it, and a batch of sentences that is packed."""

from typing import Any

from gateviz.app.computed import readings
from gateviz.app.computed.hood.layer import WEIGHTS, inputs_of, modules_of, suffixes
from gateviz.app.computed.kept import kept
from gateviz.models.view import View
from gateviz.results.trace import CellName

MOST_TEXTS = 6
"""Of a batch."""


def of_module(view: View, cell: CellName) -> dict[str, Any]:
    """How many layers, directions, units and inputs; what h_n is, row by row; the names and shapes of the weights."""
    _, module = modules_of(view, cell)[0]
    directions = 2 if module.bidirectional else 1
    layers = module.num_layers
    steps = len(next(iter(inputs_of(view, cell).values())))
    return {
        "layers": layers,
        "directions": directions,
        "units": module.hidden_size,
        "width": module.input_size,
        "steps": steps,
        "has_cell_state": cell == "lstm",
        "rows": [
            {"layer": layer, "reverse": bool(direction), "step": 0 if direction else steps - 1}
            for layer in range(layers)
            for direction in range(directions)
        ],
        "weights": [
            [{"name": f"{kind}{suffix}", "shape": list(getattr(module, f"{kind}{suffix}").shape)} for kind in WEIGHTS]
            for suffix in suffixes(module)
        ],
        "module": type(module).__name__,
        "off": _off(view, cell),
    }


def _off(view: View, cell: CellName) -> float:
    """The most by which `output` differs from the top layer's rows of `h_n` at the steps where each direction ends."""
    import torch  # noqa: PLC0415

    _, module = modules_of(view, cell)[0]
    sequence = torch.as_tensor(readings.reading(view, cell).model.embed(_ids(view, cell)))
    with torch.no_grad():
        output, last = module(sequence)
    h_n = last[0] if isinstance(last, tuple) else last
    ends = output[0, -1, : module.hidden_size], output[0, 0, module.hidden_size :]
    rows = h_n[-2:, 0] if module.bidirectional else h_n[-1:, 0]
    return max(float((end - row).abs().max()) for end, row in zip(ends, rows, strict=False))


def _ids(view: View, cell: CellName) -> Any:
    return readings.reading(view, cell).model.encode(view.text)


@kept
def batch(view: View, cell: CellName, texts: tuple[str, ...]) -> dict[str, Any]:
    """A batch of sentences as torch packs it; and how far off its last states are if the padding is read.

    Args:
        view: its task and training step say which network.
        cell: which architecture.
        texts: what the network can read; at least one.
    """
    import torch  # noqa: PLC0415
    from torch.nn.utils import rnn  # noqa: PLC0415

    model = readings.reading(view, cell).model
    rows = [model.embed(model.encode(text))[0] for text in texts]  # (time, width) each
    lengths = torch.tensor([len(row) for row in rows])
    padded = rnn.pad_sequence(rows, batch_first=True)  # (batch, time, width), zeros in the padding
    packed = rnn.pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
    _, module = modules_of(view, cell)[0]
    with torch.no_grad():
        right, wrong = (_top(module(given)[1], module) for given in (packed, padded))
    order = range(len(texts)) if packed.sorted_indices is None else packed.sorted_indices.tolist()
    return {
        "sentences": [
            {
                "tokens": [token.text for token in model.tokenize(texts[index])],
                "index": index,
                "off": float((right[index] - wrong[index]).abs().max()),
            }
            for index in order
        ],
        "batch_sizes": packed.batch_sizes.tolist(),
        "data": list(packed.data.shape),
        "padded": list(padded.shape),
    }


def _top(state: Any, module: Any) -> Any:
    """The last hidden state of the top layer, of all its directions: (batch, unit)."""
    h_n = state[0] if isinstance(state, tuple) else state
    return h_n[-2:].transpose(0, 1).flatten(1) if module.bidirectional else h_n[-1]
