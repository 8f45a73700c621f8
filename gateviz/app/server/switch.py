"""The switch for our patches of Streamlit: GATEVIZ_PLAIN=1 turns all of them off, and the pages then work, only slower.

README.md in this folder says what each patch touches and what it wins. To measure some patches, name them instead:
GATEVIZ_PLAIN=icons,outline turns these two off (benchmarks/patches.py).
"""

import os
from typing import Literal, get_args

from gateviz.errors import InputError

Patch = Literal[
    "compression", "outline", "icons", "plotly_late", "plotly_lean", "words", "pieces",
    "no_delay", "warm_up", "collection", "watcher", "welcome", "stopping", "slash",
]  # fmt: skip
PATCHES: tuple[Patch, ...] = get_args(Patch)


def is_on(patch: Patch) -> bool:
    """Whether this patch is applied.

    Raises:
        InputError: GATEVIZ_PLAIN names something that is no patch.
    """
    return patch not in turned_off(os.environ.get("GATEVIZ_PLAIN", ""))


def turned_off(plain: str) -> frozenset[str]:
    """The patches that this value of GATEVIZ_PLAIN turns off."""
    if plain == "1":
        return frozenset(PATCHES)
    names = frozenset(name for name in plain.split(",") if name)
    if unknown := sorted(names.difference(PATCHES)):
        raise InputError(f"GATEVIZ_PLAIN must be 1 or some of {', '.join(PATCHES)}, got {unknown[0]!r}")
    return names
