"""A call with an arbiter near by: it decides, or it costs no more than its budget."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import Got, House, until
from tests.fakes import Upstream
from tests.fakes.arbiters import llama, ollama, real_ollama
from tests.fakes.ollama import Cut, FakeOllama, Flood, Raw, Says

__all__ = ["llama", "ollama", "real_ollama"]

BUDGET_MS = 300
SLACK_MS = 250
LIES = {
    "prose": Says("Gladly! That is about coding."),
    "unknown route": Says('{"route": "the vault"}'),
    "more than asked": Says('{"route": "coding", "model": "gpt"}'),
    "truncated": Says('{"route": "cod', reason="length"),
    "hanging": Says('{"route": "coding"}', after_s=30),
    "no JSON": Raw(b"not json at all"),
    "broken": Raw(b'{"error": "out of memory"}', status=500),
    "redirect": Raw(b"", status=307, headers={"Location": "http://169.254.169.254/latest"}),
    "cut": Cut(),
    "endless": Flood(),
}


@asynccontextmanager
async def living(tmp_path: Path, ollama: FakeOllama, up: Upstream) -> AsyncIterator[House]:
    """An engine with two categories, and an arbiter that is ready to choose between them."""
    given = {
        "arbiter.enabled": True,
        "arbiter.url": ollama.url,
        "arbiter.budget_ms": BUDGET_MS,
        "semantic.enabled": False,
    }
    async with House(tmp_path / "data", command_line=given) as house:
        await house.add(up)
        for name, target in (("coding", "acme/beta"), ("chat", "acme/alpha")):
            await categorise(house, name, target)
        await until(lambda: _is_ready(house))
        yield house


async def categorise(house: House, name: str, target: str) -> None:
    """Let a category lead to a target, whether it is shipped or new."""
    listed = (await house.admin("GET", "categories")).json["items"]
    known = next((one["id"] for one in listed if one["name"].lower() == name), None)
    if known is None:
        body = {"name": name, "description": f"All about {name}", "targets": [target]}
        got = await house.admin("POST", "categories", body)
    else:
        got = await house.admin("PATCH", f"categories/{known}", {"name": name, "targets": [target]})
    assert got.status in (200, 201), got.raw


async def _is_ready(house: House) -> bool:
    return bool((await house.admin("GET", "arbiter")).json["phase"] == "ready")


def step(row: dict[str, Any]) -> dict[str, Any]:
    """The arbiter's line in a call's trace."""
    return next(line for line in row["trace"] if line["layer"] == "arbiter")


async def traced(house: House, got: Got) -> dict[str, Any]:
    found = await house.admin("GET", f"requests/{got.headers['x-butler-request-id']}")
    row: dict[str, Any] = found.json
    return row


async def test_it_decides_where_nothing_else_did(
    tmp_path: Path, ollama: FakeOllama, up: Upstream
) -> None:
    async with living(tmp_path, ollama, up) as house:
        got = await house.ask()
        assert got.status == 200, got.raw
        assert got.headers["x-butler-layer"] == "arbiter"
        assert got.headers["x-butler-target"] == "acme/beta"


async def test_a_real_model_decides(tmp_path: Path, real_ollama: FakeOllama, up: Upstream) -> None:
    async with living(tmp_path, real_ollama, up) as house:
        layers = set()
        for number in range(12):
            messages = [{"role": "user", "content": f"Question number {number * 7}"}]
            got = await house.post({"model": "auto", "messages": messages})
            assert got.status == 200, got.raw
            layers.add(got.headers["x-butler-layer"])
        assert "arbiter" in layers


@pytest.mark.parametrize("lie", LIES)
async def test_a_lying_server_costs_no_more_than_the_budget(
    tmp_path: Path, ollama: FakeOllama, up: Upstream, lie: str
) -> None:
    async with living(tmp_path, ollama, up) as house:
        ollama.faults.append(LIES[lie])
        started = time.perf_counter()
        got = await house.ask()
        took_ms = (time.perf_counter() - started) * 1000
        assert (got.status, got.headers["x-butler-layer"]) == (200, "default")
        assert took_ms < BUDGET_MS + SLACK_MS


async def test_a_dead_server_costs_nothing(
    tmp_path: Path, ollama: FakeOllama, up: Upstream
) -> None:
    async with living(tmp_path, ollama, up) as house:
        await ollama.stop()
        for _ in range(3):
            got = await house.ask()
            assert (got.status, got.headers["x-butler-layer"]) == (200, "default")
        row = (await house.rows(3))[-1]
        assert step(row)["outcome"] == "skipped"
        assert "absent" in step(row)["reason"]
