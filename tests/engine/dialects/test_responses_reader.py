"""Responses as they are read: what our own writer has written, whole, and byte by byte."""

from typing import Any

import orjson
import pytest

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import (
    Called,
    Finish,
    Heard,
    Likely,
    Piece,
    Reasoned,
    Reply,
    Said,
    Thought,
    ToolCall,
    Unsaid,
    fold,
)
from butler.engine.dialects.responses_answer import ResponseEvents, WholeResponse
from butler.engine.dialects.responses_reader import (
    ResponseStreamReader,
    error_body_of,
    pieces_of,
    read_reply,
)

TARGET = Target("acme", "alpha")
SAID: list[Piece] = [Reasoned("Hm."), Said("Hi, 你好"), Called(2, "a", "f", '{"x":1}')]


def stream(finish: str = "tool_calls") -> bytes:
    writer = ResponseEvents(TARGET, {})
    end = Delta(b"", finish=finish, usage=Usage(3, 4, 1))
    return (
        b"".join(writer.write(Delta(b""), [it]) for it in SAID)
        + writer.write(end, [])
        + (writer.close())
    )


def content(reply: Reply) -> tuple[str, list[str], list[tuple[str, str, str]]]:
    calls = [(call.id, call.name, call.arguments) for call in reply.calls]
    return reply.text, [it.text for it in reply.thoughts if it.text], calls


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("crlf", [False, True])
def test_a_stream_in_whatever_pieces(size: int, crlf: bool) -> None:
    raw = stream().replace(b"\n", b"\r\n") if crlf else stream()
    reader = ResponseStreamReader()
    deltas = [it for at in range(0, len(raw), size) for it in reader.feed(raw[at : at + size])]
    deltas += reader.close()
    assert b"".join(delta.raw for delta in deltas) == raw
    pieces = [piece for delta in deltas for piece in pieces_of(delta.data or {"type": ""})]
    assert content(fold(pieces)) == content(fold(SAID))
    last = deltas[-1]
    assert (last.done, last.finish) == (True, Finish.TOOL_CALLS)
    assert last.usage is not None
    assert (last.usage.input_tokens, last.usage.output_tokens, last.usage.cached_tokens) == (
        3,
        4,
        1,
    )


def test_a_whole_response() -> None:
    body = WholeResponse(TARGET, {}).write(Delta(b"", finish="length"), SAID)
    delta = read_reply(body)
    assert content(fold(list(pieces_of(delta.data)))) == content(fold(SAID))
    assert (delta.finish, delta.usage) == (Finish.LENGTH, None)


def test_failures() -> None:
    reader = ResponseStreamReader()
    (failed, unreadable) = reader.feed(
        b'data: {"type":"response.failed","response":{"error":{"message":"No."}}}\n\ndata: x\n\n'
    )
    assert (failed.error, unreadable.unreadable) == ("No.", True)
    assert read_reply(b'{"error":{"message":"No."}}').error == "No."
    assert read_reply(b'{"status":"failed","error":null}').error
    with pytest.raises(ValueError, match="not a JSON object"):
        read_reply(orjson.dumps([1]))


def event(type_: str, **members: Any) -> bytes:
    data = orjson.dumps({"type": f"response.{type_}", "output_index": 0, **members})
    return b"event: x\ndata: %s\n\n" % data


def heard(*raw: bytes) -> tuple[list[Delta], list[Heard]]:
    reader = ResponseStreamReader()
    deltas = reader.feed(b"".join(raw)) + reader.close()
    return deltas, [piece for delta in deltas for piece in pieces_of(delta.data or {"type": ""})]


CUSTOM = {"type": "custom_tool_call", "id": "ctc_1", "call_id": "c", "name": "exec"}
CASES: list[tuple[str, list[bytes], dict[str, Any], Reply]] = [
    (
        "a refusal",
        [event("refusal.delta", delta="I will "), event("refusal.delta", delta="not.")],
        {"type": "message", "content": [{"type": "refusal", "refusal": "I will not."}]},
        Reply("", (), (), "I will not."),
    ),
    (
        "a thought in parts",
        [
            event("reasoning_summary_part.added", summary_index=0),
            event("reasoning_summary_text.delta", delta="Hm."),
            event("reasoning_summary_part.added", summary_index=1),
            event("reasoning_summary_text.delta", delta="So."),
            event("output_item.done", item={"type": "reasoning", "encrypted_content": "gAAA"}),
        ],
        {
            "type": "reasoning",
            "summary": [{"type": "summary_text", "text": it} for it in ("Hm.", "So.")],
            "encrypted_content": "gAAA",
        },
        Reply("", (Thought("Hm.\n\nSo."), Thought(sealed="gAAA")), ()),
    ),
    (
        "a thought in the open",
        [event("reasoning_text.delta", delta="Hm.")],
        {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "Hm."}]},
        Reply("", (Thought("Hm."),), ()),
    ),
    (
        "a custom tool",
        [
            event("output_item.added", item={**CUSTOM, "input": ""}),
            event("custom_tool_call_input.delta", delta='say "'),
            event("custom_tool_call_input.delta", delta='hi"\n'),
            event("custom_tool_call_input.done", input='say "hi"\n'),
            event("output_item.done", item={**CUSTOM, "input": 'say "hi"\n'}),
        ],
        {**CUSTOM, "input": 'say "hi"\n'},
        Reply("", (), (ToolCall("c", "exec", '{"input":"say \\"hi\\"\\n"}'),)),
    ),
    (
        "how likely it was",
        [event("output_text.delta", delta="Hi", logprobs=[{"token": "Hi", "logprob": -0.5}])],
        {
            "type": "message",
            "content": [{"text": "Hi", "logprobs": [{"token": "Hi", "logprob": -0.5}]}],
        },
        Reply("Hi", (), (), likely=(Likely("Hi", -0.5),)),
    ),
]


@pytest.mark.parametrize(
    ("events", "item", "reply"), [it[1:] for it in CASES], ids=[it[0] for it in CASES]
)
def test_streamed_and_whole_say_the_same(
    events: list[bytes], item: dict[str, Any], reply: Reply
) -> None:
    _, pieces = heard(*events)
    whole = read_reply(orjson.dumps({"output": [item]}))
    assert fold(pieces) == fold(list(pieces_of(whole.data))) == reply


def test_what_the_vendor_runs_is_content_that_nobody_else_can_say() -> None:
    search = {"type": "web_search_call", "id": "ws_1", "status": "completed"}
    source = {"type": "url_citation", "url": "https://a.example"}
    said = {"type": "message", "content": [{"text": "Hi", "annotations": [source]}]}
    deltas, pieces = heard(
        event("output_item.added", item={**said, "content": []}),
        event("output_item.added", item=search),
        event("web_search_call.searching", item_id="ws_1"),
        event("output_item.done", item=search),
        event("output_text.annotation.added", annotation=source),
    )
    assert [delta.content for delta in deltas] == [False, True, False, True, False]
    unsaid = [Unsaid("an item of the kind `web_search_call`"), Unsaid("where its words are from")]
    assert pieces == unsaid
    whole = read_reply(orjson.dumps({"output": [search, said]}))
    assert list(pieces_of(whole.data)) == [unsaid[0], Said("Hi"), unsaid[1]]


def test_what_belongs_to_the_target() -> None:
    item = {"type": "reasoning", "id": "rs_1", "encrypted_content": "gAAA"}
    deltas, _ = heard(event("output_item.added", item=item), event("output_item.done", item=item))
    assert [delta.signed for delta in deltas] == [(), ("rs_1", "gAAA")]
    assert read_reply(orjson.dumps({"output": [item]})).signed == ("rs_1", "gAAA")


def test_the_end_is_told_or_missing() -> None:
    deltas, _ = heard(event("output_text.delta", delta="Hi"))
    assert not any(delta.done or delta.finish for delta in deltas)
    reasons = {"incomplete_details": {"reason": "content_filter"}}
    (last,), _ = heard(event("incomplete", response=reasons))
    assert (last.done, last.finish) == (True, Finish.CONTENT_FILTER)
    (done,), _ = heard(b"data: [DONE]\n\n")
    assert not done.unreadable


@pytest.mark.parametrize(
    "given",
    [
        {"type": "error", "code": "x", "message": "No.", "param": None},
        {"type": "response.failed", "response": {"error": {"code": "x", "message": "No."}}},
        {"error": {"code": "x", "message": "No."}},
    ],
    ids=str,
)
def test_errors_have_one_shape(given: Any) -> None:
    error = orjson.loads(error_body_of(orjson.dumps(given)))["error"]
    assert (error["code"], error["message"]) == ("x", "No.")
    assert error_body_of(b"<html>") == b"<html>"
