"""Asking the endpoint as a tool does: an answer, or why there is none."""

import pytest

from butler.desktop.data_plane import NotAnswered, ask
from tests.fakes import Fail, Upstream


async def test_an_answer() -> None:
    async with Upstream() as up:
        answer = await ask(up.base_url, up.key, "Hi", model="alpha")
    assert answer.text
    assert answer.call_id == ""


async def test_a_refusal_says_why() -> None:
    async with Upstream() as up:
        with pytest.raises(NotAnswered, match="key"):
            await ask(up.base_url, "sk-wrong", "Hi", model="alpha")
        up.script(Fail(503))
        with pytest.raises(NotAnswered):
            await ask(up.base_url, up.key, "Hi", model="alpha")


async def test_nobody_there() -> None:
    with pytest.raises(NotAnswered):
        await ask("http://127.0.0.1:9/v1", "sk", "Hi")
