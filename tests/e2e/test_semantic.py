"""Routing by meaning, end to end, with the shipped model: examples lead calls to their target."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from butler.engine.signals.embedder.sources import shipped
from tests.e2e.house import House

pytestmark = pytest.mark.skipif(shipped() is None, reason="the embedding model is not built")
MEANING_ALONE = {"cache.exact": False, "cache.semantic": False, "arbiter.enabled": False}
_WAIT_S = 30.0
LAW = {
    "name": "law",
    "description": "Contracts and courts.",
    "utterances": [
        "Is this clause of the lease enforceable?",
        "Can my landlord keep the deposit?",
        "What are my rights if the contract is breached?",
        "Draft a non-disclosure agreement",
        "Can I be sued for this?",
    ],
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path, command_line=MEANING_ALONE, all_layers=True) as house:
        yield house


async def step(house: House, text: str) -> dict[str, Any]:
    """What the layer says of a prompt, once it has read its examples."""
    async with asyncio.timeout(_WAIT_S):
        while True:
            got = (await house.admin("POST", "explain", {"text": text, "beyond": True})).json
            (found,) = [one for one in got["trace"] if one["layer"] == "semantic"] or [None]
            if found is None:
                raise AssertionError(f"{got['layer']} was quicker")
            if "being read" not in found["reason"] and "loading" not in found["reason"]:
                return {**found, "target": got["target"], "by": got["layer"]}
            await asyncio.sleep(0.05)


async def test_the_demo_shows_it(house: House) -> None:
    found = await step(house, "Give me the key points of the following text, as few as you can")
    assert found["outcome"] in ("decided", "passed"), found
    assert found["score"] is not None


async def test_chinese_text_is_not_guessed_at(house: House) -> None:
    await step(house, "recap what was said in this text")
    found = await step(house, "量子纠缠的哲学意义值得深思")
    assert found["outcome"] == "skipped"
    assert "can not read" in found["reason"]
