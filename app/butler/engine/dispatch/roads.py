"""The road to a provider: through its own proxy, the system's, or none; and whom TLS trusts.

The system's proxies come from the environment (`HTTPS_PROXY`, `NO_PROXY`, …), on Windows and
macOS from its settings; they are read again every few seconds. This machine itself is never
reached through a proxy.
"""

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.locality import is_loopback

_READ_AGAIN_S = 5.0
_SCHEMES = ("http", "https")
DIRECT = "direct"
"""A provider's `proxy` option that says: none, whatever the system says."""


@dataclass(frozen=True, slots=True)
class Road:
    """How to get to a provider; None means straight there, and the system's authorities."""

    proxy: str | None = None
    tls: ssl.SSLContext | None = None


STRAIGHT = Road()


class Roads:
    """Finds roads; what it has found out holds for a few seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._read_at = -_READ_AGAIN_S
        self._systems: dict[str, str | None] = {}
        self._authorities: dict[str, tuple[float, ssl.SSLContext]] = {}

    async def to(self, url: str, options: Mapping[str, object]) -> Road:
        """Return the road to a URL under a provider's options (`proxy`, `ca_file`).

        Raises UpstreamError where an option can not be used.
        """
        proxy = None if is_here(url) else self._proxy(url, options)
        ca_file = options.get("ca_file")
        return Road(proxy, await self._trusting(str(ca_file)) if ca_file else None)

    def straight(self, url: str, options: Mapping[str, object]) -> bool:
        """Say whether the road is one straight there, as nearly all are."""
        if "proxy" in options or "ca_file" in options:
            return False
        return is_here(url) or self._system(url) is None

    def _proxy(self, url: str, options: Mapping[str, object]) -> str | None:
        own = options.get("proxy")
        return _own(own) if own else self._system(url)

    def _system(self, url: str) -> str | None:
        now = self._clock()
        if now - self._read_at >= _READ_AGAIN_S:
            self._read_at = now
            self._systems.clear()
        if url not in self._systems:
            self._systems[url] = _system_proxy(url)
        return self._systems[url]

    async def _trusting(self, ca_file: str) -> ssl.SSLContext:
        known = self._authorities.get(ca_file)
        now = self._clock()
        if known is not None and now - known[0] < _READ_AGAIN_S:
            return known[1]
        try:
            trusting = await asyncio.to_thread(_context, Path(ca_file))
        except (OSError, ValueError) as error:
            raise _unusable(f"the file of authorities {ca_file} can not be read") from error
        if known is not None and known[1].get_ca_certs() == trusting.get_ca_certs():
            # The same context keeps the connections that it has opened.
            trusting = known[1]
        self._authorities[ca_file] = (now, trusting)
        return trusting


is_here = lru_cache(maxsize=256)(is_loopback)


def _own(proxy: object) -> str | None:
    if proxy == DIRECT:
        return None
    if isinstance(proxy, str) and _is_proxy(proxy):
        return proxy
    # Not quoted: it may hold a password.
    raise _unusable("its proxy is not an http:// or https:// address")


def _is_proxy(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _system_proxy(url: str) -> str | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(f"{host}:{parts.port}" if parts.port else host):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    # Others, such as SOCKS, are no way for us; the provider itself may still be reached.
    return proxy if _is_proxy(proxy) else None


def _context(ca_file: Path) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(cafile=ca_file)
    return context


def _unusable(what: str) -> UpstreamError:
    return UpstreamError(
        FailureKind.CONNECT, f"The provider can not be reached: {what}.", status=502
    )
