"""A kept answer goes out whole or as a stream, with the usage that it had."""

import json
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from butler.engine.call import Call, Replay
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.kept import KeptAnswer, KeptCall
from butler.engine.server.kept import send_kept
from tests.engine.calls import HELLO, new_call

CALLS = (KeptCall("call_1", "clock", '{"zone":"UTC"}'),)


async def sent(*, stream: bool, kept: KeptAnswer) -> tuple[Call, str, str]:
    """Send an answer through a real socket; return call, content type and body."""
    call = new_call({**HELLO, "stream": stream, "stream_options": {"include_usage": True}})
    call.verdict = Replay(kept, "exact_cache", "the same was asked before")

    async def handle(request: web.Request) -> web.StreamResponse:
        assert isinstance(call.verdict, Replay)
        return await send_kept(request, call, OpenAIChat(), call.verdict)

    app = web.Application()
    app.router.add_get("/", handle)
    async with TestClient(TestServer(app)) as client:
        reply = await client.get("/")
        assert reply.headers["x-butler-cache"] == "hit"
        assert reply.headers["x-butler-target"] == "acme/alpha"
        return call, reply.content_type, await reply.text()


def answer(tokens: tuple[int, int] | None = (12, 5)) -> KeptAnswer:
    read, written = tokens or (None, None)
    now = datetime.now(UTC)
    return KeptAnswer("acme", "alpha", "Hello.", (), "stop", read, written, now)


async def test_whole() -> None:
    call, kind, body = await sent(stream=False, kept=answer())
    told = json.loads(body)
    assert kind == "application/json"
    assert told["choices"][0]["message"]["content"] == "Hello."
    assert told["usage"]["total_tokens"] == 17
    assert (call.status, call.finish, call.attempts) == (200, "stop", [])


async def test_streamed() -> None:
    _, kind, body = await sent(stream=True, kept=answer())
    assert kind == "text/event-stream"
    assert body.rstrip().endswith("data: [DONE]")
    assert '"content":"Hello."' in body
    assert '"total_tokens":17' in body


@pytest.mark.parametrize("stream", [True, False])
async def test_tool_calls_go_out_as_they_came(stream: bool) -> None:
    now = datetime.now(UTC)
    kept = KeptAnswer("acme", "alpha", "", CALLS, "tool_calls", 1, 1, now)
    _, _, body = await sent(stream=stream, kept=kept)
    assert '"clock"' in body
    assert '"call_1"' in body


async def test_usage_that_nobody_knew_is_not_made_up() -> None:
    call, _, _ = await sent(stream=False, kept=answer(None))
    assert call.usage.source.value == "unknown"
    assert call.answer_tally.tokens > 0


async def test_the_ledger_hears_what_was_said() -> None:
    call, _, _ = await sent(stream=True, kept=answer())
    assert call.answer_tally.tokens > 0
    wanted = call.runtime.keeps_answers
    assert call.answer_words == (["Hello."] if wanted else [])
