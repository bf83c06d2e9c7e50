"""Streams that send no pieces: what their items hold is said when they end, and said once."""

from typing import Any

import orjson
import pytest

from butler.engine.dialects.canonical import Reply, ToolCall, fold
from butler.engine.dialects.responses_reader import ResponseStreamReader, pieces_of

CALL = {"type": "function_call", "call_id": "c", "name": "f"}
CUSTOM = {"type": "custom_tool_call", "call_id": "c", "name": "exec"}
WORDS = {"type": "message", "role": "assistant"}
ARGUMENTS, FREE = '{"x":1}', 'say "hi"'
CALLED = Reply("", (), (ToolCall("c", "f", ARGUMENTS),))
RAN = Reply("", (), (ToolCall("c", "exec", orjson.dumps({"input": FREE}).decode()),))
SPOKEN = Reply("Hi", (), ())


def event(type_: str, **members: Any) -> bytes:
    data = orjson.dumps({"type": f"response.{type_}", "output_index": 0, **members})
    return b"event: x\ndata: %s\n\n" % data


def added(item: dict[str, Any]) -> bytes:
    return event("output_item.added", item=item)


def done(item: dict[str, Any]) -> bytes:
    return event("output_item.done", item=item)


def said(*raw: bytes) -> tuple[Reply, str]:
    reader = ResponseStreamReader()
    deltas = reader.feed(b"".join(raw)) + reader.close()
    pieces = [piece for delta in deltas if delta.data for piece in pieces_of(delta.data)]
    return fold(pieces), "".join(delta.text for delta in deltas)


WHOLE_CALL, WHOLE_RUN = {**CALL, "arguments": ARGUMENTS}, {**CUSTOM, "input": FREE}
WHOLE_WORDS = {**WORDS, "content": [{"type": "output_text", "text": "Hi"}]}
PIECE = event("function_call_arguments.delta", delta=ARGUMENTS)
CALL_DONE = event("function_call_arguments.done", arguments=ARGUMENTS)
CASES: dict[str, tuple[list[bytes], Reply]] = {
    "all of it": ([added(CALL), PIECE, CALL_DONE, done(WHOLE_CALL)], CALLED),
    "arguments done": ([added(CALL), CALL_DONE], CALLED),
    "arguments done, then the item": ([added(CALL), CALL_DONE, done(WHOLE_CALL)], CALLED),
    "the item": ([added(CALL), done(WHOLE_CALL)], CALLED),
    "the item alone": ([done(WHOLE_CALL)], CALLED),
    "arguments of nobody": ([CALL_DONE, done(WHOLE_CALL)], CALLED),
    "the response alone": ([event("completed", response={"output": [WHOLE_CALL]})], CALLED),
    "free text done": (
        [added(CUSTOM), event("custom_tool_call_input.done", input=FREE), done(WHOLE_RUN)],
        RAN,
    ),
    "free text in the item": ([added(CUSTOM), done(WHOLE_RUN)], RAN),
    "free text alone": ([done(WHOLE_RUN)], RAN),
    "words done": ([added(WORDS), event("output_text.done", text="Hi"), done(WHOLE_WORDS)], SPOKEN),
    "words in the item": ([added(WORDS), done(WHOLE_WORDS)], SPOKEN),
    "words in the response": (
        [
            added(WORDS),
            event("output_text.delta", delta="Hi"),
            event("completed", response={"output": [WHOLE_WORDS]}),
        ],
        SPOKEN,
    ),
    "a refusal": ([added(WORDS), event("refusal.done", refusal="No.")], Reply("", (), (), "No.")),
}


@pytest.mark.parametrize(("events", "reply"), CASES.values(), ids=CASES)
def test_it_is_said_once(events: list[bytes], reply: Reply) -> None:
    got, text = said(*events)

    assert got == reply
    assert reply.text + reply.refusal in text
    assert all(call.name in text for call in reply.calls)
