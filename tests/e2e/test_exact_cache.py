"""The exact cache through the whole house: official client, real sockets, real files."""

import asyncio
from pathlib import Path
from typing import Any

from tests.e2e.house import HELLO, Got, House, until
from tests.fakes import Answer, CutAfter, ToolCall, ToolCalls, Upstream

CACHE_ALONE = {"cache.semantic": False, "embedding.enabled": False, "arbiter.enabled": False}


def caching(data_dir: Path, **settings: Any) -> House:
    """A house with the exact cache and nothing else that keeps answers."""
    return House(data_dir, command_line={**CACHE_ALONE, **settings}, all_layers=True)


async def until_kept(house: House, answers: int = 1) -> None:
    """Wait until so many answers are kept."""

    async def enough() -> bool:
        entries: int = (await house.admin("GET", "cache")).json["exact"]["entries"]
        return entries >= answers

    await until(enough)


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


async def test_the_official_client_gets_kept_answers(tmp_path: Path, up: Upstream) -> None:
    async with caching(tmp_path) as house, house.sdk() as sdk:
        await house.add(up)
        first = await sdk.chat.completions.create(model="auto", messages=HELLO)
        await until_kept(house)
        again = await sdk.chat.completions.create(model="auto", messages=HELLO)
        pieces = [
            chunk
            async for chunk in await sdk.chat.completions.create(
                model="auto",
                messages=HELLO,
                stream=True,
                stream_options={"include_usage": True},
            )
        ]
    assert again.choices[0].message.content == first.choices[0].message.content
    assert again.usage is not None
    assert first.usage is not None
    assert again.usage.total_tokens == first.usage.total_tokens
    said = "".join(one.choices[0].delta.content or "" for one in pieces if one.choices)
    assert said == first.choices[0].message.content
    assert pieces[-1].usage is not None
    assert len(up.seen) == 1


async def test_no_answer_goes_to_another_token_unless_shared(tmp_path: Path, up: Upstream) -> None:
    async with caching(tmp_path) as house:
        await house.add(up)
        other = (await house.admin("POST", "tokens", {"name": "other"})).json["token"]
        await house.post(ask())
        await until_kept(house)
        assert not is_hit(await house.post(ask(), token=other))
        assert is_hit(await house.post(ask()))
        await house.set(cache__scope="shared")
        await house.post(ask("Shared?"))
        await until_kept(house, 3)
        assert is_hit(await house.post(ask("Shared?"), token=other))
        narrow = {"name": "narrow", "allowed_models": ["auto", "acme/beta"]}
        narrow_token = (await house.admin("POST", "tokens", narrow)).json["token"]
        refused = await house.post(ask("Shared?"), token=narrow_token)
        assert refused.headers.get("x-butler-cache") != "hit"


async def test_headers_leave_the_cache_out_or_make_it_new(tmp_path: Path, up: Upstream) -> None:
    async with caching(tmp_path) as house:
        await house.add(up)
        for headers in ({"Cache-Control": "no-store"}, {"x-butler-cache": "bypass"}):
            assert not is_hit(await house.post(ask(), headers=headers))
        await house.rows(2)
        assert (await house.admin("GET", "cache")).json["exact"]["entries"] == 0
        await house.post(ask())
        await until_kept(house)
        for name, value in (("Cache-Control", "no-cache"), ("x-butler-cache", "bypass")):
            assert not is_hit(await house.post(ask(), headers={name: value}))
        assert is_hit(await house.post(ask()))
        assert len(up.seen) == 5


async def test_answers_outlast_a_restart_and_lie_sealed(tmp_path: Path, up: Upstream) -> None:
    secret = "the quokka sleeps at noon"
    async with caching(tmp_path) as house:
        await house.add(up)
        await house.post(ask(secret))
        await until_kept(house)
        token = house.token
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]  # noqa: ASYNC240 - small
    assert any(b"Cache_key_raw" in data for data in stored)
    assert not any(secret.encode() in data for data in stored)
    async with caching(tmp_path) as house:
        house.token = token
        assert is_hit(await house.post(ask(secret)))
        assert (await house.admin("DELETE", "cache")).json["cleared"] == 1
        assert not is_hit(await house.post(ask(secret)))


async def test_an_edit_of_the_rules_begins_anew_for_auto(tmp_path: Path, up: Upstream) -> None:
    async with caching(tmp_path) as house:
        await house.add(up)
        await house.post(ask())
        await house.post(ask(model="acme/alpha"))
        await until_kept(house, 2)
        await house.rule("acme/beta")
        assert is_hit(await house.post(ask(model="acme/alpha")))
        assert not is_hit(await house.post(ask()))
        await house.set(routing__enabled=False)
        assert not is_hit(await house.post(ask()))


async def test_two_identical_misses_at_once_keep_one_answer(tmp_path: Path, up: Upstream) -> None:
    async with caching(tmp_path) as house:
        await house.add(up)
        both = await asyncio.gather(house.post(ask()), house.post(ask()))
        assert [got.status for got in both] == [200, 200]
        await house.rows(2)
        await until_kept(house)
        assert (await house.admin("GET", "cache")).json["exact"]["entries"] == 1
        assert is_hit(await house.post(ask()))


async def test_a_repeat_at_once_is_a_hit(tmp_path: Path, up: Upstream) -> None:
    async with caching(tmp_path) as house:
        await house.add(up)
        for number, stream in enumerate((False, True) * 5):
            text = f"Question {number}"
            assert not is_hit(await house.post(ask(text, stream=stream)))
            assert is_hit(await house.post(ask(text, stream=stream)))


async def test_cut_errored_and_shortened_answers_are_not_kept(tmp_path: Path, up: Upstream) -> None:
    async with caching(tmp_path) as house:
        await house.add(up)
        cut = Answer(text="half", finish="length")
        for number, script in enumerate((CutAfter(3), cut)):
            body = ask(f"Cut {number}?", model="acme/alpha", stream=True)
            up.script(script)
            await house.post(body)
            assert (await house.post(body)).headers.get("x-butler-cache") == "miss"


async def test_answers_that_call_tools_are_kept_by_choice_only(
    tmp_path: Path, up: Upstream
) -> None:
    function = {"name": "clock", "parameters": {"type": "object", "properties": {}}}
    body = ask("What now?", tools=[{"type": "function", "function": function}])
    async with caching(tmp_path) as house:
        await house.add(up)
        up.default = ToolCalls((ToolCall("clock"),))
        assert not is_hit(await house.post(body))
        assert not is_hit(await house.post(body))
        await house.set(cache__tool_calls=True)
        assert not is_hit(await house.post(body))
        again = await house.post(body)
        assert is_hit(again)
        assert again.json["choices"][0]["message"]["tool_calls"][0]["function"]["name"] == "clock"
