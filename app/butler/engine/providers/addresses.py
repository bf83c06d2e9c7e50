"""Judges where a provider may be: not every address that can be typed may be called.

A loopback address is the owner's own machine. Other private ones may be anything in the house,
so that they need the owner's word (`local`). Addresses of cloud metadata, link-local ones and
those that are no single place are never called, however they are spelt, and whatever name leads
to them. Pure: whoever resolves names hands in what came out.
Sources: IANA special-purpose address registries; RFC 3986 and the `inet_aton` spellings of IPv4.
"""

import ipaddress
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from butler.contract.problems import Problem, ProblemCode
from butler.engine.errors import problem
from butler.engine.providers.locality import is_loopback

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_METADATA_NAMES = frozenset(
    {
        *("metadata", "metadata.google.internal", "metadata.goog"),
        *("instance-data", "instance-data.ec2.internal"),
    }
)
_METADATA = frozenset(
    ipaddress.ip_address(text)
    for text in (
        "169.254.169.254",
        "100.100.100.200",  # Alibaba Cloud
        "168.63.129.16",  # Azure
        "192.0.0.192",  # Oracle Cloud
        "fd00:ec2::254",  # AWS
        "fd20:ce::254",  # Google Cloud
    )
)
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_PRETENDED = ipaddress.ip_network("198.18.0.0/15")
"""Meant for benchmarks; proxies on developers' machines answer with it for any public name."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_LARGEST_PART = (None, 2**32, 2**24, 2**16, 2**8)
"""What the last part of an IPv4 address may reach, by the number of its parts."""


def judge(
    base_url: str,
    options: Mapping[str, Any],
    *,
    addresses: Sequence[str] = (),
    own_ports: Collection[int] = (),
) -> tuple[Problem, ...]:
    """Return what speaks against calling a base URL; nothing where it may be called.

    `addresses` are those that its name leads to, where somebody has asked; `own_ports` are the
    ports of our own endpoint. The URL itself must be one: see `urls.base_of`.
    """
    host, port = _place(base_url)
    if host in _METADATA_NAMES:
        return (_forbidden(host, "the metadata of a cloud"),)
    literal = address_of(host)
    found = [literal] if literal else [it for text in addresses if (it := address_of(text))]
    for address in (meant for it in found for meant in _meanings(it)):
        reason = _never(address)
        if reason is not None:
            return (_forbidden(host, reason),)
    leads_home = is_loopback(base_url) or any(it.is_loopback for it in _all_meanings(found))
    if leads_home and port in own_ports:
        return (_own(),)
    is_named_home = is_loopback(base_url) or (literal is not None and literal.is_loopback)
    if is_named_home or options.get("local") is True:
        return ()
    private = next((it for it in _all_meanings(found) if _is_private(it)), None)
    return () if private is None else (_private(host, private),)


def address_of(text: str) -> Address | None:
    """Return the address that a host is, in any spelling that a system would take; else None."""
    plain = unicodedata.normalize("NFKC", text).strip("[]").rstrip(".").partition("%")[0]
    try:
        return ipaddress.ip_address(plain)
    except ValueError:
        return _loose_ipv4(plain)


def _loose_ipv4(text: str) -> ipaddress.IPv4Address | None:
    """Read what `inet_aton` reads: one to four parts, decimal, octal or hexadecimal."""
    parts = text.split(".")
    if not 1 <= len(parts) <= 4:
        return None
    numbers = [_number(part) for part in parts]
    *heads, last = numbers
    most = _LARGEST_PART[len(parts)] or 0
    if last is None or last >= most or any(head is None or head > 255 for head in heads):
        return None
    value = last
    for place, head in enumerate(heads):
        value += (head or 0) << (24 - 8 * place)
    return ipaddress.IPv4Address(value)


def _number(part: str) -> int | None:
    digits = part.lower()
    base = 10
    if digits.startswith("0x"):
        digits, base = digits[2:] or "0", 16
    elif len(digits) > 1 and digits.startswith("0"):
        base = 8
    if not digits.isascii() or not digits.isalnum():
        return None
    try:
        return int(digits, base)
    except ValueError:
        return None


def _place(base_url: str) -> tuple[str, int | None]:
    parts = urlsplit(base_url.strip())
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return (parts.hostname or "").rstrip(".").lower(), port


def _meanings(address: Address) -> Iterator[Address]:
    """Yield an address and the IPv4 ones that are wrapped in it."""
    yield address
    if isinstance(address, ipaddress.IPv4Address):
        return
    wrapped = [address.ipv4_mapped, address.sixtofour]
    wrapped += list(address.teredo or ())
    is_wrapper = address in _NAT64 or (address in _COMPATIBLE and int(address) > 1)
    if is_wrapper:
        wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    yield from (it for it in wrapped if it is not None)


def _all_meanings(found: Sequence[Address]) -> Iterator[Address]:
    for address in found:
        yield from _meanings(address)


def _never(address: Address) -> str | None:
    if address in _METADATA:
        return "the metadata of a cloud"
    if address.is_link_local:
        return "a link-local address"
    if address.is_unspecified:
        return "no single address"
    if address.is_multicast or (address.is_reserved and address.version == 4):
        return "no address of a server"
    return None


def _is_private(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address) and address in _PRETENDED:
        return False
    return address.is_private or address in _SHARED


def _forbidden(host: str, what: str) -> Problem:
    return problem(
        ProblemCode.ADDRESS_FORBIDDEN,
        f"{host} is {what}; nothing may be sent there.",
        "Give the server's own address; one on this machine is http://localhost with its port.",
        "base_url",
    )


def _private(host: str, address: Address) -> Problem:
    where = host if address_of(host) else f"{host} leads to {address}, which"
    return problem(
        ProblemCode.ADDRESS_PRIVATE,
        f"{where} is a private address.",
        "If it is a server of yours, say that the provider is local.",
        "base_url",
    )


def _own() -> Problem:
    return problem(
        ProblemCode.OWN_ENDPOINT,
        "This is the butler's own address: calls would go in circles.",
        "Give the address of the server that is to answer.",
        "base_url",
    )
