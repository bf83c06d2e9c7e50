"""What is heard is kept where it is a whole, successful answer, and nothing else."""

import json
from typing import Any

import pytest

from butler.engine.call import Call, Target
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.capture import Capture
from butler.engine.dialects.openai_chat import OpenAIChat
from tests.engine.calls import HELLO, new_call

BODY = (
    b'{"id":"1","object":"chat.completion","model":"alpha","choices":[{"index":0,"message":'
    b'{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],'
    b'"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}'
)


def answered(finish: str | None = "stop", status: int = 200) -> Call:
    call = new_call(HELLO)
    call.target = Target("acme", "alpha")
    call.finish = finish
    call.end(status)
    return call


def heard(call: Call, most_bytes: int = 10_000) -> Capture:
    capture = Capture(call, most_bytes)
    dialect = OpenAIChat()
    capture.hear(dialect, [dialect.read_reply(BODY)])
    return capture


def test_a_whole_answer_is_kept() -> None:
    kept = heard(answered()).kept()
    assert kept is not None
    assert (kept.provider, kept.model, kept.text) == ("acme", "alpha", "Hello.")
    assert kept.finish == "stop"


def test_nothing_else_is_kept() -> None:
    assert heard(answered("length")).kept() is None
    assert heard(answered(None)).kept() is None
    assert heard(answered(status=500)).kept() is None
    assert heard(answered(), most_bytes=50).kept() is None
    assert Capture(answered()).kept() is None


def whole(**said: Any) -> bytes:
    """A completion that says this."""
    message = {"role": "assistant", "content": "Hello.", **said}
    return json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]}).encode()


def kept_of(dialect: Any, *bodies: bytes, streamed: bool = False) -> Any:
    capture = Capture(answered())
    if streamed:
        capture.hear(dialect, dialect.stream_reader().feed(b"".join(bodies)))
    else:
        capture.hear(dialect, [dialect.read_reply(body) for body in bodies])
    return capture.kept()


@pytest.mark.parametrize(
    "said",
    [
        {"content": None, "refusal": "I can not."},
        {"annotations": [{"type": "url_citation"}]},
        {"images": [{"type": "image_url"}]},
        {"audio": {"id": "a"}},
        {"function_call": {"name": "clock"}},
        {"content": [{"type": "image", "image": "a"}]},
        {"content": " \n"},
        {"something_new": 1},
    ],
)
def test_what_could_not_be_said_again_in_full_is_not_kept(said: dict[str, Any]) -> None:
    assert kept_of(OpenAIChat(), whole(**said)) is None


def test_what_was_thought_is_left_out_and_empty_extras_do_no_harm() -> None:
    body = whole(reasoning_content="hm", annotations=[], refusal=None, audio=None)
    kept = kept_of(OpenAIChat(), body)
    assert kept is not None
    assert kept.text == "Hello."


def test_parts_of_text_are_words() -> None:
    kept = kept_of(OpenAIChat(), whole(content=[{"type": "text", "text": "Hello."}]))
    assert kept is not None
    assert kept.text == "Hello."


def test_several_answers_and_sources_beside_them_are_not_kept() -> None:
    one = {"message": {"content": "a"}, "finish_reason": "stop"}
    for body in ({"choices": [one, one]}, {"choices": [one], "citations": ["https://a.test"]}):
        assert kept_of(OpenAIChat(), json.dumps(body).encode()) is None


@pytest.mark.parametrize("broken", [b"data: {\n\n", b'data: {"error":{"message":"no"}}\n\n'])
def test_a_stream_with_something_broken_in_it_is_not_kept(broken: bytes) -> None:
    said = b'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n'
    end = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
    assert kept_of(OpenAIChat(), said, end, streamed=True) is not None
    assert kept_of(OpenAIChat(), said, broken, end, streamed=True) is None


def events(*data: dict[str, Any]) -> bytes:
    return b"".join(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n".encode() for one in data)


def message(ending: str, block: str = "text", delta: str = "text_delta") -> bytes:
    """A streamed Anthropic answer."""
    return events(
        {"type": "message_start", "message": {"content": [], "usage": {"input_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hi"}},
        {"type": "content_block_start", "index": 1, "content_block": {"type": block}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": delta, "citation": {}}}
        if delta == "citations_delta"
        else {"type": "ping"},
        {"type": "message_delta", "delta": {"stop_reason": ending}, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    )


def test_an_anthropic_answer_is_kept_only_where_it_says_all() -> None:
    dialect = AnthropicMessages()
    assert kept_of(dialect, message("end_turn"), streamed=True) is not None
    for ending in ("pause_turn", "stop_sequence", "something_new"):
        assert kept_of(dialect, message(ending), streamed=True) is None
    assert kept_of(dialect, message("end_turn", "server_tool_use"), streamed=True) is None
    cited = message("end_turn", delta="citations_delta")
    assert kept_of(dialect, cited, streamed=True) is None
    plain = {"type": "message", "content": [{"type": "text", "text": "Hi"}]}
    for ending, is_kept in (("end_turn", True), ("pause_turn", False), ("stop_sequence", False)):
        body = json.dumps({**plain, "stop_reason": ending}).encode()
        assert (kept_of(dialect, body) is not None) is is_kept
