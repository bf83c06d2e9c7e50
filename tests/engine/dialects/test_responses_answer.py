"""Responses as they are written: the vendor's own types take every event, and the end is told."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import TypeAdapter

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Piece, Reasoned, Said
from butler.engine.dialects.responses_answer import ResponseEvents, WholeResponse

TARGET = Target("acme", "alpha")
EVENTS: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)
ASKED: dict[str, Any] = {
    "input": "Hi",
    "temperature": 0.5,
    "tools": [
        {"type": "custom", "name": "exec"},
        {"type": "namespace", "name": "n", "tools": [{"type": "function", "name": "f"}]},
    ],
}
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
_NAMES = ("exec", "n__f", "unknown")
PIECES = st.lists(
    st.one_of(
        _TEXT.map(Said),
        _TEXT.map(Reasoned),
        st.builds(Called, st.integers(0, 2), st.none(), st.sampled_from(_NAMES), _TEXT),
    ),
    max_size=12,
)


def events_of(raw: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(block.split(b"data: ", 1)[1]) for block in raw.split(b"\n\n") if block]


def bare(item: dict[str, Any]) -> dict[str, Any]:
    return {key: it for key, it in item.items() if key not in ("id", "call_id")}


@given(PIECES)
def test_a_stream_folded_is_the_whole(pieces: list[Piece]) -> None:
    stream = ResponseEvents(TARGET, ASKED)
    raw = b"".join(stream.write(Delta(b""), [piece]) for piece in pieces)
    raw += stream.write(Delta(b"", finish="stop", usage=Usage(3, 4)), []) + stream.close()
    events = events_of(raw)
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    whole = orjson.loads(
        WholeResponse(TARGET, ASKED).write(Delta(b"", finish="stop", usage=Usage(3, 4)), pieces)
    )
    last = events[-1]
    assert last["type"] == "response.completed"
    folded = [event["item"] for event in events if event["type"] == "response.output_item.done"]
    assert sorted(map(orjson.dumps, folded)) == sorted(
        map(orjson.dumps, last["response"]["output"])
    )
    assert [*map(bare, last["response"]["output"])] == [*map(bare, whole["output"])]
    assert last["response"]["usage"] == whole["usage"]
    assert whole["usage"]["total_tokens"] == 7


def test_the_vendors_types_take_every_event() -> None:
    said: list[Piece] = [
        Reasoned("Hm."),
        Said("Hi"),
        Called(0, "a", "n__f", "{}"),
        Called(1, "b", "exec", '{"input":"ls"}'),
    ]
    stream = ResponseEvents(TARGET, {"input": "Hi"})
    raw = stream.write(Delta(b"", usage=Usage(1, 2)), said) + stream.close()
    for event in events_of(raw):
        EVENTS.validate_python(event)


@pytest.mark.parametrize(
    ("finish", "status", "reason"),
    [
        ("stop", "completed", None),
        ("tool_calls", "completed", None),
        ("length", "incomplete", "max_output_tokens"),
        ("content_filter", "incomplete", "content_filter"),
    ],
)
def test_how_it_ended(finish: str, status: str, reason: str | None) -> None:
    stream = ResponseEvents(TARGET, {})
    raw = stream.write(Delta(b"", finish=finish), [Said("Hi")]) + stream.close()
    last = events_of(raw)[-1]
    assert last["type"] == f"response.{status}"
    details = last["response"]["incomplete_details"]
    assert (details and details["reason"]) == reason
    assert last["response"]["output"][0]["status"] == status
    whole = Response.model_validate_json(
        WholeResponse(TARGET, {}).write(Delta(b"", finish=finish), [Said("Hi")])
    )
    assert (whole.status, whole.usage) == (status, None)


def test_a_failure_is_told_in_both_ways() -> None:
    stream = ResponseEvents(TARGET, {})
    raw = stream.write(Delta(b""), [Said("Hi")])
    raw += stream.write(Delta(b"", error="It broke."), []) + stream.close()
    error, failed = events_of(raw)[-2:]
    assert (error["type"], error["message"], error["error"]["type"]) == (
        "error",
        "It broke.",
        "server_error",
    )
    assert failed["type"] == "response.failed"
    assert failed["response"]["error"] == {"code": "upstream_error", "message": "It broke."}
    assert orjson.loads(WholeResponse(TARGET, {}).error("No.", "x"))["error"]["code"] == "x"


def test_what_was_asked_is_repeated() -> None:
    whole = orjson.loads(WholeResponse(TARGET, ASKED).write(Delta(b""), []))
    assert (whole["temperature"], whole["tools"]) == (0.5, ASKED["tools"])
    assert (whole["model"], whole["object"], whole["store"]) == ("acme/alpha", "response", False)
