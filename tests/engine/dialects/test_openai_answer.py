"""Answers written for OpenAI's clients: the chunks add up to the whole."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from butler.engine.call import Target, Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Likely, Piece, Reasoned, Said, fold
from butler.engine.dialects.openai_answer import ChatChunks, ChatCompletion, usage_of
from butler.engine.dialects.openai_chat import OpenAIChat

TARGET = Target("acme", "alpha")
CHAT = OpenAIChat()
USAGE = Usage(10, 5, 4, 2, UsageSource.REPORTED, 3)


def event(**more: Any) -> Delta:
    return Delta(b"", **more)


def chunks(raw: bytes) -> list[Any]:
    datas = [block.removeprefix("data: ") for block in raw.decode().split("\n\n") if block]
    return [data if data == "[DONE]" else json.loads(data) for data in datas]


def test_a_stream() -> None:
    writer = ChatChunks(TARGET, wants_usage=True)
    raw = writer.write(event(), [])
    raw += writer.write(event(), [Reasoned("hm"), Said("Hel")])
    raw += writer.write(event(), [Said("lo"), Reasoned(signature="s")])
    raw += writer.write(event(), [Called(5, "a", "f")])
    raw += writer.write(event(), [Called(5, arguments="{}"), Called(9, "b", "g")])
    raw += writer.write(event(finish="tool_calls", usage=USAGE), [])
    raw += writer.close()
    got = chunks(raw)
    assert [chunk["choices"][0]["delta"] for chunk in got[:-2]] == [
        {"role": "assistant", "content": None, "reasoning_content": "hm"},
        {"content": "Hel"},
        {"content": "lo"},
        {"tool_calls": [{"index": 0, "id": "a", "type": "function",
                         "function": {"name": "f", "arguments": ""}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": "{}"}}]},
        {"tool_calls": [{"index": 1, "id": "b", "type": "function",
                         "function": {"name": "g", "arguments": ""}}]},
        {"tool_calls": [{"index": 1, "function": {"arguments": "{}"}}]},
        {},
    ]  # fmt: skip
    assert got[-3]["choices"][0]["finish_reason"] == "tool_calls"
    assert (got[-2]["choices"], got[-2]["usage"]["total_tokens"]) == ([], 15)
    assert got[-1] == "[DONE]"
    assert {chunk["model"] for chunk in got[:-1]} == {"acme/alpha"}
    assert len({chunk["id"] for chunk in got[:-1]}) == 1


def test_usage_comes_only_where_it_was_asked_for() -> None:
    writer = ChatChunks(TARGET, wants_usage=False)
    raw = writer.write(event(finish="stop", usage=USAGE), [Said("x")]) + writer.close()
    assert b"usage" not in raw


def test_an_error_is_an_event() -> None:
    writer = ChatChunks(TARGET, wants_usage=False)
    for raw in (writer.write(event(error="Overloaded"), []), writer.error("Overloaded", "x")):
        (got,) = chunks(raw)
        assert got["error"]["message"] == "Overloaded"
        assert set(got["error"]) == {"message", "type", "param", "code"}
    assert writer.close() == b""
    assert json.loads(ChatCompletion(TARGET).error("no", "cut"))["error"]["code"] == "cut"


def test_a_whole_one() -> None:
    pieces: list[Piece] = [Reasoned("hm"), Said("so"), Called(1, "a", "f")]
    writer = ChatCompletion(TARGET)
    got = json.loads(writer.write(event(finish="tool_calls", usage=USAGE), pieces))
    (choice,) = got["choices"]
    assert (got["object"], got["model"]) == ("chat.completion", "acme/alpha")
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["reasoning_content"] == "hm"
    assert choice["message"]["tool_calls"][0]["function"] == {"name": "f", "arguments": "{}"}
    assert got["usage"]["prompt_tokens_details"] == {"cached_tokens": 4, "cache_write_tokens": 3}
    assert writer.close() == b""
    empty = json.loads(ChatCompletion(TARGET).write(event(), []))
    assert empty["choices"][0]["message"]["content"] == ""
    assert "usage" not in empty


def test_counts_that_nobody_gave() -> None:
    assert usage_of(Usage(3)) == {"prompt_tokens": 3, "completion_tokens": 0, "total_tokens": 3}


PIECES = st.lists(
    st.one_of(
        st.builds(Said, st.text(max_size=5)),
        st.builds(Reasoned, st.text(min_size=1, max_size=5)),
        st.builds(
            Called,
            st.integers(0, 3),
            st.just("id"),
            st.just("name"),
            st.sampled_from(["", "{", "}", '"a":1']),
        ),
    ),
    max_size=12,
)


@given(PIECES)
def test_what_is_written_reads_as_the_same(pieces: list[Piece]) -> None:
    writer = ChatChunks(TARGET, wants_usage=True)
    raw = b"".join(writer.write(event(), [piece]) for piece in pieces)
    raw += writer.write(event(finish="stop", usage=USAGE), []) + writer.close()
    reader = CHAT.stream_reader()
    deltas = reader.feed(raw) + reader.close()
    streamed = fold([piece for delta in deltas for piece in CHAT.pieces(delta)])
    whole = CHAT.read_reply(ChatCompletion(TARGET).write(event(finish="stop", usage=USAGE), pieces))
    expected = fold(pieces)
    for got in (streamed, fold(CHAT.pieces(whole))):
        assert got.text == expected.text
        assert got.calls == expected.calls
        assert "".join(it.text for it in got.thoughts) == "".join(
            it.text for it in expected.thoughts
        )
    assert [delta.usage for delta in deltas if delta.usage] == [USAGE]
    assert deltas[-1].done


def test_a_refusal_and_how_likely_it_was() -> None:
    likely = Likely("No", -0.5, (78, 111), (Likely("Yes", -1.5),))
    said = Said("No", refused=True, likely=(likely,))
    top = {"token": "Yes", "logprob": -1.5, "bytes": None}
    token = {"token": "No", "logprob": -0.5, "bytes": [78, 111], "top_logprobs": [top]}
    (chunk,) = chunks(ChatChunks(TARGET, wants_usage=False).write(event(), [said]))
    (choice,) = chunk["choices"]
    assert choice["delta"]["refusal"] == "No"
    assert choice["logprobs"] == {"content": None, "refusal": [token]}
    (choice,) = json.loads(ChatCompletion(TARGET).write(event(finish="stop"), [said]))["choices"]
    assert choice["message"] == {"role": "assistant", "content": None, "refusal": "No"}
    assert choice["logprobs"] == {"content": None, "refusal": [token]}
    assert choice["finish_reason"] == "stop"


def test_calls_get_an_id_their_name_once_and_the_right_end() -> None:
    writer = ChatChunks(TARGET, wants_usage=False)
    raw = writer.write(event(), [Called(3, None, "f", "{"), Called(3, None, "f", "}"), Said("")])
    first, second, last = chunks(raw + writer.write(event(finish="stop"), []))
    (call,) = first["choices"][0]["delta"]["tool_calls"]
    assert call["id"].startswith("call_")
    told = second["choices"][0]["delta"]["tool_calls"]
    assert told == [{"index": 0, "function": {"arguments": "}"}}]
    assert last["choices"][0]["finish_reason"] == "tool_calls"
    whole = ChatCompletion(TARGET).write(event(finish="stop"), [Called(0, None, "f")])
    (choice,) = json.loads(whole)["choices"]
    assert choice["message"]["tool_calls"][0]["id"].startswith("call_")
    assert choice["finish_reason"] == "tool_calls"


def test_calls_of_custom_tools_are_free_text_again() -> None:
    pieces: list[Piece] = [
        Called(0, "a", "patch", '{"inp'),
        Called(1, "b", "f"),
        Called(0, arguments='ut":"x = \\"1\\""}'),
    ]
    free = {"name": "patch", "input": 'x = "1"'}
    function = {"name": "f", "arguments": "{}"}
    whole = json.loads(ChatCompletion(TARGET, {"patch"}).write(event(finish="stop"), pieces))
    assert whole["choices"][0]["message"]["tool_calls"] == [
        {"id": "a", "type": "custom", "custom": free},
        {"id": "b", "type": "function", "function": function},
    ]
    writer = ChatChunks(TARGET, wants_usage=False, custom={"patch"})
    raw = b"".join(writer.write(event(), [piece]) for piece in pieces)
    got = chunks(raw + writer.write(event(finish="stop"), []))
    calls = [chunk["choices"][0]["delta"].get("tool_calls") for chunk in got]
    assert calls == [
        [{"index": 0, "id": "a", "type": "custom", "custom": {**free, "input": ""}}],
        [{"index": 1, "id": "b", "type": "function", "function": {**function, "arguments": ""}}],
        [{"index": 0, "custom": {"input": free["input"]}}],
        [{"index": 1, "function": {"arguments": "{}"}}],
        None,
    ]
    assert got[-1]["choices"][0]["finish_reason"] == "tool_calls"
