"""The exact cache through the whole house: official client, real sockets, real files."""

import asyncio
from pathlib import Path
from typing import Any

from tests.e2e.house import HELLO, Got, House
from tests.fakes import Upstream

CACHE_ALONE = {"cache.semantic": False, "embedding.enabled": False, "arbiter.enabled": False}


def caching(data_dir: Path, **settings: Any) -> House:
    """A house with the exact cache and nothing else that keeps answers."""
    return House(data_dir, command_line={**CACHE_ALONE, **settings}, all_layers=True)


async def until_kept(house: House, answers: int = 1) -> None:
    """Wait until the log is written, which is when answers are kept."""
    async with asyncio.timeout(5):
        while (await house.admin("GET", "cache")).json["exact"]["entries"] < answers:
            await asyncio.sleep(0.02)


def ask(text: str = "Hello there, how are you?", **more: Any) -> dict[str, Any]:
    return {"model": "auto", "messages": [{"role": "user", "content": text}], **more}


def is_hit(got: Got) -> bool:
    assert got.status == 200, got.raw
    return got.headers["x-butler-cache"] == "hit"


async def test_a_hit_streamed_and_whole_asked_either_way_round(
    tmp_path: Path, up: Upstream
) -> None:
    for first_streams in (False, True):
        async with caching(tmp_path / str(first_streams)) as house:
            await house.add(up)
            asked_before = len(up.seen)
            first = await house.post(ask(stream=first_streams))
            assert not is_hit(first)
            await until_kept(house)
            whole = await house.post(ask())
            streamed = await house.post(ask(stream=True))
            assert is_hit(whole)
            assert is_hit(streamed)
            said = whole.json["choices"][0]["message"]["content"]
            assert said == streamed.text
            assert said == (first.text if first_streams else _said(first))
            assert whole.json["usage"]["total_tokens"] > 0
            assert whole.headers["x-butler-layer"] == "exact_cache"
            assert whole.headers["x-butler-target"] == "acme/alpha"
            assert len(up.seen) == asked_before + 1


def _said(got: Got) -> str:
    words: str = got.json["choices"][0]["message"]["content"]
    return words
