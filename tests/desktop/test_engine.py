"""Work that asks the engine runs beside the window, and what fails is said in words."""

import asyncio
from collections.abc import Sequence

import pytest

from butler.contract.problems import Problem, ProblemCode
from butler.desktop.app import Desktop
from butler.desktop.engine_client import EngineClient
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine

REFUSAL = Problem(code=ProblemCode.READ_ONLY, detail="Set by the command line.")


async def _change(client: EngineClient) -> None:
    await client.send("PATCH", "settings", {"routing.enabled": False})


async def test_work_gets_the_client_of_the_engine(desktop: Desktop) -> None:
    heard: list[str] = []

    async def work(client: EngineClient) -> None:
        heard.append((await client.status()).version)

    await desktop.actions.engine.run("status", work)
    assert heard == ["0.1.0"]


async def test_a_refusal_is_said_or_handed_on(desktop: Desktop, engine: FakeEngine) -> None:
    engine.refusal = REFUSAL
    said: list[str] = []
    told: list[Sequence[Problem]] = []
    desktop.actions.failed.connect(said.append)
    await desktop.actions.engine.run("change", _change)
    assert len(said) == 1
    await desktop.actions.engine.run("change", _change, told.append)
    assert (len(said), list(told[0])) == (1, [REFUSAL])
    desktop.actions.failed.disconnect(said.append)


@pytest.mark.allow_logs
async def test_no_engine_is_said(desktop: Desktop, engine: FakeEngine) -> None:
    said: list[str] = []
    desktop.actions.failed.connect(said.append)
    await engine.stop()
    await until(lambda: not desktop.state.routing)
    await desktop.actions.engine.run("change", _change)
    assert said == ["The engine does not answer right now. Try again when it runs."]
    desktop.actions.failed.disconnect(said.append)


async def test_what_went_away_can_cancel(desktop: Desktop) -> None:
    ended = asyncio.Event()

    async def work(_client: EngineClient) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    task = desktop.actions.engine.run("long", work)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait_for(ended.wait(), 5)
