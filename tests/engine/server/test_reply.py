"""What goes back to the client, and what the call remembers of it."""

import json
from typing import Any

from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.server.reply import mark_gone, note
from tests.e2e.house import House
from tests.engine.calls import new_call
from tests.fakes import Answer, Fail, Upstream


def test_what_is_kept_of_an_answer() -> None:
    call = new_call()
    usage = Usage(1, 2, source=UsageSource.REPORTED)
    note(call, [Delta(b"", text="Hel", content=True), Delta(b"", usage=usage)], OpenAIChat())
    note(call, [Delta(b"", text="lo", finish="stop"), Delta(b"", done=True)], OpenAIChat())
    assert (call.answer_tally.tokens, call.usage, call.finish) == (2, usage, "stop")


def test_a_client_that_is_gone_leaves_its_mark_once() -> None:
    call = new_call()
    mark_gone(call)
    call.end(200)
    assert (call.status, bool(call.error)) == (499, True)


async def test_a_stream_is_not_to_be_stored(house: House, up: Upstream) -> None:
    await house.add(up)
    got = await house.ask(stream=True)
    assert got.headers["Cache-Control"] == "no-cache"
    assert got.headers["Content-Type"] == "text/event-stream"
    assert got.headers["Server"] == "butler"


async def test_content_goes_out_as_soon_as_it_comes_in(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(Answer(chunks=["one ", "two ", "three "], chunk_delay_s=0.06))
    pieces: list[bytes] = []
    body: Any = {"messages": [{"role": "user", "content": "hi"}], "stream": True}
    async with house.session.post(
        house.engine.base_url + "/chat/completions",
        data=json.dumps(body),
        headers={"Authorization": f"Bearer {house.token}"},
    ) as reply:
        async for piece in reply.content.iter_any():
            pieces.append(piece)
    words = [sum(word in piece for piece in pieces) for word in (b"one", b"two", b"three")]
    assert words == [1, 1, 1]
    assert len([piece for piece in pieces if b"content" in piece]) >= 3


async def test_a_vendors_refusal_travels_as_it_came(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(dispatch__retries=0)
    vendor = {
        "error": {"message": "模型不存在", "type": "x", "param": "y", "code": None, "more": 1}
    }
    up.script(Fail(404, vendor), Fail(429, b"slow down", retry_after="3"))
    refused = await house.ask()
    assert (refused.status, refused.json) == (404, vendor)
    limited = await house.ask("acme/alpha")
    assert (limited.status, limited.headers["Retry-After"]) == (429, "3")
    assert limited.error["code"] == "rate_limited"
