"""The published shapes of a message, whole and as the events of a stream.

Replies are scripted once for every vendor, as deltas; here they become content blocks. One entry
of a stream is what one delta brings, so that "after two events" means the same everywhere: the
beginning, then content piece by piece (with the borders of blocks), the reason, the end.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.checks import Ask
from tests.fakes.completion import Body
from tests.fakes.replies import Reply

SIGNATURE = "c2lnbmVkIGJ5IHRoZSB2ZW5kb3I="
_STOPS = {
    "stop": "end_turn",
    "length": "max_tokens",
    "tool_calls": "tool_use",
    "content_filter": "refusal",
}
Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Blocks(Reply):
    """A reply of content blocks as they stand: for kinds that only this vendor has."""

    blocks: tuple[Mapping[str, Any], ...] = ()
    finish: str = field(default="end_turn", kw_only=True)


@dataclass(slots=True)
class _Block:
    """A content block on its way: how it begins, and the deltas that fill it."""

    start: Object
    deltas: list[Object] = field(default_factory=list)

    def whole(self) -> Object:
        """The block with all that its deltas bring."""
        block = dict(self.start)
        for delta in self.deltas:
            match delta["type"]:
                case "text_delta":
                    block["text"] += delta["text"]
                case "thinking_delta":
                    block["thinking"] += delta["thinking"]
                case "signature_delta":
                    block["signature"] = delta["signature"]
                case "input_json_delta":
                    block["input"] = block.get("input") or ""
                    block["input"] += delta["partial_json"]
        if block["type"] == "tool_use":
            block["input"] = json.loads(block["input"] or "{}")
        return block


def whole(reply: Body, ask: Ask) -> Object:
    """The `message` object."""
    stop = _STOPS.get(reply.finish, reply.finish)
    return {
        **_message(reply, ask),
        "content": [block.whole() for block, _ in _steps(reply) if block is not None],
        "stop_reason": stop,
        "usage": _usage(reply.usage),
        **reply.extra,
    }


def events(reply: Body, ask: Ask) -> list[bytes]:
    """The stream, from `message_start` to `message_stop`."""
    first = {**_usage(reply.usage), "output_tokens": 1} if reply.usage else {}
    start = {**_message(reply, ask), "usage": first}
    begin = event({"type": "message_start", "message": start, **reply.extra})
    pieces = [begin + event({"type": "ping"})]
    open_index = -1
    for index, (block, delta) in _numbered(reply):
        out = b""
        if block is not None:
            out += _stop(open_index)
            shown = _shown_at_start(block.start)
            out += event({"type": "content_block_start", "index": index, "content_block": shown})
            open_index = index
        if delta is not None:
            out += event({"type": "content_block_delta", "index": index, "delta": delta})
        pieces.append(out)
    stop = _STOPS.get(reply.finish, reply.finish)
    ended = {"stop_reason": stop, "stop_sequence": None}
    usage = {name: n for name, n in _usage(reply.usage).items() if name.endswith("tokens")}
    pieces.append(
        _stop(open_index) + event({"type": "message_delta", "delta": ended, "usage": usage})
    )
    return [*pieces, event({"type": "message_stop"})]


def event(body: Mapping[str, Any]) -> bytes:
    """One named event."""
    data = json.dumps(body, ensure_ascii=False).encode()
    return b"event: " + body["type"].encode() + b"\ndata: " + data + b"\n\n"


def model_info(name: str) -> Object:
    """One model of the list."""
    yes, no = {"supported": True}, {"supported": False}
    return {
        "type": "model",
        "id": name,
        "display_name": name.title(),
        "created_at": "2026-01-01T00:00:00Z",
        "lifecycle": "active",
        "max_input_tokens": 200_000,
        "max_tokens": 64_000,
        "capabilities": {
            "image_input": yes,
            "pdf_input": no,
            "structured_outputs": yes,
            "thinking": {"supported": True, "types": {"adaptive": no, "enabled": yes}},
        },
    }


def _steps(reply: Body) -> Iterator[tuple[_Block | None, Object | None]]:
    """Yield for each piece the block that begins with it, if any, and the delta it brings.

    Each block is handed out at its beginning and has all of its deltas by the end.
    """
    if isinstance(reply, Blocks):
        for raw in reply.blocks:
            yield _Block(dict(raw)), None
        return
    steps: list[tuple[_Block | None, Object | None]] = []
    blocks: dict[object, _Block] = {}
    for said in reply.deltas():
        for key, start, delta in _content(said):
            known = blocks.get(key)
            block = blocks.setdefault(key, _Block(start))
            if delta is not None:
                block.deltas.append(delta)
            if known is None and key != "thinking" and "thinking" in blocks:
                steps += _signed(blocks)
            steps.append((None if known else block, delta))
    yield from steps + _signed(blocks)


def _signed(blocks: dict[object, _Block]) -> list[tuple[_Block | None, Object | None]]:
    """Return the signature under a thought that is over, once."""
    thought = blocks.get("thinking")
    if thought is None or any(delta["type"] == "signature_delta" for delta in thought.deltas):
        return []
    signature = {"type": "signature_delta", "signature": SIGNATURE}
    thought.deltas.append(signature)
    return [(None, signature)]


def _content(said: Mapping[str, Any]) -> Iterator[tuple[object, Object, Object | None]]:
    """Yield the key of a block, how it begins, and a delta for it."""
    if thought := said.get("reasoning_content"):
        start: Object = {"type": "thinking", "thinking": "", "signature": ""}
        yield "thinking", start, {"type": "thinking_delta", "thinking": thought}
    if text := said.get("content"):
        yield "text", {"type": "text", "text": ""}, {"type": "text_delta", "text": text}
    for call in said.get("tool_calls") or ():
        function = call["function"]
        start = {"type": "tool_use", "id": "", "name": function.get("name"), "input": {}}
        if "id" in call:
            start["id"] = call["id"].replace("call_", "toolu_")
        arguments = function["arguments"]
        delta = {"type": "input_json_delta", "partial_json": arguments}
        yield ("tool", call["index"]), start, delta if "id" not in call or arguments else None


def _numbered(reply: Body) -> Iterator[tuple[int, tuple[_Block | None, Object | None]]]:
    index = -1
    for block, delta in _steps(reply):
        index += block is not None
        yield index, (block, delta)


def _shown_at_start(start: Object) -> Object:
    return {**start, "input": {}} if start["type"] == "tool_use" else start


def _stop(index: int) -> bytes:
    return event({"type": "content_block_stop", "index": index}) if index >= 0 else b""


def _message(reply: Body, ask: Ask) -> Object:
    return {
        "id": f"msg_{uuid.uuid4().hex[:24]}",
        "type": "message",
        "role": "assistant",
        "model": reply.model or ask.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
    }


def _usage(usage: Any) -> Object:
    if usage is None:
        return {}
    fresh = usage.prompt_tokens - usage.cached_tokens - usage.cache_write_tokens
    counts = {
        "input_tokens": fresh,
        "cache_creation_input_tokens": usage.cache_write_tokens,
        "cache_read_input_tokens": usage.cached_tokens,
        "output_tokens": usage.completion_tokens,
        "service_tier": "standard",
    }
    if usage.reasoning_tokens:
        counts["output_tokens_details"] = {"thinking_tokens": usage.reasoning_tokens}
    return counts
