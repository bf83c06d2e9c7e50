"""Responses as they are read: what our own writer has written, whole, and byte by byte."""

import orjson
import pytest

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Finish, Piece, Reasoned, Reply, Said, fold
from butler.engine.dialects.responses_answer import ResponseEvents, WholeResponse
from butler.engine.dialects.responses_reader import ResponseStreamReader, pieces_of, read_reply

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
    with pytest.raises(ValueError, match="not a JSON object"):
        read_reply(orjson.dumps([1]))
