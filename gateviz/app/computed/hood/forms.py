"""The forms in which the sources write a cell, for the page; and a network's weights in each of them, as a file."""

from io import BytesIO
from typing import Any

import numpy as np

from gateviz.app.computed.hood.layer import WEIGHTS, modules_of, suffixes
from gateviz.models.view import View
from gateviz.results.trace import CellName
from gateviz.textbook.conventions import FORMS, FormName, form

LEFT_OUT = "cudnn"
"""No book writes its equations."""


def names(cell: CellName) -> tuple[FormName, ...]:
    """The sources that write this cell, PyTorch first."""
    return tuple(known.name for known in FORMS if known.cell == cell and known.name != LEFT_OUT)


def packed(cell: CellName) -> list[dict[str, Any]]:
    """The forms for the browser: their fields as conventions.py has them."""
    found = [form(cell, name) for name in names(cell)]
    return [
        {
            "name": each.name,
            "gates": dict(each.gates),
            "equations": each.equations,
            "state": each.state,
            "storage": each.storage,
            "update": each.update,
            "reset": each.reset,
            "biases": each.biases,
            "vectors": each.vectors,
        }
        for each in found
    ]


def weights_file(view: View, cell: CellName, name: FormName) -> bytes:
    """The recurrent weights as that source stores them, as .npz: `recurrent_l0_W_xi`, and so on for each layer.

    A source that multiplies r before the matrix product gets the weights as they are: none give the same network there.
    """
    from gateviz.textbook.conversion import convert_weights  # noqa: PLC0415

    arrays: dict[str, Any] = {}
    for module_name, module in modules_of(view, cell):
        for suffix in suffixes(module):
            own = {kind: getattr(module, f"{kind}{suffix}").detach().cpu().numpy() for kind in WEIGHTS}
            converted = convert_weights(cell, own, "pytorch", name, exact=False)
            arrays |= {f"{module_name}{suffix}_{kind}": array.astype(np.float32) for kind, array in converted.items()}
    file = BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()
