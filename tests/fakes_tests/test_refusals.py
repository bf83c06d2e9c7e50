"""The upstream refuses what the vendor refuses, with errors that the vendor's SDK understands."""

from typing import Any

import aiohttp
import openai
import pytest
from openai import AsyncOpenAI

from tests.fakes import Answer, Fail, Upstream

HELLO: list[Any] = [{"role": "user", "content": "hello"}]
CALL = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
CALLING = {"role": "assistant", "content": None, "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_call_id": "call_1", "content": "ok"}
TOOL = {"type": "function", "function": {"name": "f"}}


async def _post(up: Upstream, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    headers = headers or {"Authorization": f"Bearer {up.key}"}
    data = body if isinstance(body, bytes) else None
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{up.base_url}/chat/completions",
            data=data,
            json=None if data is not None else body,
            headers=headers,
        ) as reply,
    ):
        return reply.status, await reply.json()


async def test_wrong_key_is_the_sdks_authentication_error(up: Upstream) -> None:
    async with AsyncOpenAI(api_key="sk-wrong", base_url=up.base_url, max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError) as caught:
            await client.chat.completions.create(model="alpha", messages=HELLO)
    assert caught.value.code == "invalid_api_key"
    assert caught.value.type == "invalid_request_error"
    assert "sk-wrong" not in str(caught.value)


@pytest.mark.parametrize("header", [{"X-None": "1"}, {"Authorization": "Basic sk-upstream"}])
async def test_missing_key(up: Upstream, header: dict[str, str]) -> None:
    status, body = await _post(up, {"model": "alpha", "messages": HELLO}, **header)
    assert status == 401
    assert set(body["error"]) == {"message", "type", "param", "code"}


async def test_unknown_model_is_not_found(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        await client.chat.completions.create(model="gamma", messages=HELLO)
    assert caught.value.code == "model_not_found"
    with pytest.raises(openai.NotFoundError):
        await client.models.retrieve("gamma")


async def test_unknown_address(up: Upstream, client: AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError):
        await client.embeddings.create(model="alpha", input="x")


@pytest.mark.parametrize(
    ("change", "param", "code"),
    [
        ({"model": None}, "model", "invalid_type"),
        ({"model": 5}, "model", "invalid_type"),
        ({"messages": None}, "messages", "missing_required_parameter"),
        ({"messages": "hi"}, "messages", "invalid_type"),
        ({"messages": []}, "messages", "empty_array"),
        ({"messages": ["hi"]}, "messages[0]", "invalid_type"),
        ({"messages": [{"content": "x"}]}, "messages[0].role", "missing_required_parameter"),
        (
            {"messages": [{"role": "bot", "content": "x"}]},
            "messages[0].role",
            "invalid_value",
        ),
        ({"messages": [{"role": "user"}]}, "messages[0].content", None),
        ({"messages": [{"role": "user", "content": 7}]}, "messages[0].content", "invalid_type"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image", "source": {}}]}]},
            "messages[0].content[0].type",
            "invalid_value",
        ),
        ({"stream_options": {"include_usage": True}}, "stream_options", None),
        ({"stream": "yes"}, "stream", "invalid_type"),
        ({"max_tokens": True}, "max_tokens", "invalid_type"),
        ({"max_tokens": 1, "max_completion_tokens": 1}, None, None),
        ({"tools": []}, "tools", "empty_array"),
        ({"tools": [{"name": "f"}]}, "tools[0].type", "invalid_value"),
        (
            {"tools": [{"type": "function", "function": {}}]},
            "tools[0].function.name",
            "missing_required_parameter",
        ),
        ({"tool_choice": "auto"}, "tool_choice", None),
        (
            {"messages": [*HELLO, {"role": "tool", "content": "x"}]},
            "messages.[1].tool_call_id",
            None,
        ),
        ({"messages": [*HELLO, RESULT]}, "messages.[1].role", None),
        ({"messages": [*HELLO, CALLING, RESULT, RESULT]}, "messages.[3].role", None),
        ({"messages": [*HELLO, CALLING, *HELLO]}, "messages.[2].role", None),
        ({"messages": [*HELLO, CALLING]}, "messages.[2].role", None),
    ],
)
async def test_broken_requests(
    up: Upstream, change: dict[str, Any], param: str | None, code: str | None
) -> None:
    status, body = await _post(up, {"model": "alpha", "messages": HELLO, **change})
    assert status == 400
    assert body["error"]["type"] == "invalid_request_error"
    assert (body["error"]["param"], body["error"]["code"]) == (param, code)
    assert body["error"]["message"]


@pytest.mark.parametrize("raw", [b"{", b"[]", b'{"messages": []}'])
async def test_bodies_that_are_no_request(up: Upstream, raw: bytes) -> None:
    status, body = await _post(up, raw)
    assert status == 400
    assert body["error"]["param"] is None


@pytest.mark.parametrize(
    "change",
    [
        {"messages": [*HELLO, CALLING, RESULT], "tools": [TOOL]},
        {"messages": [{"role": "developer", "content": "be kind"}, *HELLO]},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "x"}]}]},
        {"stream": False, "stream_options": None, "temperature": 0, "store": True},
        {"something_new": {"a": 1}},
    ],
)
async def test_requests_that_the_vendor_takes(up: Upstream, change: dict[str, Any]) -> None:
    status, _ = await _post(up, {"model": "alpha", "messages": HELLO, **change})
    assert status == 200


async def test_a_refused_request_takes_nothing_from_the_script(up: Upstream) -> None:
    up.script(Fail(429), Answer("after"))
    assert (await _post(up, {"model": "gamma", "messages": HELLO}))[0] == 404
    assert (await _post(up, {"model": "alpha", "messages": HELLO}))[0] == 429
    status, body = await _post(up, {"model": "alpha", "messages": HELLO})
    assert status == 200
    assert body["choices"][0]["message"]["content"] == "after"
