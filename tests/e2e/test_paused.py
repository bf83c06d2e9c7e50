"""While the owner has paused: new calls are told to come again, what runs is finished."""

import asyncio

import pytest

from tests.e2e.house import HELLO, House, until
from tests.fakes import Answer, SlowHeaders, Upstream

ASKED = {
    "/v1/chat/completions": {"model": "auto", "messages": HELLO},
    "/v1/responses": {"model": "auto", "input": "hi"},
    "/v1/messages": {"model": "auto", "max_tokens": 5, "messages": HELLO},
    "/v1/embeddings": {"model": "auto", "input": "hi"},
    "/v1beta/models/auto:generateContent": {"contents": [{"parts": [{"text": "hi"}]}]},
}


@pytest.mark.parametrize("path", ASKED)
async def test_every_protocol_is_told_to_come_again(house: House, up: Upstream, path: str) -> None:
    await house.add(up)
    await house.set(server__paused=True)
    got = await house.call("POST", path, ASKED[path])
    assert (got.status, got.headers["Retry-After"]) == (503, "30")
    assert "paused by its owner" in got.raw.decode()
    assert up.seen == []
    assert (await house.row())["status"] == 503


async def test_what_runs_is_finished_and_the_rest_still_answers(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(SlowHeaders(1.5, Answer(text="late")))
    running = asyncio.create_task(house.ask(stream=True))
    await until(lambda: bool(up.seen))
    await house.set(server__paused=True)
    assert (await house.ask()).status == 503
    assert (await house.call("GET", "/v1/models")).status == 200
    assert (await house.call("GET", "/health")).status == 200
    assert (await house.status())["state"] == "paused"
    assert (await running).status == 200
    await house.set(server__paused=False)
    assert (await house.ask()).status == 200
    assert (await house.status())["state"] == "routing"


async def test_a_stranger_is_not_told(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(server__paused=True)
    assert (await house.post({}, token="wrong")).status == 401
