"""The dialect as a whole: what is no request, errors in its shape, bytes that pass through."""

from typing import Any

import orjson
import pytest

from butler.engine.call import Target
from butler.engine.dialects.base import Delta
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.errors import ClientError

TARGET = Target("acme", "alpha")
DIALECT = OpenAIResponses()


def read(**body: Any) -> Any:
    return DIALECT.read_request(orjson.dumps(body))


def test_a_request() -> None:
    request = read(input="Hi", model="auto", stream=True)
    assert (request.model, request.stream, request.dialect) == ("auto", True, DIALECT)
    assert request.messages == [{"role": "user", "content": "Hi"}]


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        ({}, "missing_required_parameter", "input"),
        ({"input": {}}, "invalid_type", "input"),
        ({"input": []}, "invalid_type", "input"),
        ({"input": "Hi", "conversation": "conv_1"}, "unsupported_parameter", "conversation"),
        ({"input": "Hi", "background": True}, "unsupported_parameter", "background"),
        ({"input": [{"type": "compaction_trigger"}]}, "unsupported_value", "input"),
    ],
    ids=str,
)
def test_what_is_no_request_here(body: Any, code: str, param: str) -> None:
    with pytest.raises(ClientError) as refused:
        read(**body)
    assert (refused.value.status, refused.value.code, refused.value.param) == (400, code, param)


def test_errors() -> None:
    body = DIALECT.error_body("No.", "invalid_request_error", "c", "p")
    assert DIALECT.is_error_body(body)
    error = orjson.loads(DIALECT.too_long_body("Too much."))["error"]
    assert (error["code"], error["param"]) == ("context_length_exceeded", "input")
    assert "maximum context length" in error["message"]


def test_equals_pass_through_but_for_the_models_name() -> None:
    relay = DIALECT.relay(read(input="Hi"), TARGET)
    whole = b'{"id":"resp_1", "model":"gpt","output":[{"model":"gpt"}]}'
    assert relay.write([Delta(whole)]) == whole.replace(b'"gpt"', b'"acme/alpha"', 1)
    event = b'event: e\ndata: {"type":"response.created","response":{"model":"gpt"}}\n\n'
    assert relay.write([Delta(event)]) == event.replace(b"gpt", b"acme/alpha")
    words = b'data: {"type":"response.output_text.delta","delta":"\\"model\\""}\n\n'
    assert relay.write([Delta(words)]) == words
    assert relay.close() == b""
    assert b"response.failed" in relay.error("It broke.", "timeout")


def test_a_relayed_stream_that_breaks_off_goes_on_where_it_was() -> None:
    created = (
        b'data: {"type":"response.created","response":{"id":"resp_1","model":"m"},'
        b'"sequence_number":0}\n\n'
    )
    delta = b'data: {"type":"response.output_text.delta","delta":"Hi","sequence_number":4}\n\n'
    relay = DIALECT.relay(read(input="Hi"), TARGET)
    relay.write([Delta(b": keepalive\n\n"), Delta(created), Delta(delta)])
    told = relay.error("It broke.", "cut").split(b"\n\n")[:-1]
    error, failed = (orjson.loads(one.split(b"data: ", 1)[1]) for one in told)
    assert (error["type"], error["sequence_number"]) == ("error", 5)
    assert (failed["response"]["id"], failed["sequence_number"]) == ("resp_1", 6)


def test_who_names_the_model_may_lean_on_its_vendor() -> None:
    asked = read(model="acme/alpha", previous_response_id="resp_1")
    assert asked.messages == []
    with pytest.raises(ClientError) as refused:
        DIALECT.conversation(asked)
    assert (refused.value.status, refused.value.param) == (400, "previous_response_id")
    read(model="acme/alpha", input=[{"type": "compaction_trigger"}])
    with pytest.raises(ClientError):
        read(model="auto", previous_response_id="resp_1")


def test_equals_are_asked_in_the_clients_bytes() -> None:
    raw = b'{"input":"Hi", "model" : "auto","x":1.0,"metadata":{"model":"m"}}'
    assert DIALECT.write_request(DIALECT.read_request(raw), "a") == raw.replace(b'"auto"', b'"a"')
    assert DIALECT.write_request(read(input="Hi"), "a") == b'{"model":"a","input":"Hi"}'
