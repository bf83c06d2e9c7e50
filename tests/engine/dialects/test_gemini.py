"""The dialect of Google's addresses: what each of them reads and writes."""

import json
from typing import Any

from butler.engine.call import Target
from butler.engine.dialects.base import Delta, Dialect
from butler.engine.dialects.canonical import Called, Conversation, Said
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.gemini_request import Wanted
from butler.engine.signals.features import Features
from tests.engine.calls import new_call

TARGET = Target("acme", "alpha")
BODY = json.dumps(
    {
        "contents": [{"parts": [{"text": "Hello!"}]}],
        "tools": [{"functionDeclarations": [{"name": "a.b"}]}],
    }
).encode()


def test_the_address_says_which_model_and_how() -> None:
    dialect: Dialect = Gemini().at("gemini-3", stream=True, sse=False)
    request = dialect.read_request(BODY)
    assert (request.raw, request.model, request.stream) == (BODY, "gemini-3", True)
    assert request.messages == [{"role": "user", "content": "Hello!"}]
    assert dialect.stream_type == "application/json"
    assert dialect.conversation(request).stream is True
    plain = Gemini().read_request(BODY)
    assert (plain.model, plain.stream, Gemini().stream_type) == (None, False, "text/event-stream")


def test_no_heartbeat_would_be_understood() -> None:
    assert Gemini().heartbeat is None


def test_functions_get_back_the_names_that_the_client_gave_them() -> None:
    dialect = Gemini(stream=True)
    request = dialect.read_request(BODY)
    delta, called = Delta(b""), [Called(0, "1", "a_b", "{}")]
    stream = dialect.translator(request, TARGET, whole=False)
    whole = dialect.translator(request, TARGET, whole=True)
    for raw in (stream.write(delta, called) + stream.close(), whole.write(delta, called)):
        assert b'"name":"a.b"' in raw


def test_what_has_no_words_here_is_no_member_of_a_request() -> None:
    body = Gemini().write_conversation(
        Conversation((), user="u", parallel_tools=False, verbosity="low", cache_key="k"), Wanted()
    )
    assert json.loads(body).keys() == {"contents"}
    for member in Gemini().wordless:
        assert hasattr(Conversation(()), member)


def test_answers_and_errors_pass() -> None:
    dialect = Gemini()
    raw = b'{"candidates": [{"content": {"parts": [{"text": "a"}]}}], "modelVersion": "g"}'
    delta = dialect.read_reply(raw)
    assert dialect.pieces(delta) == [Said("a")]
    relayed = dialect.relay(dialect.read_request(BODY), TARGET).write([delta])
    assert json.loads(relayed)["modelVersion"] == "acme/alpha"
    assert dialect.pieces(Delta(b"")) == []
    assert dialect.is_error_body(dialect.error_body("a", "b", None, None))
    assert b"input token count" in dialect.too_long_body("a")
    assert dialect.stream_reader().feed(b"data: {}\n\n")[0].data == {}


def test_rules_and_signals_know_what_is_asked() -> None:
    picture = {"inlineData": {"mimeType": "image/png", "data": "aGk="}}
    asked: dict[str, Any] = {
        "systemInstruction": {"parts": [{"text": "Be kind."}]},
        "contents": [
            {"role": "user", "parts": [{"text": "<session_context>x</session_context>Sort it."}]}
        ],
        "tools": [{"functionDeclarations": [{"name": "f"}]}],
        "generationConfig": {
            "maxOutputTokens": 100,
            "thinkingConfig": {"thinkingLevel": "HIGH"},
            "responseMimeType": "application/json",
        },
    }
    first = features(asked)
    assert (first.ask, first.turn, first.modalities) == ("Sort it.", "first", ("text",))
    assert (first.thinking, first.wants_json, first.has_tools) == ("high", True, True)
    assert first.output_limit == 100
    assert 5 < first.input_tokens < 60
    called = {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {}}}]}
    gave = {"functionResponse": {"name": "f", "response": {"output": "me@example.com"}}}
    asked["contents"] += [called, {"role": "user", "parts": [gave]}]
    second = features(asked)
    assert (second.ask, second.turn) == ("Sort it.", "loop")
    assert second.conversation == first.conversation
    assert second.thread == first.thread
    assert second.sensitive
    asked["contents"].append({"role": "user", "parts": [{"text": "And this?"}, picture]})
    third = features(asked)
    assert (third.ask, third.turn, third.modalities) == ("And this?", "next", ("image", "text"))


def features(body: dict[str, Any]) -> Features:
    call = new_call()
    call.request = Gemini().read_request(json.dumps(body).encode())
    return Features(call)
