"""Four vendors' own clients, each with one way to ask and one to tell what it has heard."""

import json
from dataclasses import dataclass
from typing import Any

import openai
from anthropic import AsyncAnthropic
from google import genai
from google.genai import types
from openai import AsyncOpenAI

from tests.e2e.house import House


@dataclass(frozen=True, slots=True)
class Heard:
    """What a vendor's client has made of an answer."""

    text: str
    thought: str
    calls: list[tuple[str, str, Any]]
    ended: str
    counts: tuple[int, int]


async def by_chat(house: House, stream: bool, told: dict[str, Any]) -> Heard:
    """Ask as OpenAI's chat completions are asked."""
    async with AsyncOpenAI(
        base_url=house.engine.base_url, api_key=house.token, max_retries=0
    ) as sdk:
        if stream:
            more = {"stream_options": {"include_usage": True}}
            async with sdk.chat.completions.stream(**told, **more) as events:
                try:
                    reply: Any = await events.get_final_completion()
                except openai.LengthFinishReasonError as cut:
                    reply = cut.completion
        else:
            reply = await sdk.chat.completions.create(**told)
    (choice,) = reply.choices
    message, usage = choice.message, reply.usage
    calls = [
        (it.id, it.function.name, json.loads(it.function.arguments))
        for it in message.tool_calls or ()
    ]
    thought = (message.model_extra or {}).get("reasoning_content") or ""
    counts = (usage.prompt_tokens, usage.completion_tokens)
    return Heard(message.content or "", thought, calls, choice.finish_reason, counts)


async def by_messages(house: House, stream: bool, told: dict[str, Any]) -> Heard:
    """Ask as Anthropic's messages are asked."""
    async with AsyncAnthropic(base_url=house.root, api_key=house.token, max_retries=0) as sdk:
        if stream:
            async with sdk.messages.stream(**told) as events:
                reply = await events.get_final_message()
        else:
            reply = await sdk.messages.create(**told)
    blocks: list[Any] = list(reply.content)
    return Heard(
        "".join(it.text for it in blocks if it.type == "text"),
        "".join(it.thinking for it in blocks if it.type == "thinking"),
        [(it.id, it.name, it.input) for it in blocks if it.type == "tool_use"],
        reply.stop_reason or "",
        (reply.usage.input_tokens, reply.usage.output_tokens),
    )


def _text(reply: Any) -> str:
    parts = [part for it in reply.output if it.type == "message" for part in it.content]
    return "".join(part.text for part in parts)


async def by_responses(house: House, stream: bool, told: dict[str, Any]) -> Heard:
    """Ask as OpenAI's responses are asked."""
    async with AsyncOpenAI(
        base_url=house.engine.base_url, api_key=house.token, max_retries=0
    ) as sdk:
        if stream:
            async with sdk.responses.stream(**told) as events:
                # The client's own way to the end knows of no answer that is incomplete.
                reply: Any = [event async for event in events][-1].response  # type: ignore[union-attr]
        else:
            reply = await sdk.responses.create(**told)
    calls = [
        (it.call_id, it.name, json.loads(it.arguments))
        for it in reply.output
        if it.type == "function_call"
    ]
    thought = "".join(
        part.text
        for it in reply.output
        if it.type == "reasoning"
        for part in [*it.summary, *(it.content or ())]
    )
    counts = (reply.usage.input_tokens, reply.usage.output_tokens)
    ended = reply.incomplete_details.reason if reply.incomplete_details else reply.status
    return Heard(_text(reply), thought, calls, ended, counts)


async def by_contents(house: House, stream: bool, told: dict[str, Any]) -> Heard:
    """Ask as Google's contents are asked."""
    options = types.HttpOptions(
        base_url=house.root, retry_options=types.HttpRetryOptions(attempts=1)
    )
    by_hand = types.AutomaticFunctionCallingConfig(disable=True)
    config = types.GenerateContentConfig(
        automatic_function_calling=by_hand, **told.get("config", {})
    )
    asked = {**told, "config": config}
    async with genai.Client(api_key=house.token, http_options=options).aio as sdk:
        if stream:
            chunks = await sdk.models.generate_content_stream(**asked)
            answer = [chunk async for chunk in chunks]
        else:
            answer = [await sdk.models.generate_content(**asked)]
    parts: list[Any] = [part for it in answer for part in it.parts or ()]
    last: Any = answer[-1]
    usage = last.usage_metadata
    calls = [part.function_call for part in parts if part.function_call]
    return Heard(
        "".join(part.text or "" for part in parts if not part.thought),
        "".join(part.text or "" for part in parts if part.thought),
        [(call.id, call.name, call.args) for call in calls],
        last.candidates[0].finish_reason.value,
        (usage.prompt_token_count, usage.candidates_token_count),
    )
