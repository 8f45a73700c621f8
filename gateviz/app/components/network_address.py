"""The address under which others find this server: "localhost" in a link is of no use on a student's phone."""

import ipaddress
import socket
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

Kind = Literal["network", "alone"]


class LinkAddress(NamedTuple):
    """What to write in a link in place of the browser's own address, and what to say of it."""

    origin: str | None
    """Such as "http://192.168.1.7:8501"; None leaves the address as it is."""
    kind: Kind | None
    """"network": the origin is this machine's address in its network. "alone": nobody else can open the link.
    None: anybody can."""


def for_others(url: str | None, listening: str | None) -> LinkAddress:
    """The address for a link from a page that the browser has opened at `url`.

    Args:
        url: the page's address in the browser; None where it is not known.
        listening: the address that the server listens on; None or "" stands for all.
    """
    parts = urlsplit(url or "")
    if not parts.hostname or not _is_this_machine(parts.hostname):
        return LinkAddress(None, None)
    own = network_address() if listening in (None, "", "0.0.0.0", "::") else None  # noqa: S104
    if own is None:
        return LinkAddress(None, "alone")
    port = f":{parts.port}" if parts.port else ""
    return LinkAddress(f"{parts.scheme}://{own}{port}", "network")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def network_address() -> str | None:
    """This machine's address on the way out, or None. Nothing is sent: a datagram socket only looks up the route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation: nobody has this address
            found: str = probe.getsockname()[0]
        except OSError:
            return None
    return None if ipaddress.ip_address(found).is_loopback else found
