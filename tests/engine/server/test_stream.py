"""Headers held back, heartbeats while a client waits, and what follows them."""

import asyncio
import json
from dataclasses import dataclass

import aiohttp

from tests.e2e.house import HELLO, House, until
from tests.e2e.test_fallback import Raw
from tests.fakes import Answer, CutAfter, Fail, Silence, SlowHeaders, Upstream
from tests.fakes.exchange import Exchange

BEAT = b": keepalive\n\n"


async def waiting(house: House) -> aiohttp.ClientResponse:
    """Ask for a stream, and return as soon as headers have come."""
    body = json.dumps({"messages": HELLO, "stream": True})
    return await house.session.post(
        house.engine.base_url + "/chat/completions",
        data=body,
        headers={"Authorization": f"Bearer {house.token}"},
    )


async def test_a_quick_answer_has_no_heartbeat(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(dispatch__heartbeat_ms=100)
    up.script(Answer(chunk_delay_s=0.03))
    assert BEAT not in (await house.ask(stream=True)).raw


async def test_who_waits_hears_from_us_and_then_gets_the_answer(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(dispatch__heartbeat_ms=100)
    up.script(SlowHeaders(0.35), Silence(0.35, after=1))
    got = await house.ask(stream=True)
    assert got.raw.startswith(BEAT * 3 + b"data: ")
    assert got.text == "Hello from the upstream."
    assert got.headers["Content-Type"] == "text/event-stream"
    assert got.headers["x-butler-target"] == "acme/alpha"
    assert "x-butler-overhead-ms" not in got.headers
    row = await house.row()
    assert (row["status"], row["error"]) == (200, None)
    assert row["ttft_ms"] > 300
    assert row["overhead_ms"] < 100


async def test_headers_name_the_attempt_of_the_moment_the_log_the_last_one(
    house: House, up: Upstream, other: Upstream
) -> None:
    await house.add(up)
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    await house.set(dispatch__heartbeat_ms=100, dispatch__retries=0)
    up.script(Silence(0.25, after=1))
    other.script(SlowHeaders(0.15))
    got = await house.ask(stream=True)
    assert (got.headers["x-butler-target"], got.headers["x-butler-attempts"]) == ("acme/alpha", "1")
    assert got.raw.count(BEAT) >= 3
    assert got.text == "Hello from the upstream."
    assert {event["model"] for event in got.events[:-1]} == {"backup/gamma"}
    row = await house.row()
    assert (row["target"], row["status"]) == ("backup/gamma", 200)
    assert [attempt["outcome"] for attempt in row["attempts"]] == ["failed", "answered"]


async def test_when_all_fail_after_a_heartbeat_an_event_says_so(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(dispatch__heartbeat_ms=100, dispatch__retries=0)

    @dataclass
    class Late:
        async def play(self, exchange: Exchange) -> None:
            await exchange.pause(0.15)
            await Fail(503).play(exchange)

    up.script(Late())
    got = await house.ask(stream=True)
    assert got.status == 200
    assert got.raw.startswith(BEAT)
    assert [event["error"]["code"] for event in got.events] == ["server_error"]
    assert "[DONE]" not in got.raw.decode()
    row = await house.row()
    assert (row["status"], row["target"]) == (503, None)


async def test_an_answer_in_one_piece_after_a_heartbeat_becomes_events(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    await house.set(dispatch__heartbeat_ms=100)
    whole = (
        b'{"id":"x","model":"alpha","choices":[{"index":0,"finish_reason":"stop",'
        b'"message":{"role":"assistant","content":"All at once."}}]}'
    )

    @dataclass
    class Late:
        async def play(self, exchange: Exchange) -> None:
            await exchange.pause(0.15)
            await Raw((whole,), content_type="application/json").play(exchange)

    up.script(Late())
    got = await house.ask(stream=True)
    assert got.text == "All at once."
    assert got.events[-1] == "[DONE]"


async def test_a_silence_after_content_is_filled_as_well(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(dispatch__heartbeat_ms=100)
    up.script(Silence(0.5, after=3))
    got = await house.ask(stream=True)
    assert got.raw.count(BEAT) >= 2
    # Between whole events, never inside one.
    assert all(block.startswith((b"data: ", b": ")) for block in got.raw.split(b"\n\n") if block)
    assert got.events[-1]["error"]["code"] == "cut"


async def test_a_client_that_leaves_after_a_heartbeat_ends_the_upstreams_work(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    await house.set(dispatch__heartbeat_ms=100)
    up.script(Silence())
    reply = await waiting(house)
    assert await reply.content.readany() == BEAT
    reply.close()
    await up.saw_disconnect(2)
    await house.until_idle()
    assert (await house.row())["status"] == 499


async def test_a_stream_that_is_done_is_ended_though_its_provider_hangs_on(
    house: House, up: Upstream
) -> None:
    await house.add(up)

    @dataclass
    class HangsOn:
        async def play(self, exchange: Exchange) -> None:
            chunk = b'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\n'
            await exchange.begin("text/event-stream")
            await exchange.write(chunk + b"data: [DONE]\n\n")
            await asyncio.Event().wait()

    up.script(HangsOn())
    async with asyncio.timeout(1):
        assert (await house.ask(stream=True)).events[-1] == "[DONE]"
    await up.saw_disconnect(4)
    assert (await house.row())["status"] == 200


async def test_the_connection_of_a_stream_that_ends_a_moment_later_is_kept(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    peers: set[object] = set()

    @dataclass
    class Slowly:
        async def play(self, exchange: Exchange) -> None:
            peers.add(exchange._transport.get_extra_info("peername"))
            chunk = b'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\n'
            await exchange.begin("text/event-stream")
            await exchange.write(chunk + b"data: [DONE]\n\n")
            await exchange.pause(0.05)
            await exchange.end()

    for _ in range(3):
        up.script(Slowly())
        assert (await house.ask(stream=True)).status == 200
        await asyncio.sleep(0.1)
    assert len(peers) == 1
    await until(lambda: not up.disconnects)


async def test_a_cut_after_the_first_heartbeat_is_retried_unseen(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    await house.set(dispatch__heartbeat_ms=100)
    up.script(Silence(0.15, after=1), CutAfter(1))
    got = await house.ask(stream=True)
    assert got.text == "Hello from the upstream."
    assert len(up.seen) == 3
