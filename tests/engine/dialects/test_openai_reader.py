"""What chat completions say, those of vendors with words of their own, too."""

import orjson
import pytest

from butler.engine.dialects.canonical import (
    Called,
    Heard,
    Likely,
    Reasoned,
    Said,
    ToolCall,
    Unsaid,
    fold,
)
from butler.engine.dialects.openai_reader import ChatStreamReader, pieces_of, read_reply


def heard(message: object, **more: object) -> list[Heard]:
    choice = {"index": 0, "message": message, "finish_reason": "stop", **more}
    return list(pieces_of({"choices": [choice]}))


def test_refusals_and_the_old_kind_of_call() -> None:
    assert heard({"content": None, "refusal": "No."}) == [Said("No.", refused=True)]
    call = {"name": "clock", "arguments": "{}"}
    assert heard({"function_call": call}) == [Called(0, None, "clock", "{}")]


def test_parts_where_others_send_a_text() -> None:
    parts = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
        {"type": "text", "text": "Hi"},
        {"type": "text", "text": ""},
        {"type": "refusal", "refusal": "No."},
        {"type": "reference", "reference_ids": [1]},
    ]
    assert heard({"content": parts}) == [
        Reasoned("hm"),
        Said("Hi"),
        Said("No.", refused=True),
        Unsaid("reference"),
    ]


def test_how_likely_tokens_are() -> None:
    top = {"token": "Ho", "logprob": -2.5, "bytes": None}
    token = {"token": "Hi", "logprob": -0.1, "bytes": [72, 105], "top_logprobs": [top]}
    likely = Likely("Hi", -0.1, (72, 105), (Likely("Ho", -2.5),))
    told = {"content": [token], "refusal": None}
    assert heard({"content": "Hi"}, logprobs=told) == [Said("Hi", likely=(likely,))]
    (said,) = heard({"content": "Hi"}, logprobs={"content": [{"token": "Hi"}]})
    assert isinstance(said, Said)
    assert said.likely[0].logprob == -9999.0


def test_what_no_other_dialect_says_is_named() -> None:
    one = {"index": 0, "message": {"content": "a", "audio": {"id": "x"}}}
    data = {"choices": [one, {"index": 1, "message": {"content": "b"}}], "citations": ["u"]}
    assert list(pieces_of(data)) == [
        Unsaid("citations"),
        Said("a"),
        Unsaid("audio"),
        Unsaid("further choices"),
    ]
    custom = {"id": "c", "type": "custom", "custom": {"name": "n", "input": "x"}}
    assert heard({"tool_calls": [custom]}) == [Unsaid("a tool call of type custom")]


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("function_call", "tool_calls"),
        ("model_length", "length"),
        ("insufficient_system_resource", "length"),
        ("something_new", "something_new"),
        (1, "stop"),
    ],
)
def test_why_it_ended(reason: object, finish: str) -> None:
    choice = {"index": 0, "message": {"content": "a"}, "finish_reason": reason, "stop_reason": "#"}
    delta = read_reply(orjson.dumps({"choices": [choice]}))
    assert (delta.finish, delta.stopped_by) == (finish, "#")


def test_an_error_that_is_the_object_itself() -> None:
    (delta,) = ChatStreamReader().feed(b'data: {"object":"error","message":"too hot"}\n\n')
    assert delta.error == "too hot"


def piece(id_: str | None, name: str | None, arguments: object, **more: object) -> object:
    named = {"id": id_, "type": "function"} if id_ else {}
    return {**named, "function": {"name": name, "arguments": arguments}, **more}


STREAMS: dict[str, list[list[object]]] = {
    "one index for all": [
        [piece("a", "f", '{"x"', index=0)],
        [piece(None, None, ":1}", index=0)],
        [piece("b", "g", "{}", index=0)],
        [piece("c", "g", "{}", index=0)],
    ],
    "no index": [[piece("a", "f", '{"x":1}')], [piece("b", "g", "{}")], [piece("c", "g", "{}")]],
    "all in one chunk": [
        [piece("a", "f", '{"x":1}', index=0), piece("b", "g", "{}", index=0)],
        [piece("c", "g", "{}", index=1)],
    ],
    "an id that is repeated": [
        [piece("a", "f", '{"x"', index=0)],
        [piece("a", "f", ":1}", index=0)],
        [piece("b", "g", "{}", index=1), piece("c", "g", "{}", index=5)],
    ],
    "arguments that are an object": [
        [piece("a", "f", {"x": 1}, index=0)],
        [piece("b", "g", {}, index=1), piece("c", "g", None, index=2)],
    ],
}


@pytest.mark.parametrize("chunks", STREAMS.values(), ids=STREAMS)
def test_calls_are_told_apart(chunks: list[list[object]]) -> None:
    raw = b"".join(
        b"data: %s\n\n" % orjson.dumps({"choices": [{"index": 0, "delta": {"tool_calls": one}}]})
        for one in chunks
    )
    deltas = ChatStreamReader().feed(raw)
    assert b"".join(delta.raw for delta in deltas) == raw
    reply = fold([piece for delta in deltas for piece in pieces_of(delta.data)])
    expected = (ToolCall("a", "f", '{"x":1}'), ToolCall("b", "g", "{}"), ToolCall("c", "g", "{}"))
    assert reply.calls == expected


def test_whole_calls_of_one_index() -> None:
    calls = [piece(None, "f", "{}", index=0), piece(None, "g", "{}", index=0)]
    assert heard({"tool_calls": calls}) == [Called(0, None, "f", "{}"), Called(1, None, "g", "{}")]
