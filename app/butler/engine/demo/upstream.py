"""A small server on loopback that speaks chat completions for the two pretend models.

The demo takes the same way as every provider: over a socket, with a key, through the same
dispatcher. So what a newcomer sees is the product, not a special case of it.
"""

import asyncio
import re
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

import orjson
from aiohttp import web

from butler.engine.demo.answers import answer
from butler.engine.http_log import http_logger
from butler.engine.providers.base import Connection
from butler.engine.providers.demo import CHEAP, KIND, NAME, STRONG
from butler.engine.signals.tokens import request_tokens, text_tokens

_PIECES = re.compile(r"\s*\S+|\s+")
_PIECE_PAUSE_S = 0.004
_MAX_BODY_BYTES = 110 * 1024 * 1024


class DemoUpstream:
    """Serves `cheap` and `strong` on a free loopback port, to the engine only."""

    def __init__(self) -> None:
        self._key = secrets.token_urlsafe(24)
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def start(self) -> None:
        """Listen."""
        app = web.Application(client_max_size=_MAX_BODY_BYTES)
        app.router.add_post("/v1/chat/completions", self._chat)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, logger=http_logger()
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def connection(self) -> Connection:
        """How the engine reaches it."""
        url = f"http://127.0.0.1:{self._port}/v1"
        return Connection(NAME, KIND.id, url, self._key, {"completions": False})

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not secrets.compare_digest(given, f"Bearer {self._key}".encode()):
            return _refuse(401, "This model answers to its own engine only.", "invalid_api_key")
        body = orjson.loads(await request.read())
        if body.get("model") not in (CHEAP, STRONG):
            return _refuse(404, f"There is no model {body.get('model')!r}.", "model_not_found")
        completion = _Completion(body)
        if not body.get("stream"):
            return web.Response(body=completion.whole(), content_type="application/json")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        async for event in completion.events():
            await response.write(event)
        await response.write_eof()
        return response


class _Completion:
    """One pretend answer, whole or as events."""

    def __init__(self, body: dict[str, Any]) -> None:
        messages = body.get("messages")
        self._model: str = body["model"]
        self._text = answer(self._model, messages if isinstance(messages, list) else [])
        options = body.get("stream_options")
        self._wants_usage = isinstance(options, dict) and bool(options.get("include_usage"))
        prompt, said = request_tokens(body), text_tokens(self._text)
        self._usage = {
            "prompt_tokens": prompt,
            "completion_tokens": said,
            "total_tokens": prompt + said,
        }
        self._head = {
            "id": "chatcmpl-" + secrets.token_hex(12),
            "created": int(time.time()),
            "model": self._model,
        }

    def whole(self) -> bytes:
        """Return the completion object."""
        message = {"role": "assistant", "content": self._text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return orjson.dumps(
            {
                **self._head,
                "object": "chat.completion",
                "choices": [choice],
                "usage": self._usage,
            }
        )

    async def events(self) -> AsyncIterator[bytes]:
        """Yield the completion word by word, as fast as a quick model."""
        yield self._chunk({"role": "assistant", "content": ""})
        for piece in _PIECES.findall(self._text):
            yield self._chunk({"content": piece})
            await asyncio.sleep(_PIECE_PAUSE_S)
        yield self._chunk({}, "stop")
        if self._wants_usage:
            yield self._event({"choices": [], "usage": self._usage})
        yield b"data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, str], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self._wants_usage else {}
        return self._event({"choices": [choice], **usage})

    def _event(self, fields: dict[str, Any]) -> bytes:
        chunk = {**self._head, "object": "chat.completion.chunk", **fields}
        return b"data: " + orjson.dumps(chunk) + b"\n\n"


def _refuse(status: int, message: str, code: str) -> web.Response:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return web.json_response({"error": error}, status=status)
