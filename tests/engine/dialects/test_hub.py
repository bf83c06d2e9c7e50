"""Who writes an answer: equals pass bytes through, others are translated."""

import orjson

from butler.engine.call import Target
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.hub import Asked, answer_writer, chunk_writer
from butler.engine.dialects.openai_chat import ChatRelay, OpenAIChat
from butler.engine.dialects.openai_responses import OpenAIResponses
from tests.engine.calls import HELLO, new_call
from tests.fakes import Answer, anthropic_message, completion
from tests.fakes.checks import Ask

CHAT, CLAUDE, RESPONSES = OpenAIChat(), AnthropicMessages(), OpenAIResponses()
TARGET = Target("acme", "alpha")
REQUEST = new_call({**HELLO, "stream": True}).asked
ASKED = Asked(CHAT, REQUEST, TARGET)


def test_equals_pass_bytes_through() -> None:
    for whole in (True, False):
        writer = answer_writer(ASKED, OpenAIChat(), whole=whole)
        assert isinstance(writer, ChatRelay)
        assert writer.close() == b""


def test_others_are_translated() -> None:
    events = anthropic_message.events(Answer("one two"), Ask("alpha", stream=True))
    reader, writer = (
        CLAUDE.stream_reader(),
        answer_writer(ASKED, CLAUDE, whole=False),
    )
    raw = writer.write(reader.feed(b"".join(events))) + writer.close()
    back = CHAT.stream_reader().feed(raw)
    assert "".join(delta.text for delta in back) == "one two"
    assert back[-1].done
    assert b"acme/alpha" in raw
    assert b"too hot" in writer.error("too hot", "cut")


def test_a_whole_answer_as_a_stream() -> None:
    body = completion.whole(Answer("one two", reasoning="hm"), Ask("alpha"))
    delta = CHAT.read_reply(orjson.dumps(body))
    writer = chunk_writer(ASKED, CHAT)
    back = CHAT.stream_reader().feed(writer.write([delta]) + writer.close())
    assert [delta.finish for delta in back if delta.finish] == ["stop"]
    assert "".join(delta.text for delta in back) == "hmone two"


def test_what_can_not_be_said_is_told_beside_the_answer() -> None:
    warnings: list[str] = []
    message = {
        "choices": [
            {
                "message": {"content": "Hi", "annotations": [{"type": "url_citation"}]},
                "logprobs": {"content": [{"token": "Hi", "logprob": -0.1}]},
                "finish_reason": "stop",
            }
        ]
    }
    delta = CHAT.read_reply(orjson.dumps(message))
    asked = Asked(CLAUDE, REQUEST, TARGET, warnings=warnings)
    writer = answer_writer(asked, CHAT, whole=True)
    assert orjson.loads(writer.write([delta]))["content"] == [{"type": "text", "text": "Hi"}]
    chunk_writer(asked, CHAT).write([delta, delta])
    assert warnings == ["left out of the answer: logprobs", "left out of the answer: annotations"]


def test_sealed_thoughts_are_for_clients_who_keep_them() -> None:
    sealed = {"content": [{"type": "redacted_thinking", "data": "c2VhbGVk"}]}
    delta = CLAUDE.read_reply(orjson.dumps({**sealed, "stop_reason": "end_turn"}))
    told: dict[str, list[str]] = {}
    for client in (CHAT, RESPONSES):
        warnings = told[client.name] = []
        request = client.read_request(orjson.dumps({**HELLO, "input": "Hi"}))
        asked = Asked(client, request, TARGET, warnings=warnings)
        answer_writer(asked, CLAUDE, whole=True).write([delta])
    said = ["left out of the answer: thoughts that only their vendor can read"]
    assert told == {"openai_chat": said, "openai_responses": []}
