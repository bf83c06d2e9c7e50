"""Texts that are gone on with: by models that can, and by those that only chat."""

import json
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest

from tests.e2e.house import House
from tests.fakes import Answer, AnthropicUpstream, Fail
from tests.fakes.service_upstream import ServiceUpstream
from tests.fakes.services import GONE_ON

PATH = "/v1/completions"
FEW = "acme/alpha"


@pytest.fixture
async def chatting(house: House) -> AsyncIterator[ServiceUpstream]:
    """A vendor whose models only chat, though it is near."""
    async with ServiceUpstream(("alpha", "gpt-3.5-turbo-instruct")) as upstream:
        await house.add(upstream, options={"completions": False})
        yield upstream


async def test_a_server_of_ones_own_completes(house: House, vendor: ServiceUpstream) -> None:
    body = {"prompt": "In the beginning", "model": FEW, "suffix": "End.", "odd": 1}
    got = await house.call("POST", PATH, body)
    assert got.status == 200, got.raw
    assert (got.json["choices"][0]["text"], got.json["model"]) == (GONE_ON, FEW)
    assert vendor.seen[0].body_bytes == json.dumps({**body, "model": "alpha"}).encode()
    row = await house.row()
    assert (row["endpoint"], row["input_tokens"], row["output_tokens"]) == ("completions", 3, 4)


@pytest.mark.parametrize("wants_usage", [True, False])
async def test_a_streamed_completion_through_the_sdk(
    house: House, vendor: ServiceUpstream, wants_usage: bool
) -> None:
    asked: dict[str, Any] = {"stream_options": {"include_usage": True}} if wants_usage else {}
    async with house.sdk() as sdk:
        stream = await sdk.completions.create(model=FEW, prompt="In", stream=True, **asked)
        chunks = [chunk async for chunk in stream]
    assert "".join(chunk.choices[0].text for chunk in chunks if chunk.choices) == GONE_ON
    assert {chunk.model for chunk in chunks} == {FEW}
    assert [chunk.usage is not None for chunk in chunks][-1] is wants_usage
    assert (await house.row())["usage_source"] == "reported"


async def test_several_prompts_and_choices_pass(house: House, vendor: ServiceUpstream) -> None:
    async with house.sdk() as sdk:
        got = await sdk.completions.create(model=FEW, prompt=["a", "b"], n=2)
        stream = await sdk.completions.create(model=FEW, prompt=["a", "b"], n=2, stream=True)
        chunks = [chunk async for chunk in stream]
    assert [choice.index for choice in got.choices] == [0, 1, 2, 3]
    assert {chunk.choices[0].index for chunk in chunks if chunk.choices} == {0, 1, 2, 3}


async def test_auto_runs_the_chain(house: House, vendor: ServiceUpstream) -> None:
    await house.rule(FEW, when={"all": [{"kind": "keywords", "words": ["genesis"]}]})
    got = await house.call("POST", PATH, {"prompt": "The book of Genesis"})
    assert got.headers["x-butler-layer"] == "rules"
    assert got.headers["x-butler-target"] == FEW


async def test_a_model_that_chats_answers_as_a_completion(
    house: House, chatting: ServiceUpstream
) -> None:
    chatting.script(Answer(text="Light.", usage=None))
    asked: dict[str, Any] = {"max_tokens": 9, "stop": "X", "best_of": 1, "n": 1}
    async with house.sdk() as sdk:
        got = await sdk.completions.create(model=FEW, prompt=["Dark."], echo=True, **asked)
    assert (got.choices[0].text, got.choices[0].finish_reason) == ("Dark.Light.", "stop")
    assert (got.object, got.model) == ("text_completion", FEW)
    sent = chatting.seen[0].body
    assert chatting.seen[0].path == "/v1/chat/completions"
    assert [message["content"] for message in sent["messages"]] == ["Dark."]
    assert (sent["max_tokens"], sent["stop"]) == (9, ["X"])
    assert not any("left out" in warning for warning in (await house.row())["warnings"])


async def test_a_model_that_chats_streams_as_a_completion(
    house: House, chatting: ServiceUpstream
) -> None:
    chatting.script(Answer(chunks=["Li", "ght."]))
    options: Any = {"include_usage": True}
    async with house.sdk() as sdk:
        stream = await sdk.completions.create(
            model=FEW, prompt="Dark.", stream=True, stream_options=options, best_of=3
        )
        chunks = [chunk async for chunk in stream]
    assert [chunk.choices[0].text for chunk in chunks[:-1]] == ["Li", "ght.", ""]
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.total_tokens == 17
    assert (await house.row())["warnings"] == ["left out: best_of"]


async def test_anthropics_models_complete_too(house: House) -> None:
    async with AnthropicUpstream(models=("claude",)) as upstream:
        await house.add(upstream, "ant", kind="anthropic_compatible", base_url=upstream.root)
        got = await house.call("POST", PATH, {"prompt": "Dark.", "model": "ant/claude"})
    assert got.status == 200, got.raw
    assert got.json["choices"][0]["text"] == "Hello from the upstream."


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"prompt": ["a", "b"]}, "prompt"),
        ({"prompt": [1, 2]}, "prompt"),
        ({"prompt": "a", "suffix": "z"}, "suffix"),
    ],
)
async def test_what_a_chat_can_not_do_is_said(
    house: House, chatting: ServiceUpstream, fields: dict[str, Any], param: str
) -> None:
    got = await house.call("POST", PATH, {**fields, "model": FEW})
    assert got.status == 400
    assert "models that complete texts" in got.error["message"], param
    assert chatting.seen == []


@pytest.mark.parametrize("body", [{}, {"prompt": []}, {"prompt": {}}])
async def test_what_is_no_request_is_refused(
    house: House, vendor: ServiceUpstream, body: object
) -> None:
    got = await house.call("POST", PATH, body)
    assert (got.status, got.error["param"]) == (400, "prompt")


async def test_a_vendors_refusal_passes_in_its_own_words(
    house: House, vendor: ServiceUpstream
) -> None:
    async with house.sdk() as sdk:
        with pytest.raises(openai.BadRequestError) as refused:
            await sdk.completions.create(model=FEW, prompt="a", logprobs=9)
    assert refused.value.param == "logprobs"


async def test_a_failing_model_is_replaced(house: House, vendor: ServiceUpstream) -> None:
    await house.set(dispatch__retries=0)
    await house.rule(FEW, "acme/gpt-4o")
    vendor.script(Fail(503))
    got = await house.call("POST", PATH, {"prompt": "a"})
    assert (got.status, got.headers["x-butler-target"]) == (200, "acme/gpt-4o")


async def test_completions_are_never_kept(house: House, vendor: ServiceUpstream) -> None:
    await house.set(cache__exact=True)
    for _ in range(2):
        got = await house.call("POST", PATH, {"prompt": "a", "model": FEW})
        assert got.headers["x-butler-cache"] == "miss"


async def test_the_demo_completes_as_it_chats(house: House) -> None:
    got = await house.call("POST", PATH, {"prompt": "Hello!", "model": "auto"})
    assert got.status == 200, got.raw
    assert got.json["choices"][0]["text"]
