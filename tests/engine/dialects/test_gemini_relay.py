"""Answers of Google's that pass through to Google's clients: only the target is named in them."""

import json

from butler.engine.call import Target
from butler.engine.dialects.base import Delta
from butler.engine.dialects.gemini_reader import ContentStreamReader
from butler.engine.dialects.gemini_relay import ContentRelay

TARGET = Target("acme", "alpha")
FIRST = (
    b'data: {"candidates": [{"a": "\\"modelVersion\\": \\"x\\""}], "modelVersion":\t"g"}\r\n\r\n'
)
LAST = b'data: {"candidates": [{"modelVersion": 1.50}], "modelVersion": "g"}\r\n\r\n'
STREAM = FIRST + b": hello\r\n\r\n" + LAST


def test_events_keep_every_other_byte() -> None:
    relay = ContentRelay(TARGET, stream=True, sse=True)
    written = relay.write(ContentStreamReader().feed(STREAM)) + relay.close()
    assert written == STREAM.replace(b'"g"', b'"acme/alpha"')


def test_events_may_become_a_list() -> None:
    relay = ContentRelay(TARGET, stream=True, sse=False)
    deltas = ContentStreamReader().feed(STREAM)
    written = b"".join(relay.write([delta]) for delta in deltas) + relay.close()
    assert [it["modelVersion"] for it in json.loads(written)] == ["acme/alpha", "acme/alpha"]
    assert b"1.50" in written


def test_a_whole_answer() -> None:
    relay = ContentRelay(TARGET, stream=False, sse=True)
    body = b'{\n  "modelVersion": "g"\n}'
    assert relay.write([Delta(body)]) + relay.close() == body.replace(b'"g"', b'"acme/alpha"')
    assert relay.write([Delta(b'{"a": 1}')]) == b'{"a": 1}'


def test_errors_end_a_list() -> None:
    failed = ContentStreamReader().feed(FIRST + b'data: {"error": {"message": "a"}}\n\n')
    relay = ContentRelay(TARGET, stream=True, sse=False)
    assert json.loads(relay.write(failed))[-1] == {"error": {"message": "a"}}
    relay = ContentRelay(TARGET, stream=True, sse=False)
    told = json.loads(relay.write(failed[:1]) + relay.error("It broke.", "cut"))
    assert told[-1]["error"]["status"] == "UNAVAILABLE"
    whole = ContentRelay(TARGET, stream=False, sse=False).error("It broke.", "cut")
    assert json.loads(whole)["error"]["message"] == "It broke."
