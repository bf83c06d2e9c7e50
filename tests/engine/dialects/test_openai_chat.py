"""Chat completions: what is read of a request and an answer, and that all else stays as it came."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.call import Request, Target, Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.errors import ClientError
from tests.fakes import Answer, ToolCall, ToolCalls, completion
from tests.fakes import Usage as FakeUsage
from tests.fakes.checks import Ask

CHAT = OpenAIChat()
TARGET = Target("acme", "alpha")
MESSAGES = b'"messages":[{"role":"user","content":"hi"}]'

# Whatever a parse and a re-write would alter: numbers, order, space, escapes, doubled names.
ODD = (
    b'{ "temperature" : 1.0 ,\n\t"seed":12345678901234567890123, "top_p":1E-2,'
    b'"logit_bias":{"7":-0.0},"metadata":{"model":"not this one","b":1,"a":2}, '
    + MESSAGES
    + b' ,"unknown":[1.50,{"model":"nor this"}], '
    b'"text":"\\u4f60\\/\\ud83d\\ude00 \\"model\\":\\"x\\"","stream":%s,"model" : %s}\r\n'
)


def request(body: bytes) -> Request:
    return CHAT.read_request(body)


def outgoing(body: bytes, *, ask_usage: bool = True) -> bytes:
    return CHAT.write_request(request(body), "alpha", ask_usage=ask_usage)


# --- requests ---


@pytest.mark.parametrize("model", [b'"auto"', b'"acme/alpha"', b'""', b"null", '"模型"'.encode()])
def test_all_but_the_model_travels_byte_for_byte(model: bytes) -> None:
    assert outgoing(ODD % (b"false", model)) == ODD % (b"false", b'"alpha"')


def test_a_stream_is_asked_for_its_usage_beside_untouched_bytes() -> None:
    sent = outgoing(ODD % (b"true", b'"auto"'))
    assert sent == b'{"stream_options":{"include_usage":true},' + (ODD % (b"true", b'"alpha"'))[1:]


def test_usage_is_not_asked_for_where_the_provider_should_not_be() -> None:
    sent = outgoing(ODD % (b"true", b'"auto"'), ask_usage=False)
    assert sent == ODD % (b"true", b'"alpha"')


def test_a_missing_model_is_put_in() -> None:
    assert outgoing(b"{" + MESSAGES + b"}") == b'{"model":"alpha",' + MESSAGES + b"}"


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        (b"null", b'{"include_usage":true}'),
        (b"{ }", b'{"include_usage":true}'),
        (b'{"include_usage": false}', b'{"include_usage":true}'),
        (b'{"odd": 1, "include_usage": null}', b'{"odd":1,"include_usage":true}'),
        (b'{"include_usage" : true}', b'{"include_usage" : true}'),
        # Nothing that we should judge or rewrite: no usage then, but the client's own bytes.
        (b'{"deep":{"x":1.0}}', b'{"deep":{"x":1.0}}'),
        (b'"yes"', b'"yes"'),
        (b"[1]", b"[1]"),
    ],
)
def test_stream_options_change_alone(options: bytes, sent: bytes) -> None:
    body = b'{"seed":1.0,"model":"auto","stream":true, "stream_options": %s ,' + MESSAGES + b"}"
    expected = (body % sent).replace(b'"auto"', b'"alpha"')
    assert outgoing(body % options) == expected


def test_what_can_be_read_but_not_written_still_travels() -> None:
    deep = b"[" * 600 + b"]" * 600
    body = (
        b'{"model":null,"stream":true,"stream_options":null,"deep":' + deep + b"," + MESSAGES + b"}"
    )
    assert deep in outgoing(body)


@pytest.mark.parametrize(
    ("body", "param", "code"),
    [
        (b"", None, "invalid_json"),
        (b"not json", None, "invalid_json"),
        (b'{"model":', None, "invalid_json"),
        (b'\xff\xfe{"model":"auto"}', None, "invalid_json"),
        (b'{"model":"\xff"}', None, "invalid_json"),
        (b'{"model":"\\ud800",' + MESSAGES + b"}", None, "invalid_json"),
        (b"\xef\xbb\xbf{}", None, "invalid_json"),
        (b"[" * 5_000, None, "invalid_json"),
        (b'{"messages":' + b"[" * 5_000 + b"]" * 5_000 + b"}", None, "invalid_json"),
        (b"[]", None, "invalid_json"),
        (b'"text"', None, "invalid_json"),
        (b"null", None, "invalid_json"),
        (b'{"x":NaN,' + MESSAGES + b"}", None, "invalid_json"),
        (b'{"model":7,' + MESSAGES + b"}", "model", "invalid_type"),
        (b'{"model":["auto"],' + MESSAGES + b"}", "model", "invalid_type"),
        (b"{}", "messages", "missing_required_parameter"),
        (b'{"messages":null}', "messages", "missing_required_parameter"),
        (b'{"messages":"hi"}', "messages", "invalid_type"),
        (b'{"messages":{}}', "messages", "invalid_type"),
        (b'{"messages":[]}', "messages", "invalid_type"),
    ],
)
def test_what_is_no_request_is_refused(body: bytes, param: str | None, code: str) -> None:
    with pytest.raises(ClientError) as caught:
        request(body)
    assert (caught.value.status, caught.value.param, caught.value.code) == (400, param, code)


def test_what_is_read_of_a_request() -> None:
    body = b'{"model":"m","stream":true,"stream_options":{"include_usage":true},' + MESSAGES + b"}"
    read = request(body)
    assert (read.raw, read.model, read.stream, read.wants_usage) == (body, "m", True, True)
    assert read.messages == [{"role": "user", "content": "hi"}]
    plain = request(b'{"stream":false,"stream_options":[],' + MESSAGES + b"}")
    assert (plain.model, plain.stream, plain.wants_usage) == (None, False, False)
    assert request(b'{"stream":1,' + MESSAGES + b"}").stream


# --- streams ---


def stream_of(reply: Any, *, usage: bool = True) -> bytes:
    return b"".join(completion.events(reply, Ask("alpha", stream=True, include_usage=usage)))


def read(*pieces: bytes) -> list[Delta]:
    reader = CHAT.stream_reader()
    return [delta for piece in pieces for delta in reader.feed(piece)] + list(reader.close())


def client_of(*, wants_usage: bool = True) -> Request:
    options = b'"stream_options":{"include_usage":true},' if wants_usage else b""
    return request(b'{"stream":true,' + options + MESSAGES + b"}")


def relayed(deltas: list[Delta], *, wants_usage: bool = True) -> bytes:
    return CHAT.relay(client_of(wants_usage=wants_usage), TARGET).write(deltas)


TEXT = Answer(chunks=["你好", ",", "", " world 😀", '"model":"alpha"'], reasoning="let me think")
TOOLS = ToolCalls(
    calls=(ToolCall("weather", '{"city":"北京","model":"alpha"}'), ToolCall("time", "{}"))
)


@pytest.mark.parametrize("reply", [TEXT, TOOLS], ids=["text", "tools"])
def test_a_stream_reads_the_same_at_every_split_point(reply: Any) -> None:
    stream = stream_of(reply)
    whole = read(stream)
    assert read(*(stream[at : at + 1] for at in range(len(stream)))) == whole
    for at in range(len(stream) + 1):
        assert read(stream[:at], stream[at:]) == whole


@pytest.mark.parametrize("reply", [TEXT, TOOLS], ids=["text", "tools"])
def test_only_the_model_of_every_chunk_changes(reply: Any) -> None:
    stream = stream_of(reply)
    expected = stream.replace(b'"model": "alpha"', b'"model": "acme/alpha"')
    assert expected.count(b'"acme/alpha"') == stream.count(b"data: {")
    assert relayed(read(stream)) == expected


@pytest.mark.parametrize(
    "alter",
    [
        lambda stream: stream.replace(b"\n", b"\r\n"),
        lambda stream: stream.replace(b"\n", b"\r"),
        lambda stream: stream.replace(b"data: ", b": {comment\n\ndata:"),
        lambda stream: stream.replace(b"data: ", b"event: message\ndata: "),
        lambda stream: stream.replace(b', "choices"', b',\ndata: "choices"'),
        lambda stream: stream.replace(b"data: [DONE]\n\n", b""),
        lambda stream: stream.replace(b"data: [DONE]\n\n", b"data: [DONE]"),
        lambda stream: b"\n\n" + stream,
    ],
    ids="crlf cr comments named multi-line no-done no-last-blank leading-blank".split(),
)
def test_streams_as_vendors_write_them(alter: Any) -> None:
    stream = alter(stream_of(TEXT))
    deltas = read(stream)
    assert "".join(delta.text for delta in deltas) == "let me think" + "".join(TEXT.chunks or ())
    assert [delta.usage for delta in deltas if delta.usage] == [
        Usage(12, 5, 0, 0, UsageSource.REPORTED)
    ]
    expected = stream.replace(b'"model": "alpha"', b'"model": "acme/alpha"')
    assert relayed(deltas) == expected


@pytest.mark.parametrize(
    ("first", "put"),
    [
        (b'"model":"alpha"', b'"model":"acme/alpha"'),
        (b'"model" : "alpha"', b'"model" : "acme/alpha"'),
        (b'"model":""', b'"model":"acme/alpha"'),
        (b'"model":null', b'"model":"acme/alpha"'),
        (
            b'"provider":"acme/alpha","model":"alpha"',
            b'"provider":"acme/alpha","model":"acme/alpha"',
        ),
        (b'"x":{"model":"alpha"},"model":"alpha"', b'"x":{"model":"alpha"},"model":"acme/alpha"'),
        (b'"x":{"model":"alpha"}', b'"x":{"model":"alpha"}'),
        (b'"error":{"model":"alpha"}', b'"error":{"model":"alpha"}'),
        (b'"n":1', b'"n":1'),
    ],
)
def test_the_model_is_named_wherever_it_stands(first: bytes, put: bytes) -> None:
    relay = CHAT.relay(client_of(), TARGET)
    # Twice each: the second goes by the bytes that the first has shown.
    for member, expected in [(first, put)] * 2 + [(b'"model":"beta"', b'"model":"acme/alpha"')] * 2:
        event = b'data: {"id":"acme/alpha",%s,"choices":[{"delta":{"content":"x"}}]}\n\n'
        assert relay.write(read(event % member)) == event % expected


@pytest.mark.parametrize("wants_usage", [True, False])
def test_the_usage_event_goes_out_iff_it_was_asked_for(wants_usage: bool) -> None:
    stream = stream_of(TEXT)
    got = relayed(read(stream), wants_usage=wants_usage)
    assert (b'"choices": []' in got) is wants_usage
    assert got.endswith(completion.DONE)


def test_usage_beside_content_is_read_and_stays() -> None:
    event = b'data: {"choices":[{"delta":{"content":"x"}}],"usage":{"prompt_tokens":3}}\n\n'
    (delta,) = read(event)
    assert delta.usage == Usage(input_tokens=3, source=UsageSource.REPORTED)
    assert relayed([delta], wants_usage=False) == event


@pytest.mark.parametrize(
    ("delta", "content", "text"),
    [
        ({"role": "assistant", "content": "", "refusal": None}, False, ""),
        ({"role": "assistant"}, False, ""),
        ({}, False, ""),
        (None, False, ""),
        ({"content": "x"}, True, "x"),
        ({"content": " "}, True, " "),
        ({"reasoning_content": "hm"}, True, "hm"),
        ({"reasoning": "hm"}, True, "hm"),
        ({"refusal": "no"}, True, "no"),
        ({"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": "{"}}]}, True, "f{"),
        ({"tool_calls": [{"index": 0, "id": "call_1"}]}, True, ""),
        ({"audio": {"data": "AAAA"}}, True, ""),
        ({"tool_calls": None, "content": None}, False, ""),
        ({"content": [{"type": "text"}]}, False, ""),
    ],
)
def test_what_counts_as_content(delta: Any, content: bool, text: str) -> None:
    chunk = {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    (found,) = read(b"data: " + json.dumps(chunk).encode() + b"\n\n")
    assert (found.content, found.text) == (content, text)


def test_how_streams_end_and_fail() -> None:
    finish, done, error, other = read(
        b'data: {"choices":[{"delta":{},"finish_reason":"length"}]}\n\ndata: [DONE]\n\n'
        b'data: {"error":{"message":"too hot"}}\n\ndata: <html>\n\n'
    )
    assert (finish.finish, finish.content, finish.done) == ("length", True, False)
    assert done.done
    assert error.error == "too hot"
    assert other.content


@pytest.mark.parametrize("reason", [7, True, {"a": 1}, ["x"]])
def test_an_end_is_told_in_a_word(reason: Any) -> None:
    choice = {"delta": {}, "message": {}, "finish_reason": reason}
    body = orjson.dumps({"choices": [choice]})
    assert OpenAIChat().read_reply(body).finish == "stop"
    assert [delta.finish for delta in read(b"data: " + body + b"\n\n")] == ["stop"]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        ({"message": "a", "code": "b"}, "a"),
        ({"code": "b"}, "b"),
        ({"type": "t"}, "the provider reported an error"),
        ("plain", "plain"),
        (500, "500"),
    ],
)
def test_errors_in_every_shape(error: Any, text: str) -> None:
    (delta,) = read(b"data: " + json.dumps({"error": error}).encode() + b"\n\n")
    assert delta.error == text


def test_an_error_event_of_ours_is_the_vendors() -> None:
    relay = CHAT.relay(client_of(), TARGET)
    (delta,) = read(relay.error('gone: "x"\n', "cut"))
    assert delta.error == 'gone: "x"\n'


@given(st.binary(max_size=60))
def test_no_bytes_at_all_break_the_reader(noise: bytes) -> None:
    stream = b"data: " + noise + b"\n\n" + stream_of(TEXT)
    deltas = read(stream[:7], stream[7:])
    assert b"".join(delta.raw for delta in deltas) == stream
    assert deltas[-1].done


@given(st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=3),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(
        st.sampled_from(["choices", "delta", "usage", "message", "tool_calls", "function", "error",
                         "content", "finish_reason", "prompt_tokens"]), inside, max_size=4),
    max_leaves=10,
))  # fmt: skip
def test_no_json_at_all_breaks_the_reader(chunk: Any) -> None:
    raw = json.dumps(chunk).encode()
    assert len(read(b"data: " + raw + b"\n\n")) == 1
    if isinstance(chunk, dict):
        CHAT.read_reply(raw)


# --- whole replies ---


def test_a_whole_reply_is_the_fold_of_its_stream() -> None:
    for reply in (TEXT, TOOLS):
        whole = CHAT.read_reply(json.dumps(completion.whole(reply, Ask("alpha"))).encode())
        deltas = read(stream_of(reply))
        assert sorted(whole.text) == sorted("".join(delta.text for delta in deltas))
        assert whole.usage == deltas[-2].usage
        assert whole.finish == next(delta.finish for delta in deltas if delta.finish)


def test_a_whole_reply_keeps_all_but_the_model() -> None:
    said = b'"data: {\\n\\"model\\":1"'
    body = b'{ "seed":1.0,"model" :"alpha","choices":[{"message":{"content":' + said + b"}}]}"
    relay = CHAT.relay(request(b"{" + MESSAGES + b"}"), TARGET)
    assert relay.write([CHAT.read_reply(body)]) == body.replace(b'"alpha"', b'"acme/alpha"')


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'"x"', b"\xff"])
def test_what_is_no_reply_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"JSON|expected|zero-length|valid"):
        CHAT.read_reply(body)


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (FakeUsage(7, 3, 2, 1).body(), Usage(7, 3, 2, 1, UsageSource.REPORTED)),
        ({"prompt_tokens": 0, "completion_tokens": 0}, Usage(0, 0, source=UsageSource.REPORTED)),
        ({"prompt_tokens": -1, "completion_tokens": True}, Usage(source=UsageSource.REPORTED)),
        ({"prompt_tokens": "7", "completion_tokens": 1.5}, Usage(source=UsageSource.REPORTED)),
        ({"prompt_tokens": 2**64 - 1}, Usage(source=UsageSource.REPORTED)),
        ({"prompt_tokens_details": None}, Usage(source=UsageSource.REPORTED)),
        ({"prompt_cache_hit_tokens": 4}, Usage(None, None, 4, source=UsageSource.REPORTED)),
        ({"cached_tokens": 5}, Usage(None, None, 5, source=UsageSource.REPORTED)),
        (
            {"prompt_tokens_details": {"cached_tokens": 1, "cache_write_tokens": 2}},
            Usage(None, None, 1, None, UsageSource.REPORTED, 2),
        ),
        ({"prompt_tokens_details": [1]}, Usage(source=UsageSource.REPORTED)),
        (None, None),
        ("many", None),
    ],
)
def test_usage_is_what_was_reported_and_fits(usage: Any, expected: Usage | None) -> None:
    body = json.dumps({"choices": [{"message": {"content": "x"}}], "usage": usage}).encode()
    assert CHAT.read_reply(body).usage == expected


# --- errors ---


def test_errors_carry_all_four_fields() -> None:
    body = CHAT.error_body("why", "server_error", None, "model")
    expected = {"message": "why", "type": "server_error", "param": "model", "code": None}
    assert orjson.loads(body) == {"error": expected}
    assert CHAT.is_error_body(body)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error":"x"}', b"{}", b"\xff"])
def test_other_bodies_are_no_error_of_the_vendor(body: bytes) -> None:
    assert not CHAT.is_error_body(body)
