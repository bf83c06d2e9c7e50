"""What the vendors' own libraries make of an answer: whole, folded from a stream, and its steps.

What every answer has alike is looked at once, and left out of what the golden files show: ids,
times, the model's name, members without a value. Ids that were made here are shown as `made`.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from anthropic.lib.streaming._messages import accumulate_event
from anthropic.types import Message, RawMessageStreamEvent
from google.genai.types import GenerateContentResponse
from openai import omit
from openai._streaming import SSEDecoder
from openai.lib.streaming.chat import ChatCompletionStreamState
from openai.lib.streaming.responses._responses import ResponseStreamState
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import BaseModel, TypeAdapter

from tests.golden.played import TARGET

Object = dict[str, Any]
_TOLD = re.compile(r"^call_\d$")
"""The ids of calls in the golden files; any other one was made on the way."""
_COUNTED_ALWAYS = ("input", "output", "total", "prompt", "completion", "candidates")
_ANTHROPIC: TypeAdapter[Any] = TypeAdapter(RawMessageStreamEvent)
_RESPONSES: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)


@dataclass(slots=True)
class Got:
    """An answer as its client has it in the end; `steps` are what a stream brought, in order."""

    answer: Any = None
    steps: list[str] = field(default_factory=list)


def whole_of(dialect: str, body: bytes) -> Any:
    """Return a whole answer as the vendor's library reads it."""
    match dialect:
        case "openai_chat":
            return _of_chat(_dumped(ChatCompletion.model_validate_json(body, strict=True)))
        case "openai_responses":
            return _of_response(_dumped(Response.model_validate_json(body)))
        case "anthropic_messages":
            return _of_message(_dumped(Message.model_validate_json(body)))
    return _of_contents([GenerateContentResponse.model_validate_json(body)])


def stream_of(dialect: str, body: bytes) -> Got:
    """Return a streamed answer as the vendor's library folds it."""
    events = list(_events(body))
    fold: Mapping[str, Callable[[list[tuple[str | None, Any]]], Got]] = {
        "openai_chat": _chat,
        "openai_responses": _response,
        "anthropic_messages": _message,
        "gemini": _contents,
    }
    got = fold[dialect](events)
    return Got(got.answer, list(_joined(got.steps)))


def _events(body: bytes) -> Iterator[tuple[str | None, Any]]:
    """Yield the name and the data of each event, as the vendor's library cuts them."""
    for event in SSEDecoder().iter_bytes(iter([body])):
        yield event.event, "[DONE]" if event.data == "[DONE]" else json.loads(event.data)


def _chat(events: list[tuple[str | None, Any]]) -> Got:
    state, got, begun = ChatCompletionStreamState(), Got(), False
    for _, data in events:
        if data == "[DONE]":
            got.steps.append("done")
        elif "error" in data:
            got.steps.append(f"error {data['error']['message']}")
        else:
            assert data["object"] == "chat.completion.chunk"
            state.handle_chunk(ChatCompletionChunk.model_validate(data, strict=True))
            begun = True
            got.steps += _steps_of_chunk(data)
    if begun:
        got.answer = _of_chat(_dumped(state.current_completion_snapshot))
    return got


def _steps_of_chunk(data: Object) -> Iterator[str]:
    for choice in data["choices"]:
        told = choice["delta"]
        if told.get("role"):
            yield f"role {told['role']}"
        for key in ("reasoning_content", "content", "refusal"):
            if told.get(key):
                yield _piece(key, told[key])
        for call in told.get("tool_calls") or ():
            if call.get("id"):
                yield f"tool {call['index']} {call['function']['name']} {_id(call['id'])}"
            if call["function"].get("arguments"):
                yield _piece(f"arguments {call['index']}", call["function"]["arguments"])
        if choice["finish_reason"]:
            yield f"finish {choice['finish_reason']}"
    if not data["choices"]:
        yield "usage"


def _of_chat(told: Object) -> Object:
    assert told["model"] == str(TARGET)
    assert isinstance(told["created"], int)
    (choice,) = told["choices"]
    message = choice["message"]
    assert message.pop("role") == "assistant"
    for call in message.get("tool_calls", ()):
        call["id"] = _id(call["id"])
        call.pop("index", None)
        assert call.pop("type") == "function"
        call["function"].pop("parsed_arguments", None)
        told_call = call.pop("function")
        call |= {**told_call, "arguments": _json(told_call["arguments"])}
    answer = {"message": message, "finish_reason": choice.get("finish_reason")}
    if choice.get("logprobs"):
        answer["logprobs"] = choice["logprobs"]
    return _bare({**answer, "usage": _counts(told.get("usage"))})


def _response(events: list[tuple[str | None, Any]]) -> Got:
    state: Any = ResponseStreamState(input_tools=[], text_format=omit)
    got, last, folded = Got(), None, None
    first = events[0][1]["sequence_number"]
    for number, (name, data) in enumerate(events, first):
        assert (name, data["sequence_number"]) == (data["type"], number)
        if data["type"] not in ("error", "response.failed"):
            # Of failures the published list of codes is older than what the vendor sends.
            state.handle_event(_RESPONSES.validate_python(data))
            folded = state._ResponseStreamState__current_snapshot
        got.steps.append(_step_of_event(data))
        last = data.get("response", last)
    if last is not None:
        got.answer = _of_response(_dumped(Response.construct(**last)))
        if folded is not None and last["status"] != "failed":
            Response.model_validate(last)
            done = [data["item"] for _, data in events if data["type"].endswith("item.done")]
            assert sorted(map(json.dumps, done)) == sorted(map(json.dumps, last["output"]))
            assert _said(_dumped(folded)) == _said(_dumped(Response.model_validate(last)))
    return got


def _step_of_event(data: Object) -> str:
    kind = data["type"].removeprefix("response.")
    if kind.endswith(".delta"):
        if "arguments" in kind:
            return _piece(f"arguments {data['output_index']}", data["delta"])
        return _piece(kind.removesuffix(".delta"), data["delta"])
    if kind == "error":
        return f"error {data['message']}"
    if "item" in data:
        return f"{kind} {data['item']['type']}"
    return kind


def _of_response(told: Object) -> Object:
    assert (told["model"], told["object"]) == (str(TARGET), "response")
    answer = {key: told.get(key) for key in ("status", "incomplete_details", "error")}
    return _bare({**answer, "output": _items(told["output"]), "usage": _counts(told.get("usage"))})


def _said(response: Object) -> list[Object]:
    """Return what the library folds: words and calls, but neither thoughts nor refusals."""
    found = []
    for item in _items(response["output"]):
        if item["type"] != "reasoning":
            parts = [
                {"text": one["text"]} for one in item.get("content", ()) if one["type"] != "refusal"
            ]
            found.append({**item, "content": parts, "status": None})
    return found


def _items(output: Sequence[Object]) -> list[Object]:
    found = []
    for one in output:
        item = {key: it for key, it in one.items() if key not in ("id", "parsed_arguments")}
        if "arguments" in item:
            item["arguments"] = _json(item["arguments"])
        if "call_id" in item:
            item["call_id"] = _id(item["call_id"])
        if str(item.get("encrypted_content", "")).startswith("butler."):
            item["encrypted_content"] = "made"
        for part in item.get("content", ()):
            part.pop("parsed", None)
            for empty in ("annotations", "logprobs"):
                if not part.get(empty):
                    part.pop(empty, None)
        found.append(_bare(item))
    return found


def _message(events: list[tuple[str | None, Any]]) -> Got:
    got, message = Got(), None
    held: dict[int, bytes] = {}
    for name, data in events:
        assert name == data["type"]
        if data["type"] == "error":
            got.steps.append(f"error {data['error']['message']}")
            continue
        event = _ANTHROPIC.validate_python(data)
        message = accumulate_event(event=event, current_snapshot=message, json_bufs=held)
        got.steps.append(_step_of_message(data))
    if message is not None:
        got.answer = _of_message(_dumped(message))
    return got


def _step_of_message(data: Object) -> str:
    match data:
        case {"type": "content_block_start", "index": index, "content_block": block}:
            named = f" {block['name']} {_id(block['id'])}" if "name" in block else ""
            return f"{index} opens {block['type']}{named}"
        case {"type": "content_block_delta", "index": index, "delta": delta}:
            if "partial_json" in delta:
                return _piece("arguments", delta["partial_json"])
            kind = delta["type"].partition("_")[0]
            if kind == "signature":
                return "signature made"
            return _piece(kind, delta[kind])
        case {"type": "content_block_stop", "index": index}:
            return f"{index} closes"
        case {"type": "message_delta", "delta": delta}:
            return f"message_delta {delta['stop_reason']}"
    return str(data["type"])


def _of_message(told: Object) -> Object:
    assert (told["model"], told["role"], told["type"]) == (str(TARGET), "assistant", "message")
    for block in told["content"]:
        block.pop("parsed_output", None)
        for mark in ("signature", "data"):
            if block.get(mark):
                block[mark] = "made"
        if "id" in block:
            block["id"] = _id(block["id"])
    ended = {key: told.get(key) for key in ("stop_reason", "stop_sequence")}
    return _bare({"content": told["content"], **ended, "usage": _counts(told.get("usage"))})


def _contents(events: list[tuple[str | None, Any]]) -> Got:
    got = Got()
    chunks = []
    for _, data in events:
        if "error" in data:
            got.steps.append(f"error {data['error']['message']}")
            continue
        chunks.append(GenerateContentResponse.model_validate(data))
        for candidate in data["candidates"]:
            got.steps += map(_step_of_part, candidate["content"]["parts"])
            if "finishReason" in candidate:
                got.steps.append(f"finish {candidate['finishReason']}")
    if chunks:
        got.answer = _of_contents(chunks)
    got.steps = [step for step in got.steps if step != 'text ""']
    return got


def _step_of_part(part: Object) -> str:
    if "functionCall" in part:
        call = part["functionCall"]
        args = json.dumps(call["args"], separators=(",", ":"))
        return f"call {call['name']} {_id(call['id'])} {args}"
    return _piece("thought" if part.get("thought") else "text", part["text"])


def _of_contents(chunks: Sequence[GenerateContentResponse]) -> Object:
    """Return what the chunks say together: this library leaves that to who uses it."""
    parts: list[Object] = []
    answer: Object = {}
    for chunk in chunks:
        told = chunk.model_dump(mode="json", by_alias=True, exclude_none=True)
        assert told["modelVersion"] == str(TARGET)
        (candidate,) = told["candidates"]
        for part in candidate["content"]["parts"]:
            if parts and {*part, *parts[-1]} <= {"text", "thought"} and [*part] == [*parts[-1]]:
                parts[-1]["text"] += part["text"]
            elif part.get("text") != "":
                parts.append(part)
            if "thoughtSignature" in part:
                part["thoughtSignature"] = "made"
            if "functionCall" in part:
                part["functionCall"]["id"] = _id(part["functionCall"]["id"])
        if "finishReason" in candidate:
            answer["finishReason"] = candidate["finishReason"]
        for key, tokens in candidate.get("logprobsResult", {}).items():
            answer.setdefault("logprobs", {}).setdefault(key, []).extend(tokens)
        answer |= {"usage": _counts(told["usageMetadata"])} if "usageMetadata" in told else {}
    return {"parts": parts, **answer}


def _dumped(model: BaseModel) -> Object:
    return model.model_dump(mode="json", exclude_none=True, warnings=False)


def _id(given: str) -> str:
    return given if _TOLD.match(given) else "made"


def _bare(value: Any) -> Any:
    """Return a value without the members that say nothing."""
    if isinstance(value, dict):
        return {key: _bare(it) for key, it in value.items() if it is not None}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _piece(key: str, text: str) -> str:
    return f"{key} {json.dumps(text, ensure_ascii=False)}"


def _joined(steps: list[str]) -> Iterator[str]:
    """Yield the steps, pieces of one thing put together: where they are cut is nobody's matter."""
    for key, same in groupby(steps, lambda step: step.partition(' "')[0]):
        found = list(same)
        # A whole call is one step, whatever its arguments hold.
        if ' "' not in found[0] or found[0].startswith("call "):
            yield from found
            continue
        text = "".join(json.loads('"' + it.partition(' "')[2]) for it in found)
        text = _json(text) if key.startswith("arguments") else text
        if text not in ("", "{}"):
            yield _piece(key, text)


def _json(text: str) -> str:
    """Return JSON as everybody would write it; a piece of it stays as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except json.JSONDecodeError:
        return text


def _counts(usage: Object | None) -> Object | None:
    """Return counts without the details that are nothing."""
    if usage is None:
        return None
    plain = {
        key: _counts(it) if isinstance(it, dict) else it
        for key, it in usage.items()
        if it != 0 or key.startswith(_COUNTED_ALWAYS)
    }
    return {key: it for key, it in plain.items() if it != {}}
