"""The event stream: a snapshot first, then every change in order, and a word when some are lost."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from butler.contract.events import EventName, Resync
from butler.engine.events import QUEUE_SIZE
from tests.e2e.house import House
from tests.fakes import Fail, Upstream


@dataclass(frozen=True, slots=True)
class Stream:
    """An open event stream."""

    reply: aiohttp.ClientResponse

    async def next(self) -> tuple[int, str, Any]:
        """The next event: its id, its name, its data."""
        async with asyncio.timeout(5):
            block = (await self.reply.content.readuntil(b"\n\n")).decode()
        fields = dict(line.split(": ", 1) for line in block.strip().splitlines())
        return int(fields["id"]), fields["event"], json.loads(fields["data"])


@asynccontextmanager
async def events(house: House) -> AsyncIterator[Stream]:
    headers = {"Authorization": f"Bearer {house.engine.admin_token}"}
    url = f"{house.engine.admin_url}/api/v1/events"
    async with house.session.get(url, headers=headers) as reply:
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/event-stream"
        yield Stream(reply)


async def test_a_snapshot_first(house: House) -> None:
    for _ in range(3):
        await house.ask("demo/cheap")
    rows = await house.rows(3)
    async with events(house) as stream:
        _, name, data = await stream.next()
    assert name == "snapshot"
    assert data["calls"] == rows[::-1]
    assert data["status"] == await house.status()


async def test_then_every_change_in_order(house: House, up: Upstream) -> None:
    async with events(house) as one, events(house) as two:
        start = (await one.next())[0]
        assert (await two.next())[0] == start
        await house.add(up)
        up.script(Fail(400))
        got = await house.ask()
        await house.row()
        await house.rule("acme/beta")
        await house.admin("PATCH", "tokens/default", {"name": "laptop"})
        await house.set(routing__enabled=False)
        for stream in (one, two):
            seen = [await stream.next() for _ in range(5)]
            assert [id_ for id_, _, _ in seen] == list(range(start + 1, start + 6))
            assert [name for _, name, _ in seen] == ["config", "call", *["config"] * 3]
            changed = [data["resources"] for _, name, data in seen if name == "config"]
            assert changed == [["providers"], ["rules"], ["tokens"], ["settings"]]
            assert [data["summary"] for _, name, data in seen if name == "config"] == [
                "provider 'acme' added",
                "rule 'everything' added",
                "token 'default' renamed to 'laptop'",
                "setting routing.enabled changed",
            ]
            call = seen[1][2]
            assert call["call"]["id"] == got.headers["x-butler-request-id"]
            assert (call["call"]["status"], call["status"]["requests_today"]) == (400, 1)
            last = seen[4][2]
            assert (last["status"]["state"], last["revision"]) == (
                "off",
                last["status"]["revision"],
            )


async def test_a_refused_change_and_a_check_are_no_events(house: House, up: Upstream) -> None:
    await house.add(up)
    async with events(house) as stream:
        await stream.next()
        await house.admin("POST", "tokens", {"name": "default"})
        await house.admin("POST", "rules:check", {"name": "x", "when": {}, "target": "a/b"})
        await house.set(routing__enabled=False)
        assert (await stream.next())[2]["resources"] == ["settings"]


async def test_a_reader_that_is_too_slow_is_told_to_start_over(house: House) -> None:
    """Fills all that lies between the engine and a reader that sleeps: sockets, then the queue."""
    bus = _bus(house)
    padding = Resync(reason="x" * 100_000)
    async with events(house) as stream:
        start, _, _ = await stream.next()
        for _ in range(3):
            for _ in range(QUEUE_SIZE // 2):
                bus.publish(EventName.CALL, padding)
            await asyncio.sleep(0.01)
        seen = [(start, "snapshot")]
        while seen[-1][1] != "resync":
            id_, name, _ = await stream.next()
            assert name == "resync" or id_ == seen[-1][0] + 1
            seen.append((id_, name))
        assert len(seen) < 3 * (QUEUE_SIZE // 2)
        assert seen[-1][0] == bus.last_id
        assert await stream.reply.content.read() == b""
    async with events(house) as stream:
        assert (await stream.next())[:2] == (bus.last_id, "snapshot")


def _bus(house: House) -> Any:
    """The engine's own bus, reached through its admin application."""
    (runner,) = [r for r in house.engine._runners if "events" in str(list(r.app.router.routes()))]
    for route in runner.app.router.routes():
        if "events" in str(route.resource):
            return route.handler.__self__.handler.__self__._control.bus  # type: ignore[union-attr]
    pytest.fail("there is no event stream")


async def test_a_reader_that_leaves_is_forgotten(house: House) -> None:
    bus = _bus(house)
    async with events(house) as stream:
        await stream.next()
        assert bus.has_listeners
    async with asyncio.timeout(2):
        while bus.has_listeners:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
