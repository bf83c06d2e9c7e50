"""How a server of the arbiter's is reached: no proxy, no redirect, no key, nothing too large."""

from collections.abc import AsyncIterator, Generator
from typing import Any

import httpx

MOST_BYTES = 1024 * 1024
_CONNECT_S = 1.0


class BoundedTransport(httpx.AsyncHTTPTransport):
    """Cuts an answer that is larger than it may be."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__(trust_env=False)
        self._most_bytes = most_bytes

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raises httpx.ReadError when more comes back than may."""
        response = await super().handle_async_request(request)
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _Bounded(response.stream, self._most_bytes, request)
        return response


class _Bounded(httpx.AsyncByteStream):
    def __init__(
        self, stream: httpx.AsyncByteStream, most_bytes: int, request: httpx.Request
    ) -> None:
        self._stream = stream
        self._most_bytes = most_bytes
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._most_bytes
        async for piece in self._stream:
            left -= len(piece)
            if left < 0:
                raise httpx.ReadError("the answer is too large", request=self._request)
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class _NoKey(httpx.Auth):
    """Takes off a key that a library found in the environment: it is meant for somebody else."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers.pop("authorization", None)
        yield request


def client_options(most_bytes: int = MOST_BYTES) -> dict[str, Any]:
    """Return what an HTTP client is opened with."""
    return {
        "transport": BoundedTransport(most_bytes),
        "auth": _NoKey(),
        "trust_env": False,
        "follow_redirects": False,
        "timeout": httpx.Timeout(None, connect=_CONNECT_S),
        "headers": {"Accept-Encoding": "identity"},
    }
