"""Where others find this server: an address that says "localhost" is of no use on a student's phone."""

import ipaddress
import socket
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

Kind = Literal["network", "alone"]


class Reach(NamedTuple):
    """What is to be said of a link, and what to write in place of the browser's own address."""

    origin: str | None
    """Such as "http://192.168.1.7:8501"; None to leave the address as it is."""
    kind: Kind | None
    """"network": the origin is this machine's in its network. "alone": nobody else can open a link. None: any can."""


def reach(url: str | None, listening: str | None) -> Reach:
    """What to make of a link from a page that the browser has at `url`.

    Args:
        url: the page's address as the browser has it; None where it is not known.
        listening: the address that the server listens on; None or "" for all.
    """
    parts = urlsplit(url or "")
    if not parts.hostname or not _is_this_machine(parts.hostname):
        return Reach(None, None)
    own = _network_address() if listening in (None, "", "0.0.0.0", "::") else None  # noqa: S104
    if own is None:
        return Reach(None, "alone")
    port = f":{parts.port}" if parts.port else ""
    return Reach(f"{parts.scheme}://{own}{port}", "network")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _network_address() -> str | None:
    """This machine's address on the way out, or None; nothing is sent: a datagram socket only looks up the route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address that is nobody's, kept for documentation
            found: str = probe.getsockname()[0]
        except OSError:
            return None
    return None if ipaddress.ip_address(found).is_loopback else found
