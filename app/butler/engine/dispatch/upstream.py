"""The only file that opens sockets to providers: one exchange, with its time limits and faults."""

import asyncio
import io
import socket
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType
from weakref import WeakSet

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from butler.engine.call import Timeouts
from butler.engine.dispatch.mask import Mask
from butler.engine.dispatch.roads import STRAIGHT, Roads
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.addresses import judge
from butler.engine.providers.base import Outgoing

_MAX_ERROR_BYTES = 256 * 1024
_MAX_BODY_BYTES = 256 * 1024 * 1024
_LARGE_BYTES = 512 * 1024
_STREAMS = (
    *("text/event-stream", "text/plain", "application/x-ndjson"),
    *("audio/", "application/octet-stream"),
)
_LINGER_S = 2.0
"""How long a provider may take to hang up, or to say that it will not, after its answer."""
_FAULTS = (TimeoutError, aiohttp.ClientError, OSError, UnicodeError)
"""What the network raises; to catch it costs nothing where it raises nothing."""


class Exchange:
    """An answer that has begun to arrive: its status, its headers, its bytes as they come."""

    def __init__(
        self,
        response: aiohttp.ClientResponse,
        timeouts: Timeouts,
        deadline: float,
        secret: bytes | None,
    ) -> None:
        """`deadline` is the loop's time at which the whole exchange must be over.

        `secret` is our key, which no provider may hand on to a client or a log by echoing it.
        """
        self._response = response
        self._idle_s = timeouts.idle_ms / 1000
        self._deadline = deadline
        self._mask = Mask(secret) if secret else None
        self.is_complete = False
        """Set by who reads the answer, once it has said that it is over."""
        self.status = response.status
        self.headers = _without_key(response.headers, secret)

    @property
    def is_stream(self) -> bool:
        """Say whether the answer may come bit by bit: not every server names it rightly."""
        return self.headers.get("Content-Type", "").lower().startswith(_STREAMS)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the bytes as the network brings them, until they end or are said to be complete.

        Raises UpstreamError on silence or a cut.
        """
        content = self._response.content
        while True:
            try:
                # What is there already takes no wait, so no timer either.
                piece = content.read_nowait() or await self._next_piece()
            except _FAULTS as error:
                late = "was silent, or busy, for longer than it may be"
                raise _mapped(error, late) from error
            ended = not piece
            if self._mask is not None:
                piece = self._mask.close() if ended else self._mask.feed(piece)
            if piece:
                yield piece
            if ended or self.is_complete:
                return

    async def _next_piece(self) -> bytes:
        content = self._response.content
        if content.at_eof():
            return b""
        now = asyncio.get_running_loop().time()
        async with asyncio.timeout_at(min(now + self._idle_s, self._deadline)):
            return await content.readany()

    async def body(self) -> bytes:
        """Return the whole answer; raises UpstreamError on a cut."""
        content = self._response.content
        try:
            if content.is_eof():
                return self._without_secret(content.read_nowait())
            async with asyncio.timeout_at(self._deadline):
                return self._without_secret(await self._read_to_the_end())
        except _FAULTS as error:
            raise _mapped(error, "did not finish its answer in time") from error

    async def _read_to_the_end(self) -> bytes:
        body = bytearray()
        async for piece in self._response.content.iter_any():
            body += piece
            if len(body) > _MAX_BODY_BYTES:
                raise _failed(FailureKind.UNREADABLE, "sent more than an answer can be", 502)
        return bytes(body)

    async def error_body(self) -> bytes:
        """Return as much of a refusal as anybody reads; a cut refusal is still a refusal."""
        body = b""
        with suppress(TimeoutError, aiohttp.ClientError):
            async with asyncio.timeout(self._idle_s):
                while len(body) < _MAX_ERROR_BYTES:
                    piece = await self._response.content.read(_MAX_ERROR_BYTES - len(body))
                    if not piece:
                        break
                    body += piece
        return self._without_secret(body)

    def _without_secret(self, data: bytes) -> bytes:
        return data if self._mask is None else self._mask.whole(data)

    def close(self) -> None:
        """Give the connection back when the answer was read to its end, else close it at once.

        An answer that is complete has a moment to end by itself, so that the connection can be
        used again.
        """
        if self._response.closed:
            return
        if self._response.content.at_eof():
            self._response.release()
        elif self.is_complete:
            asyncio.get_running_loop().call_later(_LINGER_S, self.end)
        else:
            self.end()

    def end(self) -> None:
        """Close the connection at once."""
        self._response.close()


class _Request(aiohttp.ClientRequest):
    """A request with the headers that a provider has prepared, not with the library's name."""

    def update_auto_headers(self, skip_auto_headers: Iterable[str] | None) -> None:
        """Say that any type is welcome, where the client does not say which."""
        self.headers.setdefault("Accept", "*/*")


class GuardedResolver(AbstractResolver):
    """Looks names up, and refuses those that lead to where nobody may call.

    What was harmless when a provider was saved may lead elsewhere later: so a name is judged
    right before the connection to exactly what was judged.
    """

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner
        self._trusted: set[str] = set()

    def trust(self, host: str | None) -> None:
        """Let a name lead to private addresses from now on: its owner says that it is local."""
        if host:
            self._trusted.add(host)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return where a name leads; raises OSError with the reason when nobody may go there."""
        found = await self._inner.resolve(host, port, family)
        addresses = [result["host"] for result in found]
        url = f"http://{host}:{port}"
        told = judge(url, {"local": host in self._trusted}, addresses=addresses)
        if told:
            raise OSError(None, told[0].detail)
        return found

    async def close(self) -> None:
        """Close the other resolver."""
        await self._inner.close()


class Upstream:
    """The engine's one client session: pooled connections, no cookies, no redirects."""

    def __init__(self) -> None:
        self._roads = Roads()
        self._resolver = GuardedResolver(aiohttp.ThreadedResolver())
        self._exchanges: WeakSet[Exchange] = WeakSet()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=60, resolver=self._resolver),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(),
            request_class=_Request,
        )

    async def send(
        self,
        outgoing: Outgoing,
        timeouts: Timeouts,
        *,
        streamed: bool,
        options: Mapping[str, object] = MappingProxyType({}),
    ) -> Exchange:
        """Send a request and wait until an answer begins; whoever gets it must close it.

        `options` are the provider's: they may name a proxy, and authorities to trust.
        Raises UpstreamError when no connection comes about or no answer begins in time.
        """
        longest_ms = timeouts.first_byte_ms if streamed else timeouts.total_ms
        first_byte_ms = min(longest_ms, timeouts.total_ms)
        deadline = asyncio.get_running_loop().time() + timeouts.total_ms / 1000
        road = STRAIGHT
        if not self._roads.straight(outgoing.url, options):
            road = await self._roads.to(outgoing.url, options)
        if road.proxy is not None:
            # Who names a proxy means it, wherever in the house it stands.
            self._resolver.trust(_url(road.proxy).host)
        elif options.get("local") is True:
            self._resolver.trust(_url(outgoing.url).host)
        try:
            async with asyncio.timeout(first_byte_ms / 1000):
                response = await self._session.request(
                    outgoing.method,
                    _url(outgoing.url),
                    data=_as_sent(outgoing.body),
                    headers=outgoing.headers,
                    timeout=_connect_limit(timeouts.connect_ms),
                    allow_redirects=False,
                    proxy=road.proxy,
                    ssl=road.tls or True,
                )
        except _FAULTS as error:
            late = f"did not begin to answer within {first_byte_ms / 1000:g} s"
            raise _advised(_mapped(error, late), outgoing.if_refused) from error
        exchange = Exchange(response, timeouts, deadline, outgoing.secret)
        self._exchanges.add(exchange)
        return exchange

    async def close(self) -> None:
        """Close every connection, those too whose providers still have a moment to hang up."""
        for exchange in list(self._exchanges):
            exchange.end()
        await self._session.close()


def _without_key(headers: Mapping[str, str], secret: bytes | None) -> Mapping[str, str]:
    """Return the headers of an answer; where one holds our key, without those that do."""
    if secret is None:
        return headers
    key = secret.decode()
    for value in headers.values():
        if key in value:
            return {name: it for name, it in headers.items() if key not in it}
    return headers


def _as_sent(body: bytes) -> bytes | io.BytesIO:
    """Let a large body go out piece by piece, as fast as the provider takes it."""
    return io.BytesIO(body) if len(body) > _LARGE_BYTES else body


@lru_cache(maxsize=256)
def _url(text: str) -> URL:
    return URL(text, encoded=True)


@lru_cache(maxsize=16)
def _connect_limit(connect_ms: int) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(sock_connect=connect_ms / 1000)


def _mapped(error: Exception, late: str) -> Exception:
    """Return our own error for one of the network's; the one border for them."""
    return explain(error, late) or error


def _advised(error: Exception, advice: str) -> Exception:
    """Add what to try where nobody takes the connection."""
    if advice and isinstance(error, UpstreamError) and error.kind is FailureKind.CONNECT:
        error.message = error.for_log = f"{error.message} {advice}"
    return error


def explain(error: BaseException, late: str) -> UpstreamError | None:
    """Return the failure that a network error means; None for errors of another making."""
    match error:
        case aiohttp.ConnectionTimeoutError():
            return _failed(FailureKind.CONNECT, "accepted no connection in time", 504)
        case TimeoutError():
            return _failed(FailureKind.TIMEOUT, late, 504)
        case aiohttp.ClientHttpProxyError():
            words = f"could not be reached: its proxy answered with status {error.status}"
            return _failed(FailureKind.CONNECT, words, 502)
        case aiohttp.ClientProxyConnectionError():
            words = f"could not be reached: its proxy refused the connection ({error.strerror})"
            return _failed(FailureKind.CONNECT, words, 502)
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return _failed(FailureKind.CONNECT, f"could not be trusted: {error}", 502)
        case aiohttp.ClientConnectorError():
            is_name = isinstance(error, aiohttp.ClientConnectorDNSError)
            what = "could not be found" if is_name else "refused the connection"
            return _failed(FailureKind.CONNECT, f"{what} ({error.strerror})", 502)
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | OSError():
            return _failed(
                FailureKind.CUT, "closed the connection before the answer was complete", 502
            )
        case aiohttp.InvalidURL() | UnicodeError():
            return _failed(FailureKind.UNREADABLE, "has an address that can not be read", 502)
        case aiohttp.ClientError():
            return _failed(FailureKind.UNREADABLE, "answered with something that is not HTTP", 502)
        case _:
            return None


def _failed(kind: FailureKind, what: str, status: int) -> UpstreamError:
    return UpstreamError(kind, f"The provider {what}.", status=status)
