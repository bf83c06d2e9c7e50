"""Where the arbiter's server is: it reads the user's words, so that it matters.

A name is looked up, so that every spelling of an address comes to the same.
"""

import asyncio
import ipaddress
import socket
from enum import StrEnum
from urllib.parse import urlsplit

_LOOK_UP_S = 2.0
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_METADATA = frozenset(
    map(ipaddress.ip_address, ("100.100.100.200", "fd00:ec2::254", "fd20:ce::254"))
)


class Place(StrEnum):
    """How far away a server is."""

    HERE = "here"
    PRIVATE = "private"
    PUBLIC = "public"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"


_FARTHER = (Place.HERE, Place.PRIVATE, Place.PUBLIC, Place.FORBIDDEN)


async def place_of(url: str) -> Place:
    """Return where a URL leads: of several addresses the farthest counts."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return Place.UNKNOWN
    if not host or parts.scheme not in ("http", "https"):
        return Place.UNKNOWN
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return Place.HERE
    try:
        async with asyncio.timeout(_LOOK_UP_S):
            loop = asyncio.get_running_loop()
            found = await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError):
        return Place.UNKNOWN
    places = {_place(str(address[0])) for *_, address in found}
    return max(places, key=_FARTHER.index, default=Place.UNKNOWN)


def _place(text: str) -> Place:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return Place.HERE
    if address.is_link_local or address.is_unspecified or address.is_multicast:
        return Place.FORBIDDEN
    if address in _METADATA:
        return Place.FORBIDDEN
    is_shared = isinstance(address, ipaddress.IPv4Address) and address in _SHARED
    return Place.PRIVATE if address.is_private or is_shared else Place.PUBLIC
