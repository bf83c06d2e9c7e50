"""Tools are known by what they send; a conversation keeps its key through its turns."""

import json
import re
from typing import Any

import pytest
from multidict import CIMultiDict

from butler.engine.signals.client import client_of, conversation_of, kind_of_call
from tests.engine.routing.calls import call, request

HELLO = [{"role": "user", "content": "hello"}]


def client(headers: dict[str, str], messages: list[Any] | None = None) -> str | None:
    return client_of(CIMultiDict(headers), request({"messages": messages or HELLO}))


def kind(headers: dict[str, str], messages: list[Any] | None = None) -> str | None:
    return kind_of_call(CIMultiDict(headers), request({"messages": messages or HELLO}))


def key(
    messages: list[Any],
    headers: dict[str, str] | None = None,
    caller: str = "token_1",
    **data: Any,
) -> str:
    return conversation_of(
        CIMultiDict(headers or {}), request({"messages": messages, **data}), caller
    )


def system(text: str) -> list[Any]:
    return [{"role": "system", "content": text}, *HELLO]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"User-Agent": "claude-cli/2.1.0 (external, cli)"}, "claude-code"),
        ({"User-Agent": "claude-cli/2.1.0 (external, sdk-cli)"}, "claude-code"),
        ({"User-Agent": "codex_exec/0.50.0 (Debian; x86_64)"}, "codex"),
        ({"User-Agent": "node", "X-Codex-Turn-Metadata": "{}"}, "codex"),
        ({"User-Agent": "opencode/1.2.0"}, "opencode"),
        ({"User-Agent": "Kilo-Code/5.0.0"}, "kilo"),
        ({"User-Agent": "OpenAI/JS 6.1.0", "X-Initiator": "user"}, "copilot"),
        ({"User-Agent": "QwenCode/0.24.4 (linux; x64)"}, "qwen-code"),
        ({"User-Agent": "LS/JS"}, "continue"),
        ({"User-Agent": "ls/JS"}, "continue"),
        ({"User-Agent": "OpenAI/Python 3.54.0"}, "openai-python"),
        ({"User-Agent": "AsyncOpenAI/Python 3.54.0"}, "openai-python"),
        ({"User-Agent": "OpenAI/JS 6.1.0"}, "openai-node"),
        ({"User-Agent": "ai-sdk/openai-compatible/2.0.0"}, "ai-sdk"),
        ({"User-Agent": "curl/8.14.1"}, "curl"),
        ({"User-Agent": "MyTool/3 beta"}, "MyTool"),
        ({"User-Agent": "My Tool"}, "My"),
        ({"User-Agent": "x" * 500}, "x" * 60),
        ({"User-Agent": ""}, None),
        ({}, None),
    ],
)
def test_a_tool_is_known_by_its_headers(headers: dict[str, str], expected: str | None) -> None:
    assert client(headers) == expected


@pytest.mark.parametrize("role", ["system", "developer"])
def test_openclaw_is_known_by_its_system_message(role: str) -> None:
    text = "You are a personal assistant running inside OpenClaw.\n## Tooling\n…"
    parts = [{"type": "text", "text": text}]
    sdk = {"User-Agent": "OpenAI/JS 6.1.0"}
    assert client(sdk, [{"role": role, "content": text}, *HELLO]) == "openclaw"
    assert client(sdk, [{"role": role, "content": parts}, *HELLO]) == "openclaw"
    # Whoever talks about it does not use it.
    assert client(sdk, [{"role": "user", "content": text}]) == "openai-node"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"X-Claude-Code-Request-Class": "main"}, "main"),
        ({"X-Claude-Code-Request-Class": "y" * 99}, "y" * 40),
        ({"X-Claude-Code-Agent-Id": "a1"}, "subagent"),
        ({"X-Initiator": "user"}, "main"),
        ({"X-Initiator": "agent"}, "continuation"),
        ({"X-Initiator": "something"}, "something"),
        ({"X-Codex-Turn-Metadata": json.dumps({"request_kind": "turn"})}, "main"),
        ({"X-Codex-Turn-Metadata": json.dumps({"request_kind": "compact"})}, "compact"),
        ({"X-Codex-Turn-Metadata": json.dumps({"request_kind": 5})}, None),
        ({"X-Codex-Turn-Metadata": json.dumps([1])}, None),
        ({"X-Codex-Turn-Metadata": "{not json"}, None),
        ({"X-Codex-Turn-Metadata": "\udcff"}, None),
        ({"X-Session-Id": "title-77"}, "title"),
        ({"X-Session-Id": "77"}, None),
    ],
)
def test_the_kind_of_call_is_read_from_headers(
    headers: dict[str, str], expected: str | None
) -> None:
    assert kind(headers) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You are a title generator. You output ONLY a thread title.", "title"),
        ("You are the managed memory extraction subagent.", "subagent"),
        ("You are a coding agent.", None),
        ("x" * 5_000 + "title generator", None),
    ],
)
def test_the_kind_of_call_shows_in_the_system_message(text: str, expected: str | None) -> None:
    assert kind({}, system(text)) == expected
    assert kind({}, [{"role": "user", "content": text}]) is None


@pytest.mark.parametrize("messages", [[], [None], [5], [{"role": "system"}], [{"content": "x"}]])
def test_odd_messages_have_no_client_no_kind_and_a_key(messages: list[Any]) -> None:
    assert client_of({}, request({"messages": messages})) is None
    assert kind_of_call({}, request({"messages": messages})) is None
    assert re.fullmatch("[0-9a-f]{16}", key(messages))


FIRST = [
    {"role": "system", "content": "You are a coding agent."},
    {"role": "user", "content": "Why does the test fail?"},
]
LATER = [
    *FIRST,
    {"role": "assistant", "content": "Because the file is empty."},
    {"role": "tool", "tool_call_id": "call_1", "content": "0 bytes"},
    {"role": "user", "content": "And now?"},
]


def test_a_conversation_keeps_its_key_over_its_turns() -> None:
    assert key(LATER) == key(FIRST)


def test_moving_cache_marks_do_not_break_a_conversation() -> None:
    text = FIRST[1]["content"]
    marked = {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}
    first = [FIRST[0], {"role": "user", "content": [marked]}]
    assert key(first) == key(LATER)


@pytest.mark.parametrize(
    "other",
    [
        [FIRST[0], {"role": "user", "content": "Why does the build fail?"}],
        [{"role": "system", "content": "You are a poet."}, FIRST[1]],
        [FIRST[1]],
    ],
    ids=["other ask", "other system", "no system"],
)
def test_conversations_that_begin_differently_differ(other: list[Any]) -> None:
    assert key(other) != key(FIRST)


@pytest.mark.parametrize(
    "name",
    [
        "X-Claude-Code-Session-Id",
        "session-id",
        "thread-id",
        "X-Session-Id",
        "X-Session-Affinity",
    ],
)
def test_a_session_header_decides(name: str) -> None:
    session = {name: "0f5b"}
    assert key(FIRST, session) == key([{"role": "user", "content": "else"}], session)
    assert key(FIRST, session) == key(FIRST, session, prompt_cache_key="other")
    assert key(FIRST, session) != key(FIRST, {name: "0f5c"})
    assert key(FIRST, session) != key(FIRST)


def test_else_the_cache_key_decides() -> None:
    one = {"prompt_cache_key": "qwen-code:1"}
    assert key(FIRST, **one) == key([{"role": "user", "content": "else"}], **one)
    assert key(FIRST, **one) != key(FIRST, prompt_cache_key="qwen-code:2")
    assert key(FIRST, prompt_cache_key="") == key(FIRST, prompt_cache_key=7) == key(FIRST)


@pytest.mark.parametrize(
    ("headers", "data"),
    [({}, {}), ({"session-id": "1"}, {}), ({}, {"prompt_cache_key": "1"})],
    ids=["by words", "by header", "by cache key"],
)
def test_two_callers_never_share_a_conversation(
    headers: dict[str, str], data: dict[str, Any]
) -> None:
    mine = key(FIRST, headers, "token_1", **data)
    assert key(FIRST, headers, "token_2", **data) != mine
    assert key(FIRST, headers, "token_1", **data) == mine


def test_a_key_tells_nothing_of_the_prompt() -> None:
    assert re.fullmatch("[0-9a-f]{16}", key(FIRST, {"session-id": "\udcff secret"}))
    assert re.fullmatch("[0-9a-f]{16}", key(FIRST))


def test_a_thread_is_one_run_of_turns() -> None:
    ask = [{"role": "system", "content": "s"}, {"role": "user", "content": "first words"}]
    session = {"x-claude-code-session-id": "s1"}

    def thread(headers: dict[str, str], messages: list[dict[str, str]]) -> str | None:
        return call({"messages": messages}, headers=headers).known.thread

    main = thread(session, ask)
    later = [*ask, {"role": "assistant", "content": "a"}, {"role": "user", "content": "more"}]
    assert main is not None
    assert thread(session, later) == main
    assert thread({**session, "x-claude-code-request-class": "main"}, later) == main
    others = [
        thread({**session, "x-claude-code-agent-id": "a1"}, ask),
        thread({**session, "x-claude-code-request-class": "title"}, ask),
        thread({"x-claude-code-session-id": "s2"}, ask),
        thread(session, [ask[0], {"role": "user", "content": "other words"}]),
    ]
    assert len({main, *others}) == 5
    assert thread(session, []) is None
