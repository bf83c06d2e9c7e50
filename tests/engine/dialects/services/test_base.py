"""What a service reads of requests and answers, and that it leaves the rest alone."""

import orjson
import pytest

from butler.engine.call import Makes
from butler.engine.dialects.services.base import asks_to_stream, text_parts
from butler.engine.dialects.services.embeddings import SERVICE as EMBEDDINGS
from butler.engine.dialects.services.transcriptions import TRANSCRIPTIONS
from butler.engine.errors import ClientError

JSON = "application/json"


def test_only_the_models_name_is_changed() -> None:
    body = b'{ "input" : ["a","b"], "odd": 1.50, "model" : "auto" }'
    request = EMBEDDINGS.read_request(body, JSON)
    assert (request.model, request.stream, request.makes) == ("auto", False, Makes.EMBEDDING)
    out = EMBEDDINGS.write_request(request, "small", JSON)
    assert out == b'{ "input" : ["a","b"], "odd": 1.50, "model" : "small" }'


def test_a_name_is_put_in_where_there_is_none() -> None:
    request = EMBEDDINGS.read_request(b'{"input": "a"}', JSON)
    assert request.model is None
    out = EMBEDDINGS.write_request(request, "small", JSON)
    assert orjson.loads(out) == {"model": "small", "input": "a"}


def test_what_is_said_is_there_for_guards() -> None:
    request = EMBEDDINGS.read_request(b'{"input": ["my key", "my word"]}', JSON)
    parts = [{"type": "text", "text": "my key"}, {"type": "text", "text": "my word"}]
    assert request.messages == [{"role": "user", "content": parts}]


def test_tokens_say_nothing_that_can_be_read() -> None:
    assert text_parts([1, 2, [3, 4]]) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"model": 1}'])
def test_what_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(ClientError):
        EMBEDDINGS.read_request(body, JSON)


def test_other_dialects_have_no_words_for_it() -> None:
    request = EMBEDDINGS.read_request(b'{"input": "a"}', JSON)
    with pytest.raises(ClientError):
        EMBEDDINGS.conversation(request)


def test_an_answer_must_be_an_object() -> None:
    with pytest.raises(ValueError, match="JSON object"):
        EMBEDDINGS.read_reply(b"<html>")


def test_a_plain_answer_may_be_any_text() -> None:
    delta = TRANSCRIPTIONS.read_reply("1\n00:00 --> 00:01\n你好\n".encode())
    assert delta.content
    assert delta.text.endswith("你好\n")
    with pytest.raises(ValueError, match="JSON object"):
        TRANSCRIPTIONS.read_reply(b"")


def test_an_error_inside_an_answer_is_one() -> None:
    assert EMBEDDINGS.read_reply(b'{"error": {"message": "no"}}').error == "no"


@pytest.mark.parametrize(
    ("value", "streams"),
    [(True, True), ("true", True), ("1", True), (False, False), ("false", False), (None, False)],
)
def test_forms_ask_to_stream_in_letters(value: object, streams: bool) -> None:
    assert asks_to_stream({"stream": value}) is streams
