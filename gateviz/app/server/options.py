"""What the server is asked for on the command line, checked before anything is served."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from gateviz.errors import InputError, as_given

PORT, HOST = 8501, "localhost"
LIMIT = 1024  # MiB
BESIDES = 640
"""So many MiB a server takes besides what it keeps: torch, the models, three hundred sessions, what is being computed.
docs/scaling.md has the figures."""
LEAST_KEPT = 64
_BASE_PATH = re.compile(r"(/[A-Za-z0-9._~@-]+)*")
_REPLICA = re.compile(r"[A-Za-z0-9_-]{0,40}")


@dataclass(frozen=True)
class Options:
    """How the app is served. Wrong values raise InputError."""

    port: int = PORT
    """1 to 65535."""
    host: str = HOST
    """The address to listen on: a name or a number of this machine; 0.0.0.0 and :: are all of them."""
    open_browser: bool = True
    """Whether to open a browser at the app."""
    share: bool = False
    """Whether to print the address for others in the network, with its QR code."""
    base_path: str = ""
    """The path of the pages behind a proxy, such as "/gateviz"; the proxy may keep it or strip it. "" is none."""
    origins: tuple[str, ...] = ()
    """Sites that may show the app in a frame, such as "https://moodle.example.edu"."""
    memory: int = LIMIT
    """MiB that the whole server may take."""
    replica: str = ""
    """This server's name among several behind one proxy; the browser keeps it as a cookie. "" is none."""
    streamlits: dict[str, Any] = field(default_factory=dict)
    """Options of Streamlit's by dotted name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_path", self.base_path.rstrip("/"))
        object.__setattr__(self, "origins", tuple(origin.rstrip("/") for origin in self.origins))
        if not 0 < self.port < 65536:
            raise InputError(f"port must lie in 1..65535, got {self.port}")
        if not _BASE_PATH.fullmatch(self.base_path):
            raise InputError(f"the base path must look like /gateviz, got {as_given(self.base_path)}.")
        for origin in self.origins:
            if not _is_origin(origin):
                raise InputError(f"an origin must look like https://moodle.example.edu, got {as_given(origin)}.")
        if self.memory < BESIDES + LEAST_KEPT:
            raise InputError(f"the memory must be at least {BESIDES + LEAST_KEPT} MiB, got {self.memory}.")
        if not _REPLICA.fullmatch(self.replica):
            raise InputError(f"the replica's name must be of letters, digits, - and _, got {as_given(self.replica)}.")

    @property
    def kept_bytes(self) -> int:
        """How much of the memory is for what is computed and kept."""
        return (self.memory - BESIDES) * 2**20


DEFAULT = Options()
"""As `gateviz app` serves it where nothing else is said."""


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", parts.netloc) is not None
        and text == f"{parts.scheme}://{parts.netloc}"
    )
