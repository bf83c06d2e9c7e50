"""Anthropic's own answers pass through; only the model is named anew, once."""

import json

import pytest

from butler.engine.call import Target
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.anthropic_relay import MessageRelay
from tests.fakes import Answer, anthropic_message
from tests.fakes.checks import Ask

TARGET = Target("acme", "claude")
CLAUDE = AnthropicMessages()


def passed(stream: bytes, size: int) -> bytes:
    reader, writer = CLAUDE.stream_reader(), MessageRelay(TARGET)
    out = b""
    for at in range(0, len(stream), size):
        out += writer.write(reader.feed(stream[at : at + size]))
    return out + writer.write(reader.close()) + writer.close()


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("crlf", [False, True])
def test_a_stream(size: int, crlf: bool) -> None:
    answer = Answer('it says "model":"other"', model="upstream-1")
    stream = b"".join(anthropic_message.events(answer, Ask("alpha", stream=True)))
    if crlf:
        stream = stream.replace(b"\n", b"\r\n")
    assert passed(stream, size) == stream.replace(b'"upstream-1"', b'"acme/claude"')


def test_a_whole_one() -> None:
    body = (
        b'{"id":"m","type":"message","model":"up","content":[{"type":"text","text":"\\"model\\""}]}'
    )
    got = MessageRelay(TARGET).write([CLAUDE.read_reply(body)])
    assert got == body.replace(b'"up"', b'"acme/claude"')


@pytest.mark.parametrize("body", [b'{"content":[]}', b'{"model":1,"content":[]}'])
def test_what_names_no_model_stays_as_it_is(body: bytes) -> None:
    assert MessageRelay(TARGET).write([CLAUDE.read_reply(body)]) == body


def test_an_error() -> None:
    name, data, _ = MessageRelay(TARGET).error("broke off", "overloaded").split(b"\n", 2)
    assert name == b"event: error"
    assert json.loads(data.removeprefix(b"data: ")) == {
        "type": "error",
        "error": {"type": "overloaded_error", "message": "broke off"},
    }
