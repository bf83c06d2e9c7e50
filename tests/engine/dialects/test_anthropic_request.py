"""Requests written for Anthropic: whatever OpenAI would take, Anthropic takes."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.dialects.anthropic_request import DEFAULT_MAX_TOKENS, Wanted, write_request
from butler.engine.dialects.openai_conversation import read_conversation
from tests.fakes.anthropic_checks import read_ask

HELLO: list[Any] = [{"role": "user", "content": "hello"}]
TOOL: dict[str, Any] = {
    "type": "function",
    "function": {"name": "weather", "description": "Tell it.", "parameters": {"type": "object"}},
}
ENABLED = {"thinking": {"type": "enabled", "budget_tokens": 4096}}
CALL = {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}


def written(body: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    """The request for the vendor, which the vendor takes."""
    conversation = read_conversation({"messages": HELLO, **body})
    raw = write_request(conversation, Wanted("alpha", **wanted))
    read_ask(raw, ["alpha"])
    found: dict[str, Any] = json.loads(raw)
    return found


def test_the_least() -> None:
    assert written({}) == {
        "model": "alpha",
        "max_tokens": DEFAULT_MAX_TOKENS,
        "messages": [{"role": "user", "content": "hello"}],
    }


def test_limits() -> None:
    assert written({}, max_tokens=99)["max_tokens"] == 99
    assert written({"max_tokens": 5}, max_tokens=99)["max_tokens"] == 5
    assert written({"max_completion_tokens": 6, "max_tokens": 5})["max_tokens"] == 6


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ({"temperature": 2}, {"temperature": 1}),
        ({"temperature": -1}, {"temperature": 0}),
        ({"temperature": 0.4, "top_p": 0.9}, {"temperature": 0.4}),
        ({"top_p": 0.9}, {"top_p": 0.9}),
        ({"stop": "END"}, {"stop_sequences": ["END"]}),
        ({"stop": ["a", " ", "b"]}, {"stop_sequences": ["a", "b"]}),
        ({"stop": None}, {}),
        ({"user": "u"}, {"metadata": {"user_id": "u"}}),
        ({"stream": True}, {"stream": True}),
        ({"seed": 1, "n": 1, "logit_bias": {}, "store": True, "odd": 1}, {}),
    ],
)
def test_the_smaller_things(asked: dict[str, Any], sent: dict[str, Any]) -> None:
    assert written(asked) == {**written({}), **sent}


def test_what_the_system_says() -> None:
    turns = [
        {"role": "system", "content": "a"},
        *HELLO,
        {"role": "assistant", "content": "b"},
        {"role": "developer", "content": [{"type": "text", "text": "c"}]},
        {"role": "user", "content": "d"},
        {"role": "system", "content": "  "},
    ]
    body = written({"messages": turns})
    assert body["system"] == "a"
    reminder = {"type": "text", "text": "<system-reminder>\nc\n</system-reminder>"}
    told = [reminder, {"type": "text", "text": "d"}]
    assert [turn["content"] for turn in body["messages"]] == ["hello", "b", told]


def test_marks_of_a_cache_stay() -> None:
    mark = {"type": "ephemeral"}
    part = {"type": "text", "text": "a", "cache_control": mark}
    turns = [{"role": "system", "content": [part]}, {"role": "user", "content": [part]}]
    body = written({"messages": turns, "tools": [{**TOOL, "cache_control": mark}]})
    assert body["system"][0]["cache_control"] == mark
    assert body["messages"][0]["content"][0]["cache_control"] == mark
    assert body["tools"][0]["cache_control"] == mark


def test_tools() -> None:
    body = written({"tools": [TOOL, {"type": "function", "function": {"name": "bare"}}]})
    assert body["tools"] == [
        {"name": "weather", "description": "Tell it.", "input_schema": {"type": "object"}},
        {"name": "bare", "input_schema": {"type": "object"}},
    ]
    assert "tool_choice" not in body
    assert "tools" not in written({"tool_choice": "auto", "tools": []})


def test_tools_that_were_called_are_declared() -> None:
    turns = [
        *HELLO,
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "c1", "content": "x"},
    ]
    body = written({"messages": turns})
    assert body["tools"] == [{"name": "weather", "input_schema": {"type": "object"}}]
    assert body["tool_choice"] == {"type": "none"}


def test_thinking_gives_way_to_what_the_client_says() -> None:
    assert written({"max_tokens": 9000}, members=ENABLED)["thinking"] == ENABLED["thinking"]
    tight = written({"max_tokens": 3000}, members=ENABLED)
    assert tight["thinking"]["budget_tokens"] == 2999
    assert written({"max_tokens": 1024}, members=ENABLED)["thinking"] == {"type": "disabled"}
    forced = {"tools": [TOOL], "tool_choice": "required"}
    assert written(forced, members=ENABLED)["thinking"] == {"type": "disabled"}
    assert "thinking" not in written(forced, members={"thinking": {"type": "adaptive"}})
    cool = written({"temperature": 0.1}, members={"thinking": {"type": "adaptive"}})
    assert "temperature" not in cool
    hot = written({"temperature": 0.1, "top_k": 5}, members=ENABLED)
    assert not {"temperature", "top_k"} & hot.keys()
    assert "top_p" not in written({"top_p": 0.2}, members=ENABLED)
    assert written({"top_p": 0.97}, members=ENABLED)["top_p"] == 0.97


def test_a_loop_whose_thoughts_are_lost_goes_on_without() -> None:
    turns = [
        *HELLO,
        {"role": "assistant", "reasoning_content": "hm", "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "c1", "content": "x"},
    ]
    body = {"messages": turns, "tools": [TOOL]}
    assert written(body, members=ENABLED)["thinking"] == {"type": "disabled"}
    adaptive = {"thinking": {"type": "adaptive"}}
    assert written(body, members=adaptive)["thinking"] == {"type": "adaptive"}
    later = {**body, "messages": [*turns, {"role": "assistant", "content": "y"}, *HELLO]}
    assert written(later, members=ENABLED)["thinking"]["type"] == "enabled"


def test_json() -> None:
    schema = {
        "type": "object",
        "properties": {"type": {"type": "object", "properties": {"a": {"type": "string"}}}},
        "$defs": {"b": {"anyOf": [{"type": "object"}]}},
    }
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    body = written({"response_format": wanted}, members={"output_config": {"effort": "low"}})
    config = body["output_config"]
    assert (config["effort"], config["format"]["type"]) == ("low", "json_schema")
    closed = config["format"]["schema"]
    assert closed["additionalProperties"] is False
    assert closed["properties"].keys() == {"type"}
    assert closed["$defs"]["b"]["anyOf"][0]["additionalProperties"] is False
    assert "additionalProperties" not in schema
    words = written({"response_format": wanted}, structured=False)
    assert "output_config" not in words
    assert '"$defs"' in words["system"]
    assert "JSON" in written({"response_format": {"type": "json_object"}})["system"]
    assert "system" not in written({"response_format": {"type": "text"}})


TEXTS = st.sampled_from(["hi", "", " ", "\n", "你好", "x" * 50, "ends with space "])
PARTS = st.one_of(
    TEXTS.map(lambda text: {"type": "text", "text": text}),
    st.just({"type": "image_url", "image_url": {"url": "https://a.example/x.png"}}),
    st.sampled_from(["png", "jpg", "jpeg", "webp"]).map(
        lambda kind: {
            "type": "image_url",
            "image_url": {"url": f"data:image/{kind};base64,{base64.b64encode(b'x').decode()}"},
        }
    ),
    st.just({"type": "file", "file": {"file_data": "data:application/pdf;base64,QQ=="}}),
    st.just({"type": "file", "file": {"file_data": "data:text/plain;base64,QQ=="}}),
)
CONTENTS = TEXTS | st.lists(PARTS, max_size=3)
SAID = st.one_of(
    st.builds(lambda text: [{"role": "system", "content": text}], TEXTS),
    st.builds(lambda content: [{"role": "user", "content": content}], CONTENTS),
    st.builds(lambda text: [{"role": "assistant", "content": text}], TEXTS),
    st.builds(
        lambda text: [{"role": "assistant", "content": text, "reasoning_content": "hm"}], TEXTS
    ),
)


@st.composite
def tool_rounds(draw: st.DrawFn) -> list[Any]:
    """One or more calls and all their results, in any order, with ids as clients make them up."""
    ids = draw(
        st.lists(
            st.sampled_from(["call_0", "a b", "ü", "x:1", "x.1", "toolu_9", "call|2"]),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    arguments = draw(st.sampled_from(["{}", "", '{"a":1}', "[1]", "no json"]))
    calls = [
        {"id": id_, "type": "function", "function": {"name": "weather", "arguments": arguments}}
        for id_ in ids
    ]
    results = [
        {"role": "tool", "tool_call_id": id_, "content": draw(CONTENTS)}
        for id_ in draw(st.permutations(ids))
    ]
    said = draw(st.none() | TEXTS)
    return [{"role": "assistant", "content": said, "tool_calls": calls}, *results]


OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "tools": st.just([TOOL]),
        "temperature": st.floats(0, 2),
        "top_p": st.floats(0, 1),
        "max_tokens": st.integers(1, 100_000),
        "stop": st.sampled_from(["x", ["\n", "y"], []]),
        "stream": st.booleans(),
        "response_format": st.sampled_from([{"type": "json_object"}, {"type": "text"}]),
    },
)
MEMBERS = st.sampled_from([{}, ENABLED, {"thinking": {"type": "adaptive"}}])


@given(st.lists(SAID | tool_rounds(), min_size=1, max_size=6), OPTIONS, MEMBERS, st.data())
def test_what_the_one_vendor_takes_the_other_takes_too(
    said: list[list[Any]], options: dict[str, Any], members: Any, data: st.DataObject
) -> None:
    messages = [message for part in said for message in part]
    if "tools" in options:
        choices = ["auto", "none", "required", {"type": "function", "function": TOOL["function"]}]
        options["tool_choice"] = data.draw(st.sampled_from(choices))
        options["parallel_tool_calls"] = data.draw(st.booleans())
    written({**options, "messages": messages}, members=members)
