"""Input of responses, side by side with the turns that it is read as."""

from typing import Any

import pytest

from butler.engine.dialects.canonical import (
    Image,
    JsonFormat,
    Link,
    Message,
    Role,
    Text,
    Thought,
    ToolCall,
    ToolResult,
)
from butler.engine.dialects.responses_conversation import read_conversation, read_messages
from butler.engine.dialects.responses_seal import seal
from butler.engine.errors import ClientError

CALL = {"type": "function_call", "id": "fc", "call_id": "c1", "name": "f", "arguments": "{}"}
FREE = {"type": "custom_tool_call", "id": "x", "call_id": "c2", "name": "exec", "input": "ls"}
CALLED = ToolCall("c1", "f", "{}")
CASES: list[tuple[str, Any, list[Message]]] = [
    ("text", "Hi", [Message(Role.USER, (Text("Hi"),))]),
    ("a warm-up", "", [Message(Role.USER, (Text(" "),))]),
    ("untyped", [{"role": "user", "content": "Hi"}], [Message(Role.USER, (Text("Hi"),))]),
    (
        "developer",
        [{"type": "message", "role": "developer", "content": "Be brief."}],
        [Message(Role.SYSTEM, (Text("Be brief."),))],
    ),
    (
        "a picture",
        [{"role": "user", "content": [{"type": "input_image", "image_url": "https://a/b"}]}],
        [Message(Role.USER, (Image(Link("https://a/b")),))],
    ),
    (
        "one turn of calls",
        [
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "Hm."}]},
            {"role": "assistant", "content": [{"type": "output_text", "text": "Wait."}]},
            CALL,
            FREE,
            {"type": "function_call_output", "call_id": "c1", "output": "ok"},
        ],
        [
            Message(
                Role.ASSISTANT,
                (Thought("Hm."), Text("Wait."), CALLED, ToolCall("c2", "exec", '{"input":"ls"}')),
            ),
            Message(Role.USER, (ToolResult("c1", (Text("ok"),)),)),
        ],
    ),
    (
        "a namespace",
        [{**CALL, "namespace": "space"}],
        [Message(Role.ASSISTANT, (ToolCall("c1", "space__f", "{}"),))],
    ),
    (
        "passed over",
        [
            {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "sealed"},
            {"type": "something_of_tomorrow"},
            CALL,
        ],
        [Message(Role.ASSISTANT, (CALLED,))],
    ),
]


@pytest.mark.parametrize(("given", "read"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_input(given: Any, read: list[Message]) -> None:
    assert list(read_conversation({"input": given}).messages) == read


def test_the_rest_of_a_request() -> None:
    schema = {"type": "object"}
    read = read_conversation(
        {
            "input": "Hi",
            "instructions": "Be brief.",
            "stream": True,
            "max_output_tokens": 7,
            "temperature": 0.5,
            "top_p": 0.9,
            "parallel_tool_calls": False,
            "user": "me",
            "text": {"format": {"type": "json_schema", "name": "n", "schema": schema}},
        }
    )
    assert read.messages[0] == Message(Role.SYSTEM, (Text("Be brief."),))
    assert (read.stream, read.max_tokens, read.temperature, read.top_p) == (True, 7, 0.5, 0.9)
    assert (read.parallel_tools, read.user) == (False, "me")
    assert read.format == JsonFormat(schema, "n")
    as_object = read_conversation({"input": "Hi", "text": {"format": {"type": "json_object"}}})
    assert as_object.format == JsonFormat()


@pytest.mark.parametrize(
    ("item", "param"),
    [
        (7, "input[0]"),
        ({"role": "ghost"}, "input[0].role"),
        ({"type": "item_reference", "id": "msg_1"}, "input[0]"),
        ({"type": "compaction", "encrypted_content": "gAAA"}, "input[0]"),
    ],
    ids=str,
)
def test_what_can_not_be_read(item: Any, param: str) -> None:
    with pytest.raises(ClientError) as refused:
        read_conversation({"input": [item]})
    assert refused.value.param == param


def test_thoughts_that_were_sealed_here_come_back() -> None:
    thought = Thought("Hm.", "signed", None, "acme/alpha")
    item = {"type": "reasoning", "summary": [], "encrypted_content": seal(thought)}
    read = read_conversation({"input": [item, CALL]})
    assert read.messages == (Message(Role.ASSISTANT, (thought, CALLED)),)
    assert read.left_out == ()
    elsewhere = read_conversation({"input": [{**item, "encrypted_content": "gAAA"}, CALL]})
    assert elsewhere.left_out == ("thoughts that their vendor has sealed",)


def test_rules_see_messages() -> None:
    result = {"type": "function_call_output", "call_id": "c1", "output": "ok"}
    said = read_messages({"instructions": "Be brief.", "input": [CALL, result, {"type": "?"}]})
    assert [message["role"] for message in said] == ["system", "assistant", "tool"]
    assert said[2]["content"] == "ok"
    assert read_messages({"input": "Hi"}) == [{"role": "user", "content": "Hi"}]


def test_what_else_is_asked() -> None:
    body = {
        "input": [{"role": "user", "content": "Hi"}, {"type": "web_search_call", "id": "ws_1"}],
        "text": {"verbosity": "low"},
        "prompt_cache_key": "thread",
        "safety_identifier": "me",
        "include": ["message.output_text.logprobs", "reasoning.encrypted_content"],
        "max_tool_calls": 3,
        "truncation": "disabled",
    }
    got = read_conversation(body)
    assert (got.verbosity, got.cache_key, got.user, got.likeliest) == ("low", "thread", "me", 0)
    assert got.left_out == (
        "`max_tool_calls`",
        "an item of the kind `web_search_call`, which only its vendor knows",
    )
    assert read_conversation({**body, "top_logprobs": 2}).likeliest == 2
