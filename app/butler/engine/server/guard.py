"""The guard: who may talk to the endpoint, and from where."""

import hashlib
import ipaddress
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from aiohttp import web

from butler.engine.call import Caller, Target
from butler.engine.errors import ClientError
from butler.engine.permission import may_ask
from butler.engine.providers.headers import hops_of
from butler.engine.server.limits import FailedTokens
from butler.engine.server.serving import ServingRuntime

_MAX_HOPS = 3
_PAUSED_RETRY_S = 30
_KEY_HEADERS = ("x-api-key", "x-goog-api-key")
_OUR_NAMES = frozenset({"localhost", "host.docker.internal", "host.containers.internal"})
"""Names that no foreign DNS decides; containers call their host by the latter two."""


def admit(request: web.Request, runtime: ServingRuntime, failed: FailedTokens) -> Caller:
    """Return who is calling; raises ClientError for whoever may not.

    Wrong tokens are counted by the peer of the connection: a header could say anything.
    """
    check_origin(request.headers, runtime.allowed_hosts, runtime.allowed_origins)
    check_hops(request.headers)
    try:
        return authenticate(request.headers, runtime.tokens, request.query.get("key", ""))
    except ClientError:
        failed.count(request.remote)
        raise


def check_open(runtime: ServingRuntime) -> None:
    """Refuse whatever comes while the owner has paused; raises ClientError (503)."""
    if runtime.paused:
        raise ClientError(
            503,
            "paused",
            "The butler is paused by its owner and answers no new calls. Resume it in the menu of "
            "its tray icon, or with `butler setting set server.paused false`.",
            type_="overloaded_error",
            retry_after_s=_PAUSED_RETRY_S,
        )


def check_origin(
    headers: Mapping[str, str],
    allowed_hosts: Collection[str] = (),
    allowed_origins: Collection[str] = (),
) -> None:
    """Refuse what a foreign web page makes a browser send; raises ClientError (403).

    A name that an attacker's DNS points at this machine is stopped by the Host check (DNS
    rebinding), a page on another site by the Origin check. Tools send neither. `allowed_hosts`
    are names that the owner gave this machine, `allowed_origins` pages that they trust, in
    lower case.
    """
    host = _host_of("//" + headers.get("Host", ""))
    if not _is_ours(host) and host.rstrip(".") not in allowed_hosts:
        raise ClientError(
            403,
            "forbidden_host",
            f"Requests for the host {host[:100]!r} are not answered here. "
            "Use localhost or this machine's IP address in the base URL, or add the name to "
            "the setting server.allowed_hosts.",
        )
    origin = headers.get("Origin", "").lower()
    if origin.startswith(("http:", "https:", "null")):
        page = _host_of(origin)
        if page != host and not _is_here(page) and origin not in allowed_origins:
            raise ClientError(
                403,
                "forbidden_origin",
                f"Web pages of {origin[:100]!r} may not use this endpoint. Add the origin to "
                "the setting server.allowed_origins where they should.",
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


def authenticate(
    headers: Mapping[str, str], tokens: Mapping[bytes, Caller], in_query: str = ""
) -> Caller:
    """Return whose token a request carries; raises ClientError (401) when it is none of ours.

    `Authorization: Bearer`, `x-api-key` and Google's two places are read, since vendors' libraries
    differ. The look-up is by digest, so its time tells nothing about the token.
    """
    named = (headers.get(name, "").strip() for name in _KEY_HEADERS)
    given = (_bearer(headers.get("Authorization", "")), *named, in_query.strip())
    token = next(filter(None, given), "")
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
    if caller.expires_at is not None and caller.expires_at <= datetime.now(UTC):
        raise ClientError(
            401,
            "expired_api_key",
            f"The token {caller.name!r} expired on {caller.expires_at:%Y-%m-%d %H:%M} UTC. "
            "Make another with `butler token add NAME`, or give this one more time.",
            type_="authentication_error",
        )
    return caller


def check_model(caller: Caller, explicit: Target | None) -> None:
    """Refuse a name that a token may not ask for (None is `auto`); raises ClientError (403)."""
    if not may_ask(caller, explicit):
        raise ClientError(
            403,
            "model_not_allowed",
            f"The token {caller.name!r} may not use {explicit or 'auto'!s}; "
            f"it may use {', '.join(caller.allowed_models)}.",
            param="model",
            type_="permission_error",
        )


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
