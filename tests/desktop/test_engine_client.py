"""The client against a real admin server."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from butler.contract.engine_file import EngineFile
from butler.contract.events import CallRecorded, ConfigChanged, Resync, Snapshot
from butler.contract.places import engine_file
from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import CallRow, State, Status, Token, TokenSecret
from butler.desktop.app import Desktop
from butler.desktop.engine_client import EngineClient, EngineGone, Refused, part
from tests.desktop import samples
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine


@pytest.fixture
def door(engine: FakeEngine, directory: Path) -> EngineFile:
    return EngineFile.model_validate_json(engine_file(directory).read_bytes())


async def test_the_status(engine: FakeEngine, door: EngineFile) -> None:
    engine.status = samples.status(requests_today=7)
    async with EngineClient(door) as client:
        assert (await client.status()).requests_today == 7


async def test_a_setting_changes(engine: FakeEngine, door: EngineFile) -> None:
    async with EngineClient(door) as client:
        await client.change_setting("routing.enabled", False)
    assert engine.status.state is State.OFF


async def test_a_token_is_fetched_by_any_name(engine: FakeEngine, door: EngineFile) -> None:
    engine.status = samples.status(default_token="my laptop/2")
    async with EngineClient(door) as client:
        assert (await client.token_secret("my laptop/2")).token == samples.TOKEN


async def test_a_refusal_says_why(engine: FakeEngine, door: EngineFile) -> None:
    engine.refusal = Problem(code=ProblemCode.READ_ONLY, detail="Set by the command line.")
    async with EngineClient(door) as client:
        with pytest.raises(Refused) as caught:
            await client.change_setting("routing.enabled", False)
    assert [problem.code for problem in caught.value.problems] == [ProblemCode.READ_ONLY]


async def test_a_wrong_key_is_a_refusal(engine: FakeEngine, door: EngineFile) -> None:
    async with EngineClient(door.model_copy(update={"token": "guess"})) as client:
        with pytest.raises(Refused):
            await client.status()


async def test_nobody_there(engine: FakeEngine, door: EngineFile) -> None:
    await engine.stop()
    async with EngineClient(door) as client:
        with pytest.raises(EngineGone):
            await client.status()


async def test_somebody_else_there(door: EngineFile) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<h1>hi</h1>\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with (
        server,
        EngineClient(door.model_copy(update={"admin_url": f"http://127.0.0.1:{port}"})) as client,
    ):
        with pytest.raises(EngineGone):
            await client.status()


async def test_the_events_in_order(engine: FakeEngine, door: EngineFile) -> None:
    engine.calls = [samples.call(1)]
    # Longer than any line buffer: a snapshot holds whole traces.
    engine.calls += [samples.call(number, error="x" * 20_000) for number in range(2, 10)]
    seen = []
    async with EngineClient(door) as client, aclosing(client.events()) as events:
        async for event in events:
            seen.append(event)
            if isinstance(event, Snapshot):
                engine.record(samples.call(11))
                engine.configure(state=State.OFF)
                engine.resync()
                engine.cut()
    kinds = [type(event) for event in seen]
    assert kinds == [Snapshot, CallRecorded, ConfigChanged, Resync]
    assert len(seen[0].calls) == 9
    await until(lambda: engine.readers == 0)


async def test_lists_and_changes_at_the_real_engine(real: Desktop) -> None:
    client = real.actions.engine.client
    made = await client.ask("POST", "tokens", TokenSecret, {"name": "my laptop/2"})
    names = [token.name for token in await client.listed("tokens", Token)]
    assert sorted(names) == ["default", "my laptop/2"]
    assert len(await client.listed("requests", CallRow, limit=1, cached=False, text=None)) == 0
    await client.send("PATCH", f"tokens/{part(made.id)}", {"name": "other"})
    assert "other" in {token.name for token in await client.listed("tokens", Token)}
    exported = [chunk async for chunk in client.chunks("requests/export", format="csv")]
    assert b"".join(exported).startswith(b"started_at,id,")
    with pytest.raises(Refused):
        await client.read("requests", Status, limit=0)
