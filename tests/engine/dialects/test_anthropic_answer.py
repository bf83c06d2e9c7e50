"""Answers written for Anthropic's clients: the events add up to the whole."""

import json
from typing import Any

import orjson
import pytest
from anthropic.lib.streaming._messages import accumulate_event
from anthropic.types import Message, RawMessageStreamEvent
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from butler.engine.call import Target, Usage, UsageSource
from butler.engine.dialects.anthropic_answer import MessageEvents, WholeMessage, usage_of
from butler.engine.dialects.anthropic_conversation import read_conversation
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Piece, Reasoned, Said, Text, Thought, fold
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.responses_seal import seal
from tests.fakes import Answer, ToolCall, ToolCalls, completion
from tests.fakes.checks import Ask

TARGET = Target("acme", "alpha")
CLAUDE, CHAT = AnthropicMessages(), OpenAIChat()
USAGE = Usage(10, 5, 4, 2, UsageSource.REPORTED, 3)
EVENT: TypeAdapter[Any] = TypeAdapter(RawMessageStreamEvent)


def event(**more: Any) -> Delta:
    return Delta(b"", **more)


def events(raw: bytes) -> list[Any]:
    found = []
    for block in raw.decode().split("\n\n"):
        if block:
            name, data = block.split("\n")
            found.append(json.loads(data.removeprefix("data: ")))
            assert name == f"event: {found[-1]['type']}"
    return found


def test_a_stream() -> None:
    writer = MessageEvents(TARGET, 40)
    raw = writer.write(event(), [])
    raw += writer.write(event(), [Reasoned("hm"), Said("Hel")])
    raw += writer.write(event(), [Said("lo"), Said("")])
    raw += writer.write(event(), [Called(5, "a", "f")])
    raw += writer.write(event(), [Called(5, arguments='{"x"'), Called(5, arguments=":1}")])
    raw += writer.write(event(finish="tool_calls"), [])
    raw += writer.write(event(usage=USAGE), [])
    raw += writer.close()
    start, *rest = events(raw)
    message = start.pop("message")
    assert (start, message["model"], message["role"]) == (
        {"type": "message_start"},
        "acme/alpha",
        "assistant",
    )
    assert message["usage"]["input_tokens"] == 40
    assert rest == [
        {"type": "content_block_start", "index": 0,
         "content_block": {"type": "thinking", "thinking": "", "signature": ""}},
        {"type": "content_block_delta", "index": 0,
         "delta": {"type": "thinking_delta", "thinking": "hm"}},
        {"type": "content_block_stop", "index": 0},
        {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "Hel"}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "lo"}},
        {"type": "content_block_stop", "index": 1},
        {"type": "content_block_start", "index": 2,
         "content_block": {"type": "tool_use", "id": "a", "name": "f", "input": {}}},
        {"type": "content_block_delta", "index": 2,
         "delta": {"type": "input_json_delta", "partial_json": '{"x"'}},
        {"type": "content_block_delta", "index": 2,
         "delta": {"type": "input_json_delta", "partial_json": ":1}"}},
        {"type": "content_block_stop", "index": 2},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use", "stop_sequence": None},
         "usage": {"input_tokens": 3, "cache_creation_input_tokens": 3,
                   "cache_read_input_tokens": 4, "output_tokens": 5,
                   "output_tokens_details": {"thinking_tokens": 2}}},
        {"type": "message_stop"},
    ]  # fmt: skip


def test_nothing_was_said_and_usage_is_there_all_the_same() -> None:
    start, ending, stop = events(MessageEvents(TARGET, 7).close())
    assert start["message"]["usage"]["input_tokens"] == 7
    assert (ending["usage"]["input_tokens"], ending["usage"]["output_tokens"]) == (7, 0)
    assert stop == {"type": "message_stop"}


def test_an_error_is_an_event_and_the_end() -> None:
    for writer in (MessageEvents(TARGET), MessageEvents(TARGET)):
        (got,) = events(writer.write(event(error="Overloaded"), []))
        assert got["error"] == {"type": "api_error", "message": "Overloaded"}
        assert writer.close() == b""
    assert json.loads(WholeMessage(TARGET).error("no", "overloaded")) == {
        "type": "error",
        "error": {"type": "overloaded_error", "message": "no"},
    }


@pytest.mark.parametrize(
    ("type_", "code", "expected"),
    [
        ("invalid_request_error", None, "invalid_request_error"),
        ("upstream_error", "rate_limited", "rate_limit_error"),
        ("upstream_error", "overloaded", "overloaded_error"),
        ("upstream_error", "timeout", "timeout_error"),
        ("upstream_error", "content_policy", "invalid_request_error"),
        ("upstream_error", "cut", "api_error"),
        ("invalid_request_error", "model_not_found", "not_found_error"),
    ],
)
def test_kinds_of_errors(type_: str, code: str | None, expected: str) -> None:
    got = json.loads(CLAUDE.error_body("m", type_, code, "param"))
    assert got == {"type": "error", "error": {"type": expected, "message": "m"}}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "This model's maximum context length is 8192 tokens.",
            "prompt is too long: This model's maximum context length is 8192 tokens.",
        ),
        ("prompt is too long: 9 tokens > 8 maximum", "prompt is too long: 9 tokens > 8 maximum"),
    ],
)
def test_too_long(message: str, expected: str) -> None:
    got = json.loads(CLAUDE.too_long_body(message))["error"]
    assert got == {"type": "invalid_request_error", "message": expected}


def test_a_whole_one() -> None:
    pieces: list[Piece] = [Reasoned("hm", "sig"), Said("so"), Called(1, "a", "f", '{"x":1}')]
    got = json.loads(WholeMessage(TARGET).write(event(finish="stop", usage=USAGE), pieces))
    mark = seal(Thought(signature="sig", signer="acme/alpha"))
    assert got["content"] == [
        {"type": "thinking", "thinking": "hm", "signature": mark},
        {"type": "text", "text": "so"},
        {"type": "tool_use", "id": "a", "name": "f", "input": {"x": 1}},
    ]
    assert (got["stop_reason"], got["usage"]) == ("tool_use", usage_of(USAGE))
    assert "output_tokens" in json.loads(WholeMessage(TARGET).write(event(), []))["usage"]


def streamed(stream: bytes, cut: int, *, size: int = 0) -> Any:
    """Read OpenAI's stream, cut at a place or in steps, and write it as events."""
    reader, writer = CHAT.stream_reader(), MessageEvents(TARGET, 1)
    steps = [stream[:cut], stream[cut:]]
    if size:
        steps = [stream[at : at + size] for at in range(0, len(stream), size)]
    deltas = [delta for step in steps for delta in reader.feed(step)] + reader.close()
    raw = b"".join(writer.write(delta, CHAT.pieces(delta)) for delta in deltas)
    return events(raw + writer.close())


def bare(found: list[Any]) -> Any:
    found[0]["message"].pop("id")
    return found


REPLIES = {
    "text": Answer("I am fine, 你好", reasoning="hm"),
    "calls": ToolCalls((ToolCall("f", '{"city": "Ghent"}'), ToolCall("g", "{}")), text="so"),
}


@pytest.mark.parametrize("crlf", [False, True])
@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_however_the_bytes_are_cut(reply: Any, crlf: bool) -> None:
    stream = b"".join(completion.events(reply, Ask("alpha", stream=True, include_usage=True)))
    if crlf:
        stream = stream.replace(b"\n", b"\r\n")
    whole = bare(streamed(stream, len(stream)))
    assert bare(streamed(stream, 0, size=1)) == whole
    for cut in range(1, len(stream)):
        assert bare(streamed(stream, cut)) == whole, cut


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PIECES = st.lists(
    st.one_of(
        st.builds(Said, TEXTS),
        st.builds(Reasoned, TEXTS),
        st.builds(lambda key, value: Called(0, arguments=json.dumps({key: value})), TEXTS, TEXTS),
    ),
    max_size=8,
)


@given(PIECES)
def test_a_stream_folded_is_the_whole(given_pieces: list[Piece]) -> None:
    pieces: list[Piece] = []
    for place, piece in enumerate(given_pieces):
        if isinstance(piece, Called):
            pieces += [Called(place, f"id{place}", "f"), Called(place, arguments=piece.arguments)]
        else:
            pieces.append(piece)
    finish = "tool_calls" if any(isinstance(it, Called) for it in pieces) else "stop"
    writer = MessageEvents(TARGET)
    raw = b"".join(writer.write(event(), [piece]) for piece in pieces)
    raw += writer.write(event(finish=finish, usage=USAGE), []) + writer.close()
    reader = CLAUDE.stream_reader()
    deltas = reader.feed(raw) + reader.close()
    whole = CLAUDE.read_reply(WholeMessage(TARGET).write(event(finish=finish, usage=USAGE), pieces))
    told = fold([piece for delta in deltas for piece in CLAUDE.pieces(delta)])
    written = fold(CLAUDE.pieces(whole))
    assert told.text == written.text
    assert [orjson.loads(call.arguments) for call in told.calls] == [
        orjson.loads(call.arguments) for call in written.calls
    ]
    assert "".join(it.text for it in told.thoughts) == "".join(it.text for it in written.thoughts)
    assert [delta.finish for delta in deltas if delta.finish] == [whole.finish]


def test_the_vendors_library_folds_it_to_the_same() -> None:
    writer = MessageEvents(TARGET)
    raw = writer.write(event(), [Reasoned("hm"), Said("so"), Called(1, "a", "f", '{"x": 1}')])
    raw += writer.write(event(finish="tool_calls", usage=USAGE), []) + writer.close()
    snapshot: Any = None
    held: dict[int, bytes] = {}
    for one in events(raw):
        snapshot = accumulate_event(
            event=EVENT.validate_python(one), current_snapshot=snapshot, json_bufs=held
        )
    assert isinstance(snapshot, Message)
    assert [block.type for block in snapshot.content] == ["thinking", "text", "tool_use"]
    assert (snapshot.stop_reason, snapshot.usage.output_tokens) == ("tool_use", 5)


def as_its_client_gets_it(*steps: tuple[Delta, list[Piece]]) -> Any:
    """What the vendor's own client makes of a stream; a whole message says the same."""
    writer, message = MessageEvents(TARGET), None
    held: dict[int, bytes] = {}
    raw = b"".join(writer.write(*step) for step in steps) + writer.close()
    for one in events(raw):
        message = accumulate_event(
            event=EVENT.validate_python(one), current_snapshot=message, json_bufs=held
        )
    pieces = [piece for _, said in steps for piece in said]
    ended = [delta for delta, _ in steps if delta.finish]
    whole = Message.model_validate_json(WholeMessage(TARGET).write(ended[0], pieces))
    assert message is not None
    for got in (whole, message):
        got.id = ""
    told = message.model_dump()
    for block in told["content"]:
        block.pop("parsed_output", None)
    assert whole.model_dump() == told
    return whole


def test_calls_whose_arguments_come_in_turns() -> None:
    steps: list[Piece] = [
        Called(0, "a", "f", '{"x":'),
        Called(1, "b", "g", '{"y":'),
        Said("and "),
        Called(0, arguments="1}"),
        Called(1, arguments="2}"),
        Said("so on"),
    ]
    told = [(event(), [step]) for step in steps]
    got = as_its_client_gets_it(*told, (event(finish="stop"), []))
    assert [block.type for block in got.content] == ["tool_use", "tool_use", "text"]
    assert [block.input for block in got.content[:2]] == [{"x": 1}, {"y": 2}]
    assert got.stop_reason == "tool_use"


def test_what_is_sealed_comes_back_as_it_was() -> None:
    steps: list[Piece] = [Reasoned("hm"), Reasoned(sealed="x"), Reasoned(sealed="y"), Said("so")]
    told = [(event(), [step]) for step in steps]
    got = as_its_client_gets_it(*told, (event(finish="stop"), []))
    content = [block.model_dump(exclude_none=True) for block in got.content]
    back = read_conversation({"messages": [{"role": "assistant", "content": content}]})
    assert back.messages[0].parts == (
        Thought("hm", sealed="x", signer="acme/alpha"),
        Thought(sealed="y", signer="acme/alpha"),
        Text("so"),
    )


def test_a_refusal_is_told_as_one() -> None:
    got = as_its_client_gets_it((event(), [Said("No.", refused=True)]), (event(finish="stop"), []))
    assert (got.stop_reason, got.content[0].model_dump()["text"]) == ("refusal", "No.")


def test_which_sequence_ended_it() -> None:
    ended = event(finish="stop", stopped_by="END")
    got = as_its_client_gets_it((event(), [Said("a")]), (ended, []))
    assert got.stop_reason == "stop_sequence"
    whole = json.loads(WholeMessage(TARGET).write(ended, [Said("a")]))
    assert whole["stop_sequence"] == "END"


def test_who_reports_no_usage_is_estimated() -> None:
    writer = MessageEvents(TARGET, 40)
    raw = writer.write(event(), [Said("12345678")]) + writer.write(event(finish="stop"), [])
    ending = events(raw + writer.close())[-2]
    assert (ending["usage"]["input_tokens"], ending["usage"]["output_tokens"]) == (40, 2)
    whole = json.loads(WholeMessage(TARGET, 40).write(event(finish="stop"), [Said("12345678")]))
    assert whole["usage"] == ending["usage"]


@pytest.mark.parametrize("thinking", [None, {"type": "disabled"}, {"type": "enabled"}])
def test_sealed_thoughts_are_for_clients_that_have_asked_for_thoughts(thinking: Any) -> None:
    ask = {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}
    request = CLAUDE.read_request(orjson.dumps({**ask, "thinking": thinking}))
    kinds = ["text"] if thinking != {"type": "enabled"} else ["redacted_thinking", "text"]
    said = [Reasoned(sealed="x"), Said("so")]
    whole = CLAUDE.translator(request, TARGET, whole=True).write(event(finish="stop"), said)
    assert [block["type"] for block in json.loads(whole)["content"]] == kinds
    streamed = CLAUDE.translator(request, TARGET, whole=False).write(event(), said)
    opened = [one["content_block"]["type"] for one in events(streamed) if "content_block" in one]
    assert opened == kinds
