"""`POST /v1beta/models/{model}:…` with Google's own client, whoever answers."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
from google import genai
from google.genai import errors, types

from tests.e2e.house import House
from tests.fakes import (
    Answer,
    AnthropicUpstream,
    Blocks,
    CutAfter,
    Fail,
    GeminiUpstream,
    ToolCall,
    ToolCalls,
    Upstream,
    Usage,
    Wire,
)
from tests.fakes.gemini_message import SIGNATURE

pytestmark = pytest.mark.filterwarnings("ignore:Inheritance class Aiohttp:DeprecationWarning")
BOTH = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
PNG = b"\x89PNG"
HELLO = "Hello there, how are you?"
WEATHER = types.Tool(
    function_declarations=[
        types.FunctionDeclaration(
            name="weather",
            description="Tell the weather.",
            parameters=types.Schema(
                type=types.Type.OBJECT,
                properties={"city": types.Schema(type=types.Type.STRING, nullable=True)},
            ),
        )
    ]
)
END = types.Part(text="")
VERDICT: Any = {
    "type": "object",
    "properties": {"good": {"type": "boolean"}},
    "required": ["good"],
}
KINDS = {
    "openai": (Upstream, "openai_compatible", "acme/alpha"),
    "anthropic": (AnthropicUpstream, "anthropic_compatible", "acme/alpha"),
    "gemini": (GeminiUpstream, "gemini", "acme/alpha"),
}


@pytest.fixture(params=KINDS)
async def vendor(request: pytest.FixtureRequest, house: House) -> AsyncIterator[Upstream]:
    """The one provider of the house, of each kind in turn."""
    upstream, kind, _ = KINDS[request.param]
    async with upstream(models=("alpha", "beta")) as up:
        await house.add(up, kind=kind)
        yield up


def client(house: House) -> genai.Client:
    options = types.HttpOptions(
        base_url=house.root, retry_options=types.HttpRetryOptions(attempts=1)
    )
    return genai.Client(api_key=house.token, http_options=options)


async def ask(
    house: House, stream: bool, contents: Any = HELLO, model: str = "auto", **config: Any
) -> list[types.GenerateContentResponse]:
    """Ask as the vendor's client does, and return what it makes of the answer."""
    given: Any = types.GenerateContentConfig(
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True), **config
    )
    async with client(house).aio as sdk:
        if not stream:
            asked = {"model": model, "contents": contents, "config": given}
            return [await sdk.models.generate_content(**asked)]
        chunks = await sdk.models.generate_content_stream(
            model=model, contents=contents, config=given
        )
        return [chunk async for chunk in chunks]


def parts_of(answer: list[types.GenerateContentResponse]) -> list[types.Part]:
    return [
        part
        for chunk in answer
        for candidate in chunk.candidates or ()
        for part in (candidate.content and candidate.content.parts) or ()
    ]


def text_of(answer: list[types.GenerateContentResponse]) -> str:
    return "".join(part.text or "" for part in parts_of(answer) if not part.thought)


@BOTH
@pytest.mark.parametrize("wire", [Wire(), Wire(split_bytes=1)], ids=str)
async def test_an_answer(house: House, vendor: Upstream, stream: bool, wire: Wire) -> None:
    vendor.script(Answer(text="I am fine, 你好!", usage=Usage(12, 5), wire=wire))
    answer = await ask(house, stream, system_instruction="Be brief.", stop_sequences=["END"])
    assert text_of(answer) == "I am fine, 你好!"
    last = answer[-1]
    assert last.model_version == "acme/alpha"
    assert last.candidates
    assert last.candidates[0].finish_reason == types.FinishReason.STOP
    assert {chunk.model_version for chunk in answer} == {"acme/alpha"}
    usage = last.usage_metadata
    assert usage is not None
    assert (usage.prompt_token_count, usage.candidates_token_count) == (12, 5)
    assert "Be brief." in str(vendor.seen[-1].body)
    row = await house.row()
    assert (row["endpoint"], row["status"], row["layer"]) == ("generate_content", 200, "default")
    assert (row["input_tokens"], row["output_tokens"]) == (12, 5)


@BOTH
async def test_thoughts_are_told_apart(house: House, vendor: Upstream, stream: bool) -> None:
    vendor.script(Answer(text="Yes.", reasoning="It is so."))
    answer = await ask(house, stream)
    thought = "".join(part.text or "" for part in parts_of(answer) if part.thought)
    assert (thought, text_of(answer)) == ("It is so.", "Yes.")


@BOTH
async def test_a_round_with_a_tool(house: House, vendor: Upstream, stream: bool) -> None:
    calls = (ToolCall("weather", '{"city": "Ghent"}'), ToolCall("weather", '{"city": "Basel"}'))
    vendor.script(ToolCalls(calls))
    first = await ask(house, stream, tools=[WEATHER])
    called = [part for part in parts_of(first) if part.function_call]
    assert [
        (it.function_call.name, it.function_call.args) for it in called if it.function_call
    ] == [
        ("weather", {"city": "Ghent"}),
        ("weather", {"city": "Basel"}),
    ]
    results = [
        types.Part(
            function_response=types.FunctionResponse(
                id=part.function_call.id, name="weather", response={"output": weather}
            )
        )
        for part, weather in zip(called, ("rain", "sun"), strict=True)
        if part.function_call
    ]
    contents = [
        types.Content(role="user", parts=[types.Part(text=HELLO)]),
        types.Content(role="model", parts=called),
        types.Content(role="user", parts=results),
    ]
    vendor.script(Answer(text="Take a coat."))
    second = await ask(house, stream, contents, tools=[WEATHER])
    assert text_of(second) == "Take a coat."
    sent = str(vendor.seen[-1].body)
    assert sent.index("Ghent") < sent.index("rain") < sent.index("sun")


@BOTH
async def test_pictures_arrive(house: House, vendor: Upstream, stream: bool) -> None:
    picture = types.Part.from_bytes(data=PNG, mime_type="image/png")
    await ask(house, stream, [picture, "What is it?"])
    assert base64.b64encode(PNG).decode() in str(vendor.seen[-1].body)
    assert (await house.row())["modalities"] == ["image", "text"]


@BOTH
async def test_an_answer_that_fits_a_schema(house: House, vendor: Upstream, stream: bool) -> None:
    vendor.script(Answer(text='{"good": true}'))
    answer = await ask(
        house, stream, response_mime_type="application/json", response_json_schema=VERDICT
    )
    assert text_of(answer) == '{"good": true}'
    assert "good" in str(vendor.seen[-1].body)


@BOTH
async def test_a_refusal_comes_in_the_vendors_shape(
    house: House, vendor: Upstream, stream: bool
) -> None:
    await house.set(dispatch__retries=0)
    vendor.script(Fail(429, retry_after="7"))
    with pytest.raises(errors.ClientError) as refused:
        await ask(house, stream)
    assert (refused.value.code, refused.value.status) == (429, "RESOURCE_EXHAUSTED")
    assert refused.value.response.headers["retry-after"] == "7"


async def test_a_stream_that_breaks_off_says_so(house: House, vendor: Upstream) -> None:
    vendor.script(CutAfter(3))
    with pytest.raises(errors.APIError) as broken:
        await ask(house, stream=True)
    assert broken.value.status == "UNAVAILABLE"


async def test_who_is_nobody_gets_in(house: House) -> None:
    got = await house.call("POST", "/v1beta/models/auto:generateContent", {}, token="")
    assert (got.status, got.json["error"]["status"]) == (401, "UNAUTHENTICATED")
    for path in ("/v1beta/models/auto:embed", "/v1beta/nothing"):
        got = await house.call("POST", path, {})
        assert (got.status, got.json["error"]["status"]) == (404, "NOT_FOUND")


async def test_the_key_may_stand_in_the_address(house: House, vendor: Upstream) -> None:
    body = {"contents": [{"parts": [{"text": HELLO}]}]}
    path = f"/v1beta/models/auto:generateContent?key={house.token}"
    got = await house.call("POST", path, body, token="")
    assert got.status == 200
    seen = vendor.seen[-1]
    assert house.token not in seen.path + str(seen.headers) + str(seen.body)
    wrong = await house.call("POST", path[:-1], body, token="")
    assert wrong.status == 401


async def test_without_alt_a_stream_is_a_list(house: House, vendor: Upstream) -> None:
    vendor.script(Answer(text="One two three."))
    got = await house.call(
        "POST",
        "/v1beta/models/auto:streamGenerateContent",
        {"contents": [{"parts": [{"text": HELLO}]}]},
    )
    assert got.headers["Content-Type"].startswith("application/json")
    answer = [types.GenerateContentResponse.model_validate(it) for it in got.json]
    assert len(answer) > 1
    assert text_of(answer) == "One two three."


async def test_models_and_counts(house: House, vendor: Upstream) -> None:
    async with client(house).aio as sdk:
        listed = [model async for model in await sdk.models.list()]
        one = await sdk.models.get(model="acme/beta")
        count = await sdk.models.count_tokens(model="auto", contents=HELLO)
    assert [model.name for model in listed] == [
        "models/auto",
        "models/acme/alpha",
        "models/acme/beta",
    ]
    assert (one.name, one.supported_actions) == (
        "models/acme/beta",
        ["generateContent", "countTokens"],
    )
    assert count.total_tokens is not None
    assert 3 < count.total_tokens < 30
    assert vendor.seen == []


@BOTH
async def test_a_model_by_its_name(house: House, vendor: Upstream, stream: bool) -> None:
    answer = await ask(house, stream, model="acme/beta")
    assert answer[-1].model_version == "acme/beta"
    assert "beta" in vendor.seen[-1].path + str(vendor.seen[-1].body)
    with pytest.raises(errors.ClientError) as unknown:
        await ask(house, stream, model="acme/gamma")
    assert (unknown.value.code, unknown.value.status) == (404, "NOT_FOUND")


@BOTH
async def test_names_that_the_vendors_tools_send_are_auto(
    house: House, vendor: Upstream, stream: bool
) -> None:
    answer = await ask(house, stream, model="gemini-3.8-flash")
    assert answer[-1].model_version == "acme/alpha"


@BOTH
async def test_a_signature_goes_back_to_its_own_target_only(house: House, stream: bool) -> None:
    asked, other = "gemini-3.8-flash", "gemini-4-argon"
    async with GeminiUpstream(models=(asked, other)) as up:
        await house.add(up, kind="gemini")
        up.script(ToolCalls((ToolCall("weather", "{}"),)))
        first = await ask(house, stream, model=f"acme/{asked}", tools=[WEATHER])
        called = [part for part in parts_of(first) if part.function_call]
        assert called[0].thought_signature == base64.b64decode(SIGNATURE)
        result = types.FunctionResponse(name="weather", response={"output": "rain"})
        contents = [
            types.Content(role="user", parts=[types.Part(text=HELLO)]),
            types.Content(role="model", parts=called),
            types.Content(role="user", parts=[types.Part(function_response=result)]),
        ]
        for model, own in ((asked, True), (other, False)):
            await ask(house, stream, contents, model=f"acme/{model}", tools=[WEATHER])
            sent = up.seen[-1].body["contents"][1]["parts"][0]
            given = sent.get("thoughtSignature", "").replace("-", "+").replace("_", "/")
            assert (given == SIGNATURE) is own


@BOTH
async def test_thoughts_of_another_vendor_come_back_to_it(house: House, stream: bool) -> None:
    async with AnthropicUpstream(models=("claude-sonnet-4-5", "other")) as up:
        await house.add(up, kind="anthropic_compatible")
        signed = {"type": "thinking", "thinking": "It may rain.", "signature": "c2ln+/=="}
        used = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {}}
        up.script(Blocks((signed, used), finish="tool_use"))
        thinking = types.ThinkingConfig(thinking_budget=2000)
        asked: Any = {"tools": [WEATHER], "thinking_config": thinking}
        first = await ask(house, stream, model="acme/claude-sonnet-4-5", **asked)
        result = types.FunctionResponse(id="toolu_1", name="weather", response={"output": "rain"})
        contents = [
            types.Content(role="user", parts=[types.Part(text=HELLO)]),
            *(types.Content(role="model", parts=[part]) for part in parts_of(first) if part != END),
            types.Content(role="user", parts=[types.Part(function_response=result)]),
        ]
        await ask(house, stream, contents, model="acme/claude-sonnet-4-5", **asked)
        sent = up.seen[-1].body
        assert sent["messages"][1]["content"][0] == signed
        assert sent["thinking"]["type"] == "enabled"
        await ask(house, stream, contents, model="acme/other", **asked)
        assert "c2ln" not in str(up.seen[-1].body)
