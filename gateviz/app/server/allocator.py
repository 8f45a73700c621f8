"""Freed memory goes back to the system.

Each new long text makes and frees some hundred arrays of a megabyte or two, in whichever thread runs the page. glibc
has a heap for each few threads and keeps large blocks that were freed: after two hundred texts of 2,000 characters at
once a server took 1.4 GB, a third of it free. With two heaps, and with blocks of 128 kB and more apart from them, it
took 0.85.
"""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""The numbers of these options in glibc's malloc.h."""
LARGE = 128 * 1024
HEAPS = 2


def give_back_what_is_free() -> bool:
    """Set glibc's allocator so; elsewhere, and where another allocator is loaded, nothing happens.

    Returns:
        Whether it is set.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        set_option = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # musl has none
        return False
    options = ((_ARENA_MAX, HEAPS), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, LARGE))
    return all(set_option(*option) for option in options)
