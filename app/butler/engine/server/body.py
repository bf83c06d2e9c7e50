"""Reading a request's body, to a limit that fits long contexts and images."""

import asyncio
import time
from typing import Protocol

from aiohttp import StreamReader, web

from butler.engine.call import Call, Request
from butler.engine.errors import ClientError

MAX_BODY_BYTES = 100 * 1024 * 1024
_SMALL_BYTES = 64 * 1024
_LARGE_BYTES = 1024 * 1024


class RequestReader(Protocol):
    """Reads bodies of one kind; a dialect is one."""

    def read_request(self, body: bytes) -> Request:
        """Read a request; raises ClientError where it is none."""


async def read_request(request: web.Request, call: Call, dialect: RequestReader) -> Request:
    """Return what is asked; a large body is read off the loop, so that nobody else waits for it.

    Raises ClientError for a body that can not be read, or is no request.
    """
    body = await read_body(request, call)
    if len(body) <= _LARGE_BYTES:
        return dialect.read_request(body)
    return await asyncio.to_thread(dialect.read_request, body)


async def read_body(request: web.Request, call: Call) -> bytes:
    """Return the body; the wait for the client's upload is no time of ours.

    Raises ClientError (413) for a body over the limit, (400) for one that breaks off or does
    not fit its encoding.
    """
    started_ns = time.perf_counter_ns()
    content = request.content
    try:
        if content.is_eof() and content.total_bytes <= _SMALL_BYTES:
            # All of it has arrived: there is nothing to wait for, nor to put together.
            return content.read_nowait()
        return await _large(content)
    except web.RequestPayloadError:
        raise ClientError(
            400, "unreadable_body", "The body breaks off, or is not encoded as its headers say."
        ) from None
    finally:
        call.body_wait_ns = time.perf_counter_ns() - started_ns


async def _large(content: StreamReader) -> bytes:
    """Put a body together once all of it has come: each copy of many megabytes takes a while."""
    pieces: list[bytes] = []
    left = MAX_BODY_BYTES
    while piece := await content.readany():
        left -= len(piece)
        if left < 0:
            raise ClientError(
                413,
                "request_too_large",
                f"The request is larger than {MAX_BODY_BYTES // 1024 // 1024} MB.",
            )
        pieces.append(piece)
    return b"".join(pieces)
