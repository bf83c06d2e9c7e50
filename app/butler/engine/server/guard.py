"""The guard: who may talk to the endpoint, and from where."""

import hashlib
import ipaddress
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from butler.engine.call import Caller
from butler.engine.errors import ClientError
from butler.engine.providers.headers import hops_of

_MAX_HOPS = 3
_OUR_NAMES = frozenset({"localhost", "host.docker.internal", "host.containers.internal"})
"""Names that no foreign DNS decides; containers call their host by the latter two."""


def check_origin(headers: Mapping[str, str]) -> None:
    """Refuse what a foreign web page makes a browser send; raises ClientError (403).

    A name that an attacker's DNS points at this machine is stopped by the Host check (DNS
    rebinding), a page on another site by the Origin check. Tools send neither.
    """
    host = _host_of("//" + headers.get("Host", ""))
    if not _is_ours(host):
        raise ClientError(
            403,
            "forbidden_host",
            f"Requests for the host {host[:100]!r} are not answered here. "
            "Use localhost or this machine's IP address in the base URL.",
        )
    origin = headers.get("Origin")
    if origin and origin.startswith(("http:", "https:", "null")):
        page = _host_of(origin)
        if page != host and not _is_here(page):
            raise ClientError(
                403,
                "forbidden_origin",
                f"Web pages of {origin[:100]!r} may not use this endpoint.",
            )


def check_hops(headers: Mapping[str, str]) -> None:
    """Refuse a call that goes in circles; raises ClientError (400, on which tools do not retry)."""
    if hops_of(headers) > _MAX_HOPS:
        raise ClientError(
            400,
            "loop_detected",
            "This call has come through here before: the base URL of a provider points at the "
            "butler itself. Correct it with `butler provider edit`.",
        )


def authenticate(headers: Mapping[str, str], tokens: Mapping[bytes, Caller]) -> Caller:
    """Return whose token a request carries; raises ClientError (401) when it is none of ours.

    `Authorization: Bearer` and `x-api-key` are both read, since vendors' libraries differ. The
    look-up is by digest, so its time tells nothing about the token.
    """
    token = _bearer(headers.get("Authorization", "")) or headers.get("x-api-key", "").strip()
    if not token:
        raise ClientError(
            401,
            "missing_api_key",
            "No API key was sent. Use a token of this app as the API key; "
            "`butler token list` shows which there are.",
            type_="authentication_error",
        )
    caller = tokens.get(hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest())
    if caller is None:
        raise ClientError(
            401,
            "invalid_api_key",
            "This API key is not a token of this app, or it was revoked. "
            "Make one with `butler token add NAME`.",
            type_="authentication_error",
        )
    return caller


def _bearer(value: str) -> str:
    scheme, _, token = value.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


@lru_cache(maxsize=256)
def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@lru_cache(maxsize=256)
def _is_ours(host: str) -> bool:
    """Say whether a host name can not have been bent by DNS: localhost or an IP address."""
    return _is_localhost(host) or _address(host) is not None


def _is_here(host: str) -> bool:
    """Say whether a page of this host was served by this very machine."""
    address = _address(host)
    return _is_localhost(host) or (address is not None and address.is_loopback)


def _is_localhost(host: str) -> bool:
    name = host.rstrip(".")
    return name in _OUR_NAMES or name.endswith(".localhost")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
