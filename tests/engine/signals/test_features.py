"""What is known of a call is computed when first asked for, and once."""

from typing import Any

import orjson
import pytest
from multidict import CIMultiDict

from butler.engine.call import Call
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.signals.features import Features, thinking_of
from butler.engine.signals.task import classify
from butler.engine.signals.text import fold
from butler.engine.signals.tokens import request_tokens
from tests.engine.calls import HELLO, new_call
from tests.engine.routing.calls import Revision, call, request, saying

COMPUTED = [
    "found",
    "folded",
    "task",
    "input_tokens",
    "modalities",
    "thinking",
    "client",
    "kind_of_call",
    "conversation",
]


def computed(features: Features) -> set[str]:
    return set(vars(features)) & set(COMPUTED)


def test_nothing_is_computed_before_it_is_asked_for() -> None:
    features = Features(saying("Fix the parser"))
    assert computed(features) == set()
    assert features.folded == "fix the parser"
    assert computed(features) == {"found", "folded"}


@pytest.mark.parametrize("name", COMPUTED)
def test_each_is_computed_once(name: str) -> None:
    features = Features(
        call(
            {"messages": [{"role": "user", "content": "Fix the parser"}], "thinking": {}},
            headers={"User-Agent": "Some-Tool/1", "X-Initiator": "my-kind"},
        )
    )
    value = getattr(features, name)
    assert value is not None
    assert getattr(features, name) is value
    assert name in computed(features)


def test_values_are_those_of_the_signals() -> None:
    text = "Übersetze ＤＡＳ ins Englische: Guten Morgen"
    asked = saying(text, tools=[{"type": "function"}])
    features = Features(asked)
    assert features.ask == text
    assert features.folded == fold(text)
    assert features.task == classify(text)
    assert features.input_tokens == request_tokens(asked.asked.data)


def test_a_follow_up_is_classified_with_the_turns_before() -> None:
    earlier = "Translate this sentence into French: the cat sleeps."
    messages = [
        {"role": "user", "content": earlier},
        {"role": "assistant", "content": "Le chat dort."},
        {"role": "user", "content": "and in German?"},
    ]
    features = Features(call({"messages": messages}))
    assert features.found.earlier == (earlier,)
    assert features.task == classify("and in German?", [earlier])


def test_little_is_known_before_the_request_was_read() -> None:
    early = Call("req_1", "chat", Revision(), CIMultiDict({"User-Agent": "curl/8"}))
    features = Features(early)
    assert (features.ask, features.client, features.kind_of_call) == ("", "curl", None)
    assert (features.conversation, features.thinking) == (None, None)
    assert features.input_tokens == 0
    assert features.modalities == ("text",)


def test_what_is_read_later_is_known_later() -> None:
    early = Call("req_1", "chat", Revision(), {})
    features = Features(early)
    early.request = request({"messages": [{"role": "user", "content": "hello"}]})
    assert features.ask == "hello"
    # Without a token there is nobody to tell apart.
    assert features.conversation is not None


def test_memo_computes_once_per_key_and_call() -> None:
    features, other = Features(saying("a")), Features(saying("a"))
    runs = []

    def compute() -> int:
        runs.append(1)
        return len(runs)

    key = object()
    assert [features.memo(key, compute), features.memo(key, compute)] == [1, 1]
    assert features.memo(object(), compute) == 2
    assert other.memo(key, compute) == 3


def test_what_fails_is_not_remembered() -> None:
    features = Features(saying("a"))

    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        features.memo("key", fail)
    assert features.memo("key", lambda: 7) == 7


def test_modalities_name_what_is_beside_the_text() -> None:
    parts = [
        {"type": "text", "text": "what is this?"},
        {"type": "image_url", "image_url": {"url": "data:,"}},
        {"type": "input_audio", "input_audio": {}},
        {"type": "image"},
        {"type": "file"},
        {"type": "video_url"},
        {"type": "hologram"},
    ]
    messages = [{"role": "user", "content": "first"}, {"role": "user", "content": parts}]
    features = Features(call({"messages": messages}))
    assert features.modalities == ("audio", "file", "image", "text", "video")


@pytest.mark.parametrize("part", [None, 5, "x", [], {}, {"type": None}, {"type": []}])
def test_odd_parts_are_passed_over(part: object) -> None:
    features = Features(call({"messages": [None, {"role": "user", "content": [part]}]}))
    assert features.modalities == ("text",)
    assert features.input_tokens > 0


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, None),
        ({"reasoning_effort": "high"}, "high"),
        ({"reasoning_effort": 3}, None),
        ({"reasoning": {"effort": "low"}}, "low"),
        ({"thinking": {"type": "enabled", "budget_tokens": 32000}}, "enabled"),
        ({"thinking": {"type": "disabled"}}, "disabled"),
        ({"reasoning": {"enabled": False}}, "disabled"),
        ({"reasoning": {"enabled": True}}, "enabled"),
        ({"reasoning": {"max_tokens": 2000}}, "enabled"),
        ({"reasoning": {"effort": 5}}, "enabled"),
        ({"reasoning": "high"}, None),
        ({"enable_thinking": True}, "enabled"),
        ({"enable_thinking": False}, "disabled"),
        ({"enable_thinking": "yes"}, None),
        ({"reasoning_effort": "minimal", "thinking": {"type": "enabled"}}, "minimal"),
    ],
)
def test_thinking_is_read_however_vendors_spell_it(
    data: dict[str, Any], expected: str | None
) -> None:
    assert thinking_of(data) == expected


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, False),
        ({"tools": []}, False),
        ({"tools": [{"type": "function"}]}, True),
        ({"functions": [{"name": "f"}]}, True),
        ({"input": [{"type": "additional_tools", "tools": [{}]}]}, True),
        ({"input": [{"type": "message"}]}, False),
    ],
)
def test_tools_are_seen_wherever_a_protocol_puts_them(more: dict[str, Any], wanted: bool) -> None:
    assert new_call({**HELLO, **more}).known.has_tools is wanted


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, False),
        ({"response_format": {"type": "text"}}, False),
        ({"response_format": {"type": "json_object"}}, True),
        ({"response_format": {"type": "json_schema"}}, True),
        ({"text": {"format": {"type": "json_schema"}}}, True),
        ({"output_config": {"format": {"type": "json_schema"}, "effort": "low"}}, True),
        ({"response_format": "json"}, False),
    ],
)
def test_json_is_asked_for_in_three_spellings(more: dict[str, Any], wanted: bool) -> None:
    assert new_call({**HELLO, **more}).known.wants_json is wanted


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, None),
        ({"max_tokens": 7}, 7),
        ({"max_completion_tokens": 8, "max_tokens": 7}, 8),
        ({"max_output_tokens": 9}, 9),
        ({"max_tokens": True}, None),
        ({"max_completion_tokens": -1, "max_tokens": 0}, None),
    ],
)
def test_the_output_limit_has_three_names(more: dict[str, Any], wanted: int | None) -> None:
    assert new_call({**HELLO, **more}).known.output_limit == wanted


USER = {"role": "user", "content": "hi"}
ASSISTANT = {"role": "assistant", "content": "hello"}


@pytest.mark.parametrize(
    ("messages", "turn"),
    [
        ([USER], "first"),
        ([], "first"),
        ([USER, ASSISTANT, USER], "next"),
        ([USER, ASSISTANT, {"role": "tool", "content": "x"}], "loop"),
    ],
)
def test_turns_of_a_conversation(messages: list[Any], turn: str) -> None:
    assert call({"messages": messages}).known.turn == turn


def _messages_call(body: dict[str, Any]) -> Call:
    made = new_call()
    made.request = AnthropicMessages().read_request(orjson.dumps(body))
    return made


def test_anthropics_messages() -> None:
    picture = {"type": "image", "source": {"type": "base64", "data": "eA=="}}
    words = {
        "type": "document",
        "source": {"type": "text", "data": "key sk-ant-api03-abcdef1234567890xyz"},
    }
    result = {"type": "tool_result", "tool_use_id": "t", "content": [picture, words]}
    said = [
        {"type": "text", "text": "<system-reminder>Today</system-reminder>"},
        {"type": "text", "text": "Fix the parser"},
    ]
    used = {"type": "tool_use", "id": "t", "name": "f", "input": {}}
    body = {
        "system": "Be brief.",
        "max_tokens": 32_000,
        "thinking": {"type": "adaptive"},
        "tools": [{"name": "f", "input_schema": {}}],
        "messages": [
            {"role": "user", "content": said},
            {"role": "system", "content": "# Environment"},
            {"role": "assistant", "content": [used]},
            {"role": "user", "content": [result]},
        ],
    }  # fmt: skip
    features = Features(_messages_call(body))
    assert (features.ask, features.turn) == ("Fix the parser", "loop")
    assert features.modalities == ("image", "text")
    assert (features.has_tools, features.thinking) == (True, "adaptive")
    assert features.sensitive == {"api_key"}
    assert features.output_limit is None
    assert Features(_messages_call({**body, "max_tokens": 500})).output_limit == 500
    later = {**body, "system": [{"type": "text", "text": "x-anthropic-billing-header: n=2"},
                                {"type": "text", "text": "Be brief."}]}  # fmt: skip
    assert Features(_messages_call(later)).thread == features.thread


def test_claude_codes_title_is_one() -> None:
    made = _messages_call(
        {
            "tools": [],
            "messages": HELLO["messages"],
            "output_config": {"format": {"type": "json_schema"}},
        }
    )
    made.headers = CIMultiDict({"User-Agent": "claude-cli/2.1.330 (external, cli)"})
    assert Features(made).kind_of_call == "title"
    made.headers = CIMultiDict({"User-Agent": "Anthropic/Python 2.12.0"})
    assert Features(made).kind_of_call is None


def test_openais_responses() -> None:
    made = new_call()
    words = {"type": "input_text", "text": "Fix the parser for ann@corp.org"}
    picture = {"type": "input_image", "image_url": "data:image/png;base64,eA=="}
    added = {"type": "additional_tools", "tools": [{"type": "custom", "name": "exec"}]}
    body = {
        "instructions": "Be brief.",
        "reasoning": {"summary": "auto"},
        "max_output_tokens": 300,
        "text": {"format": {"type": "json_schema"}},
        "input": [
            added,
            {"role": "user", "content": [words, picture]},
            {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"},
            {"type": "function_call_output", "call_id": "c", "output": "ok"},
        ],
    }
    made.request = OpenAIResponses().read_request(orjson.dumps(body))
    features = Features(made)
    assert (features.ask, features.turn) == ("Fix the parser for ann@corp.org", "loop")
    assert features.modalities == ("image", "text")
    assert (features.has_tools, features.wants_json, features.output_limit) == (True, True, 300)
    assert (features.thinking, features.sensitive) == (None, {"email"})
    assert features.input_tokens > 800
