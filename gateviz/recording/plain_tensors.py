"""Which tensors torch's recurrent kernels take: those whose numbers simply lie in memory, one after another."""

import torch
from torch import Tensor


def oddity(tensor: Tensor) -> str | None:
    """What makes a tensor unlike that, such as "nested" or "sparse"; None for a plain one."""
    if tensor.is_nested:
        return "nested"
    if tensor.layout != torch.strided:
        return "sparse" if "sparse" in str(tensor.layout) else str(tensor.layout)
    if type(tensor).__torch_dispatch__ is not Tensor.__torch_dispatch__:
        return type(tensor).__name__
    if tensor.is_quantized:
        return "quantised"
    return None
