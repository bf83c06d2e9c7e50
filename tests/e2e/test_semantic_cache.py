"""The same question in other words is answered again, by real answers, and by nobody else's."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from butler.engine.signals.embedder.sources import shipped
from tests.e2e.house import Got, House, until
from tests.engine.signals.embedder.tiny import make_model
from tests.fakes import Answer, Upstream

SEMANTIC = {"cache.exact": False, "arbiter.enabled": False, "embedding.budget_ms": 200}
WITHOUT_MODEL = {**SEMANTIC, "embedding.enabled": False}
QUESTION = "How do I reverse a linked list in Python?"
POLITELY = "please, how do i reverse a linked list in python"
OTHERWISE = "How can I reverse a linked list in Python?"
ANOTHER = "How do I sort a linked list in Python?"
ANSWER = Answer(chunks=["Walk through ", "it once."])

needs_model = pytest.mark.skipif(shipped() is None, reason="the model was not built")


@pytest.fixture
async def plain(tmp_path: Path, up: Upstream) -> AsyncIterator[House]:
    """An engine that has no model: only trivial edits are the same."""
    async with House(tmp_path / "data", command_line=WITHOUT_MODEL, all_layers=True) as house:
        await house.add(up)
        up.default = ANSWER
        yield house


@pytest.fixture
async def modelled(tmp_path: Path, up: Upstream) -> AsyncIterator[House]:
    """An engine with the model that is shipped."""
    async with House(tmp_path / "data", command_line=SEMANTIC, all_layers=True) as house:
        await house.add(up)
        up.default = ANSWER
        await ready(house)
        yield house


async def ready(house: House) -> None:
    """Wait for the embedding model."""

    async def is_ready() -> bool:
        return bool((await house.status())["embedder"]["phase"] == "ready")

    await until(is_ready, 30)


async def ask(house: House, text: str, **options: Any) -> Got:
    """Ask a question."""
    fields = options.pop("fields", {})
    body = {"model": "auto", "messages": [{"role": "user", "content": text}], **fields}
    return await house.post(body, **options)


async def kept(house: House, text: str, agent: str = aiohttp.http.SERVER_SOFTWARE) -> None:
    """Wait until a question of the same client would be answered from the cache."""

    async def is_kept() -> bool:
        got = await house.admin(
            "POST", "explain", {"text": text, "token": "default", "headers": {"User-Agent": agent}}
        )
        return bool(got.json["layer"] == "semantic_cache")

    await until(is_kept)


def layer(got: Got) -> str:
    assert got.status == 200, got.raw
    return str(got.headers["x-butler-layer"])


async def test_a_trivial_edit_is_the_same_question(plain: House, up: Upstream) -> None:
    assert layer(await ask(plain, QUESTION)) == "default"
    await kept(plain, QUESTION)
    again = await ask(plain, POLITELY)
    assert layer(again) == "semantic_cache"
    assert again.headers["x-butler-cache"] == "hit"
    assert again.headers["x-butler-target"] == "acme/alpha"
    assert again.json["choices"][0]["message"]["content"] == "Walk through it once."
    assert again.json["model"] == "acme/alpha"
    assert len(up.seen) == 1
    assert layer(await ask(plain, ANOTHER)) == "default"


async def test_hits_through_the_sdk_streamed_and_whole(plain: House, up: Upstream) -> None:
    # The scope is one client's: another one may have rules of its own.
    agent = {"User-Agent": "AsyncOpenAI/Python 3"}
    await ask(plain, QUESTION, headers=agent)
    await kept(plain, QUESTION, agent["User-Agent"])
    messages: list[Any] = [{"role": "user", "content": POLITELY}]
    async with plain.sdk() as sdk:
        whole = await sdk.chat.completions.create(model="auto", messages=messages)
        stream = await sdk.chat.completions.create(
            model="auto", messages=messages, stream=True, stream_options={"include_usage": True}
        )
        chunks = [chunk async for chunk in stream]
    assert whole.choices[0].message.content == "Walk through it once."
    assert whole.usage is not None
    assert whole.usage.total_tokens == 17
    said = [choice.delta.content or "" for chunk in chunks for choice in chunk.choices]
    assert "".join(said) == "Walk through it once."
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.total_tokens == 17
    assert len(up.seen) == 1


@needs_model
async def test_the_model_decides_about_other_words(modelled: House, up: Upstream) -> None:
    await ask(modelled, QUESTION)
    await kept(modelled, QUESTION)
    again = await ask(modelled, OTHERWISE)
    assert layer(again) == "semantic_cache"
    step = (await modelled.rows(2))[-1]["trace"][-1]
    assert step["layer"] == "semantic_cache"
    assert step["score"] >= 0.85
    assert layer(await ask(modelled, ANOTHER)) == "default"
    assert len(up.seen) == 2


async def test_no_answer_crosses_from_token_to_token(plain: House, up: Upstream) -> None:
    other = (await plain.admin("POST", "tokens", {"name": "other"})).json["token"]
    await ask(plain, QUESTION)
    await kept(plain, QUESTION)
    assert layer(await ask(plain, POLITELY, token=other)) == "default"
    assert len(up.seen) == 2


async def test_another_setting_is_another_question(plain: House, up: Upstream) -> None:
    await ask(plain, QUESTION)
    await kept(plain, QUESTION)
    for fields in ({"max_tokens": 5}, {"temperature": 0}, {"response_format": {"type": "text"}}):
        assert layer(await ask(plain, POLITELY, fields=fields)) == "default"
    told = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": POLITELY}]
    assert layer(await plain.post({"model": "auto", "messages": told})) == "default"
    for headers in ({"Cache-Control": "no-store"}, {"x-butler-cache": "bypass"}):
        assert layer(await ask(plain, POLITELY, headers=headers)) == "default"
    assert len(up.seen) == 7


async def test_a_wrong_answer_is_taken_back(plain: House, up: Upstream) -> None:
    await ask(plain, QUESTION)
    await kept(plain, QUESTION)
    wrong = (await ask(plain, POLITELY)).headers["x-butler-request-id"]
    hit = await plain.admin("GET", f"requests/{wrong}/hit")
    assert hit.json["similarity"] == 1
    told = await plain.admin("POST", f"requests/{wrong}/reject")
    assert told.json == {"request": wrong, "least_similarity": None}
    assert layer(await ask(plain, POLITELY)) == "default"
    assert layer(await ask(plain, QUESTION)) == "default"
    assert (await plain.admin("POST", f"requests/{wrong}/reject")).status == 404


async def test_a_client_calls_only_its_own_answers_wrong(plain: House, up: Upstream) -> None:
    other = (await plain.admin("POST", "tokens", {"name": "other"})).json["token"]
    await ask(plain, QUESTION)
    await kept(plain, QUESTION)
    wrong = (await ask(plain, POLITELY)).headers["x-butler-request-id"]
    said = {"x-butler-feedback": f"{wrong} wrong"}
    await ask(plain, "Who are you?", headers=said, token=other)
    assert layer(await ask(plain, POLITELY)) == "semantic_cache"
    assert layer(await ask(plain, POLITELY, headers=said)) == "default"


async def test_it_is_there_after_a_restart_and_lies_sealed(tmp_path: Path, up: Upstream) -> None:
    directory = tmp_path / "data"
    async with House(directory, command_line=WITHOUT_MODEL, all_layers=True) as house:
        await house.add(up)
        await ask(house, QUESTION)
        await kept(house, QUESTION)
        token = house.token
    async with House(directory, command_line=WITHOUT_MODEL, all_layers=True) as again:
        again.token = token
        await kept(again, QUESTION)
        assert layer(await ask(again, POLITELY)) == "semantic_cache"
    files = [path.read_bytes() for path in (directory / "cache").rglob("*") if path.is_file()]
    assert files
    assert not any(b"linked list" in data or b"Hello from" in data for data in files)


async def test_an_edit_begins_a_new_generation(plain: House, up: Upstream) -> None:
    await ask(plain, QUESTION)
    await kept(plain, QUESTION)
    await plain.rule("acme/beta")
    assert layer(await ask(plain, POLITELY)) == "rules"


@needs_model
async def test_another_model_may_be_chosen_while_it_runs(
    modelled: House, up: Upstream, tmp_path: Path
) -> None:
    await ask(modelled, QUESTION)
    await kept(modelled, QUESTION)
    await modelled.set(embedding__model=str(make_model(tmp_path / "tiny")))

    async def is_other() -> bool:
        embedder = (await modelled.status())["embedder"]
        return bool(embedder["phase"] == "ready" and embedder["model"] == "local/tiny")

    await until(is_other, 30)
    # Letters alone make this model's vectors: so near in spelling is near in meaning.
    await kept(modelled, OTHERWISE)
    assert layer(await ask(modelled, OTHERWISE)) == "semantic_cache"
    checks = (await modelled.admin("GET", "doctor")).json["items"]
    assert next(check for check in checks if check["name"] == "embedder")["detail"].startswith(
        "local/tiny"
    )
