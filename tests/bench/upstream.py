"""The fastest upstream we can write: fixed replies over bare HTTP/1.1. `upstream.py PORT`.

It reads no JSON: a body with `"stream":true` gets the stream, any other the 1 KB completion.
"""

import asyncio
import json
import re
import sys
from typing import Any, cast

import uvloop

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_STREAM = re.compile(rb'"stream": ?true')
_EVENTS = 20
_BODY_BYTES = 1024


def _head(content_type: str, framing: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n{framing}\r\n\r\n".encode()


def _body(kind: str, choice: dict[str, Any], **more: Any) -> bytes:
    body = {"id": "chatcmpl-bench", "object": kind, "created": 1_700_000_000, "model": "alpha"}
    choices = [{"index": 0, **choice}]
    return json.dumps({**body, "choices": choices, **more}, separators=(",", ":")).encode()


def whole_reply() -> bytes:
    """A chat completion whose body is exactly 1 KB."""
    usage = {"prompt_tokens": 200, "completion_tokens": 150, "total_tokens": 350}

    def body(text: str) -> bytes:
        message = {"role": "assistant", "content": text}
        choice = {"message": message, "finish_reason": "stop"}
        return _body("chat.completion", choice, usage=usage)

    data = body("x" * (_BODY_BYTES - len(body(""))))
    return _head("application/json", f"Content-Length: {len(data)}") + data


def streamed_reply() -> bytes:
    """The same as a stream of chunks of one word each, all at once."""
    deltas = [{"role": "assistant", "content": ""}, *({"content": "word "} for _ in range(_EVENTS))]
    bodies = [
        *(_body("chat.completion.chunk", {"delta": d, "finish_reason": None}) for d in deltas),
        _body("chat.completion.chunk", {"delta": {}, "finish_reason": "stop"}),
        b"[DONE]",
    ]
    frames = [b"data: " + body + b"\n\n" for body in bodies]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(frame), frame) for frame in frames)
    return _head("text/event-stream", "Transfer-Encoding: chunked") + chunks + b"0\r\n\r\n"


class Replies(asyncio.Protocol):
    """One keep-alive connection."""

    def __init__(self, whole: bytes, streamed: bytes) -> None:
        self._whole = whole
        self._streamed = streamed
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        # uvloop's transports only look like asyncio's: isinstance would say no.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer every complete request in the buffer."""
        self._pending += data
        while (head_end := self._pending.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._pending, 0, head_end)
            end = head_end + 4 + (int(length[1]) if length else 0)
            if len(self._pending) < end:
                return
            stream = _STREAM.search(self._pending, head_end, end)
            self._pending = self._pending[end:]
            self._transport.write(self._streamed if stream else self._whole)


async def _serve(port: int) -> None:
    whole, streamed = whole_reply(), streamed_reply()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Replies(whole, streamed), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
