"""Ollama, asked in its own API, answers the clients of three other vendors, streamed and whole."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import anthropic
import openai
import pytest

from tests.e2e.house import House
from tests.e2e.speaking import Heard, by_chat, by_messages, by_responses
from tests.fakes import (
    Answer,
    CutAfter,
    Ending,
    ErrorEvent,
    Fail,
    OllamaUpstream,
    Refused,
    ToolCall,
    ToolCalls,
    Upstream,
    Wire,
)
from tests.fakes.ollama_checks import Model, tokens_of

BOTH = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
PNG = base64.b64encode(b"\x89PNG").decode()
OLD = pytest.mark.parametrize("ollama", [False, True], indirect=True, ids=["today", "old"])
CITY: Any = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
ABLE = {"alpha": Model(), "beta": Model(frozenset({"completion"}))}
BERN = ToolCalls(
    calls=(ToolCall("weather", '{"city": "Bern"}'), ToolCall("weather", '{"city": "Thun"}')),
    text="Let me see.",
)


@dataclass(frozen=True, slots=True)
class Client:
    """A vendor's client, and its own words for what every one of them can say."""

    ask: Callable[..., Any]
    hello: dict[str, Any]
    tools: dict[str, Any]
    rounds: Callable[[Heard], dict[str, Any]]
    image: dict[str, Any]
    schema: dict[str, Any]
    thinking: dict[str, Any]
    ends: tuple[str, str, str]
    """A stop, calls, the limit."""
    failure: type[Exception]


def chat_rounds(first: Heard) -> dict[str, Any]:
    calls = [
        {"id": id_, "type": "function", "function": {"name": name, "arguments": json.dumps(given)}}
        for id_, name, given in first.calls
    ]
    told = [{"role": "tool", "tool_call_id": id_, "content": "sunny"} for id_, *_ in first.calls]
    said = {"role": "assistant", "content": first.text, "tool_calls": calls}
    return {"messages": [{"role": "user", "content": "Weather?"}, said, *told]}


def messages_rounds(first: Heard) -> dict[str, Any]:
    calls = [
        {"type": "tool_use", "id": id_, "name": name, "input": given}
        for id_, name, given in first.calls
    ]
    told = [
        {"type": "tool_result", "tool_use_id": id_, "content": "sunny"} for id_, *_ in first.calls
    ]
    return {
        "messages": [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "content": [{"type": "text", "text": first.text}, *calls]},
            {"role": "user", "content": told},
        ]
    }


def responses_rounds(first: Heard) -> dict[str, Any]:
    calls = [
        {
            "type": "function_call",
            "call_id": id_,
            "name": name,
            "arguments": json.dumps(given),
        }
        for id_, name, given in first.calls
    ]
    told = [
        {"type": "function_call_output", "call_id": id_, "output": "sunny"}
        for id_, *_ in first.calls
    ]
    said = {"role": "assistant", "content": first.text}
    return {"input": [{"role": "user", "content": "Weather?"}, said, *calls, *told]}


_NAMED = {"name": "weather", "description": "Tell the weather."}
_URL = f"data:image/png;base64,{PNG}"
CLIENTS = {
    "chat": Client(
        by_chat,
        {"model": "auto", "messages": [{"role": "user", "content": "Hello there!"}]},
        {"tools": [{"type": "function", "function": {**_NAMED, "parameters": CITY}}]},
        chat_rounds,
        {
            "messages": [
                {
                    "role": "user",
                    "content": [
                        {"type": "text", "text": "What is it?"},
                        {"type": "image_url", "image_url": {"url": _URL}},
                    ],
                }
            ]
        },
        {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "city", "schema": CITY, "strict": True},
            }
        },
        {"reasoning_effort": "high"},
        ("stop", "tool_calls", "length"),
        openai.APIError,
    ),
    "messages": Client(
        by_messages,
        {
            "model": "auto",
            "max_tokens": 500,
            "messages": [{"role": "user", "content": "Hello there!"}],
        },
        {"tools": [{**_NAMED, "input_schema": CITY}]},
        messages_rounds,
        {
            "messages": [
                {
                    "role": "user",
                    "content": [
                        {"type": "text", "text": "What is it?"},
                        {
                            "type": "image",
                            "source": {"type": "base64", "media_type": "image/png", "data": PNG},
                        },
                    ],
                }
            ]
        },
        {"output_config": {"format": {"type": "json_schema", "schema": CITY}}},
        {"max_tokens": 3000, "thinking": {"type": "enabled", "budget_tokens": 2000}},
        ("end_turn", "tool_use", "max_tokens"),
        anthropic.APIError,
    ),
    "responses": Client(
        by_responses,
        {"model": "auto", "input": [{"role": "user", "content": "Hello there!"}]},
        {"tools": [{"type": "function", **_NAMED, "parameters": CITY, "strict": False}]},
        responses_rounds,
        {
            "input": [
                {
                    "role": "user",
                    "content": [
                        {"type": "input_text", "text": "What is it?"},
                        {"type": "input_image", "image_url": _URL, "detail": "auto"},
                    ],
                }
            ]
        },
        {"text": {"format": {"type": "json_schema", "name": "city", "schema": CITY}}},
        {"reasoning": {"effort": "high"}},
        ("completed", "completed", "max_output_tokens"),
        openai.APIError,
    ),
}


@pytest.fixture(params=list(CLIENTS))
def client(request: pytest.FixtureRequest) -> Client:
    return CLIENTS[request.param]


@pytest.fixture
async def ollama(request: pytest.FixtureRequest) -> AsyncIterator[OllamaUpstream]:
    """A server of today, or one that cuts, and gives calls no ids."""
    async with OllamaUpstream(ABLE, old=getattr(request, "param", False)) as up:
        yield up


@pytest.fixture
async def asked(house: House, ollama: OllamaUpstream) -> House:
    """A house whose one provider is that server."""
    await house.add(ollama, "home", kind="ollama", api_key=None)
    return house


@BOTH
async def test_text_thoughts_and_tokens(
    asked: House, ollama: OllamaUpstream, client: Client, stream: bool
) -> None:
    ollama.script(Answer("Grüezi, 世界", reasoning="hm, hm", wire=Wire(split_bytes=3)))
    heard = await client.ask(asked, stream, client.hello)
    assert heard == Heard("Grüezi, 世界", "hm, hm", [], client.ends[0], (12, 5))
    assert ollama.seen[-1].body["stream"] is stream
    row = await asked.row()
    assert (row["target"], row["usage_source"]) == ("home/alpha", "reported")


@OLD
@BOTH
async def test_a_round_of_tools(
    asked: House, ollama: OllamaUpstream, client: Client, stream: bool
) -> None:
    ollama.script(BERN, Answer("Sunny."))
    first = await client.ask(asked, stream, {**client.hello, **client.tools})
    assert (first.text, first.ended) == ("Let me see.", client.ends[1])
    assert [call[1:] for call in first.calls] == [
        ("weather", {"city": "Bern"}),
        ("weather", {"city": "Thun"}),
    ]
    assert len({call[0] for call in first.calls}) == 2

    then = {**client.hello, **client.tools, **client.rounds(first)}
    assert (await client.ask(asked, stream, then)).text == "Sunny."
    sent = ollama.seen[-1].body
    _, said, *results = sent["messages"]
    assert said["content"] == "Let me see."
    assert [it["function"]["arguments"]["city"] for it in said["tool_calls"]] == ["Bern", "Thun"]
    assert [(it["role"], it["tool_name"], it["content"]) for it in results] == [
        ("tool", "weather", "sunny")
    ] * 2
    assert [it["tool_call_id"] for it in results] == [call[0] for call in first.calls]
    assert sent["tools"][0]["function"]["parameters"] == CITY


@BOTH
async def test_a_picture_a_schema_and_thinking(
    asked: House, ollama: OllamaUpstream, client: Client, stream: bool
) -> None:
    models = (await asked.admin("GET", "models")).json["items"]
    alpha = next(it for it in models if it["target"] == "home/alpha")
    got = await asked.admin("PATCH", f"models/{alpha['id']}", {"thinking": True})
    assert got.status == 200, got.raw
    ollama.default = Answer('{"city": "Bern"}')

    await client.ask(asked, stream, {**client.hello, **client.image})
    (told,) = ollama.seen[-1].body["messages"]
    assert told == {"role": "user", "content": "What is it?", "images": [PNG]}

    heard = await client.ask(asked, stream, {**client.hello, **client.schema})
    assert json.loads(heard.text) == {"city": "Bern"}
    assert ollama.asked[-1].format["properties"] == CITY["properties"]

    await client.ask(asked, stream, {**client.hello, **client.thinking})
    assert ollama.asked[-1].think is True


@BOTH
async def test_the_limit(
    asked: House, ollama: OllamaUpstream, client: Client, stream: bool
) -> None:
    ollama.script(Answer("Grü", finish="length"))
    heard = await client.ask(asked, stream, client.hello)
    assert (heard.text, heard.ended) == ("Grü", client.ends[2])


@OLD
async def test_a_long_prompt_is_read_to_the_last_word(asked: House, ollama: OllamaUpstream) -> None:
    """Left to itself the server gives 4,096 tokens, and forgets what was said first."""
    turns = [
        {"role": role, "content": f"turn {place}: " + "word " * 900}
        for place in range(20)
        for role in ("user", "assistant")
    ]
    messages = [*turns, {"role": "user", "content": "What did I say first?"}]
    assert tokens_of(messages) > 5 * ollama.chats.default_num_ctx
    got = await asked.post({"model": "auto", "messages": messages})
    assert got.status == 200
    (ask,) = ollama.asked
    assert len(ask.read) == len(messages)
    assert ask.num_ctx >= tokens_of(messages)
    assert ask.unknown_options == ()


async def test_what_the_owner_sets_too_small_is_refused_and_not_cut(house: House) -> None:
    async with OllamaUpstream(ABLE) as up:
        await house.add(up, "home", kind="ollama", api_key=None, options={"num_ctx": 512})
        messages = [{"role": "user", "content": "word " * 900}] * 3
        got = await house.post({"model": "auto", "messages": messages})
    assert (got.status, got.error["code"]) == (400, "context_length_exceeded")
    assert up.asked == []


@pytest.mark.parametrize("after", [1, 2])
async def test_an_error_in_the_stream(
    asked: House, ollama: OllamaUpstream, client: Client, after: int
) -> None:
    ollama.script(ErrorEvent(after))
    with pytest.raises(client.failure, match="llama runner process has terminated"):
        await client.ask(asked, True, client.hello)


@pytest.mark.parametrize(
    ("stream", "ending"),
    [(False, Ending.CLOSE), *((True, ending) for ending in Ending)],
)
async def test_a_cut_is_told(
    asked: House, ollama: OllamaUpstream, client: Client, stream: bool, ending: Ending
) -> None:
    ollama.default = CutAfter(2, ending)
    with pytest.raises(client.failure):
        await client.ask(asked, stream, client.hello)


@BOTH
async def test_what_it_can_not_be_given_goes_to_the_next(
    house: House, up: Upstream, stream: bool
) -> None:
    """A picture that is only linked to, and tools for a model without."""
    async with OllamaUpstream({"beta": ABLE["beta"]}) as ollama:
        await house.add(ollama, "home", kind="ollama", api_key=None)
        await house.add(up)
        await house.rule("home/beta", "acme/alpha")
        picture = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
        linked: Any = [{"role": "user", "content": [picture]}]
        for told in ({"messages": linked}, CLIENTS["chat"].tools):
            got = await house.post({**CLIENTS["chat"].hello, **told, "stream": stream})
            assert got.status == 200, got.raw
            assert got.headers["x-butler-target"] == "acme/alpha"
            assert got.headers["x-butler-attempts"] == "2"
        assert ollama.asked == []


async def test_its_refusals_say_what_to_do(asked: House, ollama: OllamaUpstream) -> None:
    ollama.script(Fail(404, {"error": "model 'alpha' not found"}))
    got = await asked.ask("home/alpha")
    assert got.status == 404
    assert "`ollama pull alpha`" in got.error["message"]


async def test_nobody_there(house: House) -> None:
    with Refused() as nobody:
        url = nobody.base_url
        body = {"name": "home", "kind": "ollama", "base_url": url, "models": [{"name": "alpha"}]}
        await house.add_body(body)
        got = await house.ask("home/alpha")
    assert got.status == 502
    assert "Is Ollama running there? `ollama serve` starts it." in got.error["message"]


async def test_its_preset_its_list_and_its_probe(house: House) -> None:
    async with OllamaUpstream(ABLE) as up:
        await house.add_body({"name": "home", "preset": "ollama", "base_url": up.base_url})
        listed = (await house.admin("POST", "providers/home:models")).json["items"]
        assert [it["name"] for it in listed] == ["alpha:latest", "beta:latest"]
        able, unable = listed
        assert (able["context_tokens"], unable["context_tokens"]) == (131_072, 131_072)
        assert (able["tools"], able["thinking"]) == (True, True)
        assert (unable["tools"], unable["thinking"]) == (False, False)
        assert (able["modalities"], unable["modalities"]) == (["text", "image"], ["text"])
        tried = await house.admin("POST", "providers/home:test?call=true")
        assert tried.json["ok"], tried.raw
        assert up.asked[-1].options == {"num_predict": 1}
