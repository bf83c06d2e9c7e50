"""Real clients get real answers: streamed and whole, with tools, and every byte that is theirs."""

import json
from collections.abc import Callable
from typing import Any

import openai
import pytest

from tests.e2e.house import HELLO, House, http, talk
from tests.fakes import Answer, ToolCall, ToolCalls, Upstream, Wire

CHINESE = Answer(chunks=["你好", ",世界", "😀", " done"], usage=None)
TOOLS: list[Any] = [
    {"type": "function", "function": {"name": name, "parameters": {"type": "object"}}}
    for name in ("weather", "clock")
]


async def test_a_whole_answer_through_the_sdk(house: House, up: Upstream) -> None:
    await house.add(up)
    async with house.sdk() as sdk:
        answer = await sdk.chat.completions.create(model="auto", messages=HELLO)
    assert answer.choices[0].message.content == "Hello from the upstream."
    assert answer.model == "acme/alpha"
    assert answer.usage is not None
    assert answer.usage.total_tokens == 17


async def test_a_streamed_answer_through_the_sdk(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(CHINESE)
    async with house.sdk() as sdk:
        stream = await sdk.chat.completions.create(model="auto", messages=HELLO, stream=True)
        chunks = [chunk async for chunk in stream]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "你好,世界😀 done"
    assert {chunk.model for chunk in chunks} == {"acme/alpha"}


async def test_usage_reaches_the_client_that_asks_and_only_it(house: House, up: Upstream) -> None:
    await house.add(up)
    asking = await house.ask(stream=True, stream_options={"include_usage": True})
    assert [event["usage"]["total_tokens"] for event in asking.events[:-1] if event["usage"]] == [
        17
    ]
    silent = await house.ask(stream=True)
    assert all(event["choices"] for event in silent.events[:-1])
    assert [seen.body["stream_options"] for seen in up.seen] == [{"include_usage": True}] * 2


async def test_tool_calls_round_trip(house: House, up: Upstream) -> None:
    await house.add(up)
    calls = (ToolCall("weather", '{"city": "北京"}', "call_a"), ToolCall("clock", "{}", "call_b"))
    up.script(ToolCalls(calls=calls), Answer(text="Sunny."))
    async with house.sdk() as sdk:
        first = await sdk.chat.completions.create(model="auto", messages=HELLO, tools=TOOLS)
        asked = first.choices[0].message
        assert first.choices[0].finish_reason == "tool_calls"
        assert asked.tool_calls is not None
        results: list[Any] = [
            {"role": "tool", "tool_call_id": call.id, "content": "ok"} for call in asked.tool_calls
        ]
        second = await sdk.chat.completions.create(
            model="auto",
            messages=[*HELLO, asked.model_dump(exclude_none=True), *results],
            tools=TOOLS,
        )
    assert second.choices[0].message.content == "Sunny."
    sent = up.seen[1].body["messages"][1]["tool_calls"]
    assert [(call["id"], call["function"]["arguments"]) for call in sent] == [
        ("call_a", '{"city": "北京"}'),
        ("call_b", "{}"),
    ]


async def test_streamed_tool_calls_arrive_in_fragments(house: House, up: Upstream) -> None:
    await house.add(up)
    for wire in (Wire(), Wire(split_bytes=7), Wire(crlf=True, comments=True)):
        await _fragments(house, up, wire)


async def _fragments(house: House, up: Upstream, wire: Wire) -> None:
    arguments = json.dumps({"city": "北京", "days": [1, 2, 3]}, ensure_ascii=False)
    calls = (ToolCall("weather", arguments), ToolCall("clock", '{"zone":"UTC"}'))
    up.script(ToolCalls(calls=calls, fragment_chars=3, wire=wire))
    gathered = ["", ""]
    async with house.sdk() as sdk:
        stream = await sdk.chat.completions.create(
            model="auto", messages=HELLO, tools=TOOLS, stream=True
        )
        async for chunk in stream:
            for call in chunk.choices[0].delta.tool_calls or ():
                assert call.function is not None
                gathered[call.index] += call.function.arguments or ""
    assert gathered == [arguments, '{"zone":"UTC"}']


async def test_what_curl_sends_and_gets(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(Answer(), CHINESE)
    whole, _, body = (await talk(house.port, _curl(house, stream=False))).partition(b"\r\n\r\n")
    assert whole.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nContent-Type: application/json" in whole
    assert json.loads(body)["model"] == "acme/alpha"
    streamed, _, body = (await talk(house.port, _curl(house, stream=True))).partition(b"\r\n\r\n")
    assert b"\r\nContent-Type: text/event-stream\r\n" in streamed
    assert "你好".encode() in body
    assert body.endswith(b"data: [DONE]\n\n\r\n0\r\n\r\n")


def _curl(house: House, *, stream: bool) -> bytes:
    body = json.dumps({"model": "auto", "stream": stream, "messages": HELLO})
    return http(body, house.token, headers=[b"User-Agent: curl/8.5.0", b"Accept: */*"])


ODD = (
    b'{ "temperature" : 1.0 ,\n\t"seed":1234567890123456789, "top_p":1E-2,"logit_bias":{"7":-0.50},'
    b'"metadata":{"model":"not this one","b":1,"a":2},"big":123456789012345678901234567890,'
    b'"messages":[{"role":"user","content":"\\u4f60\\u597d \\"model\\":\\"x\\"",'
    b'"model":"nor this"}]'
    b' ,"x-unknown":[1.50,{"model":"this neither"}],"model" : "%s" ,"stream":%s}\r\n'
)


async def test_every_byte_but_the_model_arrives(house: House, up: Upstream) -> None:
    await house.add(up, options={"ask_usage": False})
    for name in (b"auto", b"acme/alpha", b"alpha"):
        for stream in (b"true", b"false"):
            got = await house.post(ODD % (name, stream))
            assert got.status == 200, got.raw
            assert up.seen[-1].body_bytes == ODD % (b"alpha", stream)


CALL = {"id": "call_a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
MESSAGES: list[Any] = [
    {"role": "developer", "content": "Be brief."},
    {"role": "user", "content": [{"type": "file", "file": {"file_id": "file-1"}}], "name": "me"},
    {"role": "assistant", "content": None, "tool_calls": [CALL]},
    {"role": "tool", "tool_call_id": "call_a", "content": "sunny"},
    {"role": "assistant", "content": "", "function_call": {"name": "f", "arguments": "{}"}},
    {"role": "function", "name": "f", "content": "done"},
    {"role": "user", "content": [{"type": "text", "text": "And?", "x_mark": {"a": None}}]},
]


async def test_messages_of_every_kind_travel_as_they_came(house: House, up: Upstream) -> None:
    await house.add(up)
    for stream in (True, False):
        got = await house.post({"messages": MESSAGES, "tools": TOOLS, "stream": stream})
        assert got.status == 200, got.raw
        assert (up.seen[-1].body["messages"], up.seen[-1].body["tools"]) == (MESSAGES, TOOLS)


async def test_every_byte_of_the_answer_but_the_model_arrives(house: House, up: Upstream) -> None:
    await house.add(up)
    extra = {"x_vendor": {"model": "nested", "score": 1.5e-7}, "model_extra": "模型"}
    up.script(Answer(extra=extra, model="alpha-2026"), Answer(extra=extra, model="alpha-2026"))
    whole = await house.ask()
    assert whole.json["x_vendor"] == extra["x_vendor"]
    assert (whole.json["model"], whole.json["model_extra"]) == ("acme/alpha", "模型")
    streamed = await house.ask(stream=True, stream_options={"include_usage": True})
    for event in streamed.events[:-1]:
        assert event["x_vendor"] == extra["x_vendor"]
        assert event["model"] == "acme/alpha"


async def test_headers_that_a_vendor_reads_travel_on(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.ask()
    body = json.dumps({"messages": HELLO})
    sent = [b"anthropic-beta: one", b"anthropic-beta: two", b"Cookie: c", b"X-Api-Key: mine"]
    await talk(house.port, http(body, house.token, headers=[*sent, b"User-Agent: tool/1"]))
    headers = up.seen[1].headers
    assert headers["anthropic-beta"] == "one, two"
    assert headers["User-Agent"] == "tool/1"
    assert headers["Authorization"] == "Bearer sk-upstream"
    assert not {"Cookie", "X-Api-Key", "x-butler-request-id"} & set(headers)
    assert house.token not in str(headers)


NAMES: dict[str | None, tuple[str, str]] = {
    "auto": ("acme/alpha", "default"),
    "AUTO": ("acme/alpha", "default"),
    " Auto ": ("acme/alpha", "default"),
    "": ("acme/alpha", "default"),
    None: ("acme/alpha", "default"),
    "acme/beta": ("acme/beta", "direct"),
    "beta": ("acme/beta", "direct"),
    "fast": ("acme/beta", "direct"),
    "acme/org/deep/model": ("acme/org/deep/model", "direct"),
    "org/deep/model": ("acme/org/deep/model", "direct"),
    "acme/both": ("acme/both", "direct"),
}


async def test_model_names(house: House, subtests: pytest.Subtests) -> None:
    models = ("alpha", "beta", "org/deep/model", "both")
    async with Upstream(models=models) as up:
        named: list[dict[str, Any]] = [{"name": model} for model in models]
        named[1]["alias"] = "fast"
        await house.add(up, models=named)
        await house.add(up, "zeta", models=[{"name": "both"}])
        for name, (target, layer) in NAMES.items():
            with subtests.test(name=name):
                got = await house.ask(name)
                assert got.status == 200, got.raw
                headers = (got.headers["x-butler-target"], got.headers["x-butler-layer"])
                assert headers == (target, layer)
                assert up.seen[-1].body["model"] == target.removeprefix("acme/")


async def test_a_null_model_is_left_to_the_butler(house: House, up: Upstream) -> None:
    await house.add(up)
    body = b'{"temperature": 1.0, "model": null, "messages": [{"role":"user","content":"hi"}]}'
    assert (await house.post(body)).status == 200
    assert up.seen[0].body_bytes == body.replace(b"null", b'"alpha"')


NOWHERE = {
    "alpah": ["alpha"],
    "acme/alph": ["acme/alpha"],
    "both": ["acme/both", "zeta/both"],
    "acme/off": [],
    "off": [],
    "dark/alpha": [],
    "nowhere/at/all": [],
    "x" * 300_000: [],
}


async def test_names_that_lead_nowhere(
    house: House, up: Upstream, subtests: pytest.Subtests
) -> None:
    models = [{"name": "alpha"}, {"name": "both"}, {"name": "off", "enabled": False}]
    await house.add(up, models=models)
    await house.add(up, "zeta", models=[{"name": "both"}])
    await house.add(up, "dark", enabled=False)
    for name, hints in NOWHERE.items():
        with subtests.test(name=name[:20]):
            got = await house.ask(name)
            error = got.error
            assert (got.status, error["param"], error["code"]) == (404, "model", "model_not_found")
            assert all(hint in error["message"] for hint in hints), error
            assert "auto" in error["message"] or len(hints) > 1
    assert not up.seen


async def test_the_sdk_raises_what_openai_would(house: House, up: Upstream) -> None:
    await house.add(up)
    async with house.sdk() as sdk:
        with pytest.raises(openai.NotFoundError) as missing:
            await sdk.chat.completions.create(model="grok-9", messages=HELLO)
        assert (missing.value.code, missing.value.param) == ("model_not_found", "model")
        with pytest.raises(openai.AuthenticationError):
            await sdk.with_options(api_key="wrong").models.list()
        with pytest.raises(openai.BadRequestError):
            await sdk.chat.completions.create(model="auto", messages=[])
        assert [model.id async for model in sdk.models.list()] == [
            "auto",
            "acme/alpha",
            "acme/beta",
        ]
        assert (await sdk.models.retrieve("acme/beta")).id == "acme/beta"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: "word " * 4_000_000, id="text"),
        pytest.param(
            lambda: [
                {"type": "text", "text": "what is this?"},
                {"type": "image_url", "image_url": {"url": "data:;base64," + "A" * 60_000_000}},
            ],
            id="image",
        ),
    ],
)
@pytest.mark.slow
async def test_many_megabytes_pass(house: House, up: Upstream, content: Callable[[], Any]) -> None:
    await house.add(up)
    body = json.dumps({"messages": [{"role": "user", "content": content()}], "model": "auto"})
    got = await house.post(body.encode())
    assert got.status == 200, got.raw
    assert len(up.seen[0].body_bytes) == len(body) + 1
    assert float(got.headers["x-butler-overhead-ms"]) < 5_000
