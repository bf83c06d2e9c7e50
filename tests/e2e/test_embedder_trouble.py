"""Without an embedding, or with a late one, calls go on: by rules, else the default."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from butler.engine.signals.embedder.sources import shipped
from tests.e2e.house import House, until
from tests.engine.signals.embedder.tiny import make_model
from tests.fakes import Upstream

NO_CACHES = {"cache.exact": False, "arbiter.enabled": False}
LONG = "Please look at the following report about the harbour and its lighthouses. " * 60
_WAIT_S = 30.0


@pytest.fixture
async def mapped(tmp_path: Path, up: Upstream) -> AsyncIterator[House]:
    """A house whose every category leads somewhere, so that meaning is asked."""
    async with House(tmp_path, command_line=NO_CACHES, all_layers=True) as house:
        await house.add(up)
        for category in (await house.admin("GET", "categories")).json["items"]:
            named = {"targets": ["acme/beta"]}
            got = await house.admin("PATCH", f"categories/{category['id']}", named)
            assert got.status == 200, got.raw
        yield house


async def asked(house: House, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ask, and return the row with the trace line of `semantic`."""
    got = await house.post({"model": "auto", "messages": [{"role": "user", "content": text}]})
    assert got.status == 200, got.raw
    id_ = got.headers["x-butler-request-id"]

    async def is_written() -> bool:
        return (await house.admin("GET", f"requests/{id_}")).status == 200

    await until(is_written, _WAIT_S)
    row: dict[str, Any] = (await house.admin("GET", f"requests/{id_}")).json
    (step,) = [step for step in row["trace"] if step["layer"] == "semantic"]
    return row, step


async def until_meaning(house: House, said: str) -> dict[str, Any]:
    """Ask short questions until the layer says this, or decides."""
    async with asyncio.timeout(_WAIT_S):
        while True:
            row, step = await asked(house, f"Write a poem about the sea, number {time.time_ns()}")
            if said in step["reason"]:
                return row
            await asyncio.sleep(0.1)


@pytest.mark.skipif(shipped() is None, reason="the embedding model is not built")
async def test_one_that_is_too_slow_is_not_waited_for(mapped: House) -> None:
    await until_meaning(mapped, "is nearest")
    await mapped.set(embedding__budget_ms=10)
    row, step = await asked(mapped, LONG)
    assert (row["status"], row["layer"]) == (200, "default")
    assert "10 ms" in step["reason"]
    assert step["ms"] < 250


@pytest.mark.allow_logs("no embedding model: ")
async def test_one_that_is_broken_is_done_without(mapped: House, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "broken")
    (folder / "model.onnx").write_bytes(b"no model at all")
    await mapped.set(embedding__model=str(folder))
    row = await until_meaning(mapped, "can not be loaded")
    assert (row["status"], row["layer"]) == (200, "default")
    checks = (await mapped.admin("GET", "doctor")).json["items"]
    (embedder,) = [check for check in checks if check["name"] == "embedder"]
    assert "can not be loaded" in str(embedder)


async def test_none_at_all_is_said(mapped: House) -> None:
    await mapped.set(embedding__enabled=False)
    row = await until_meaning(mapped, "switched it off")
    assert (row["status"], row["layer"]) == (200, "default")
