"""Where the server listens: whether it can, and what to tell the person who started it."""

import errno
import io
import os
import socket

from gateviz.app.components.network_address import network_address
from gateviz.app.server.options import Options
from gateviz.errors import InputError, as_given

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
"""The addresses that stand for all of this machine."""

EXPOSED = (
    "Everybody in this network can open it: type and upload texts, which this computer reads and forgets again,\n"
    "and see nothing else of this computer. Ctrl-C ends it."
)


def check(host: str, port: int) -> None:
    """See whether that port of that address is free. Streamlit would take another, and the class is told this one.

    Raises:
        InputError: the host is no address of this machine, or the port is in use or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if not host:  # the system would take it for every address
        raise InputError("the host is empty: give localhost, 0.0.0.0 for everybody, or an address of this machine.")
    try:
        socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(
            f"there is no host {as_given(host)}: give localhost, 0.0.0.0 for everybody, or an address of this machine."
        ) from None
    with socket.socket(family) as probe:
        if os.name == "posix":  # a port that was just left is free; on Windows this would find any port free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise InputError(f"{host} is no address of this machine: give localhost, or 0.0.0.0.") from None
            raise InputError(f"port {port} of {host} is in use or not allowed: choose another with --port") from None


def link(options: Options, host: str | None = None) -> str:
    """The address to open, at that host or at the one that the server listens on."""
    host = host or ("localhost" if options.host in EVERYWHERE else options.host)
    scheme = "https" if options.streamlits.get("server.sslCertFile") else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{options.port}{options.base_path}"


def welcome(options: Options) -> str:
    """What is printed when the server starts."""
    if not options.share:
        return f"gateviz is at {link(options)}"
    own = network_address() if options.host in EVERYWHERE else options.host
    if own is None:
        return f"gateviz is at {link(options)}; this computer is in no network, so nobody else can open it."
    shared = link(options, own)
    return f"gateviz is at {shared} for everybody in this network.\n\n{code(shared)}\n{EXPOSED}"


def code(text: str) -> str:
    """The QR code of a text, for a terminal: two rows of modules in a line."""
    import segno  # noqa: PLC0415

    drawn = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()
