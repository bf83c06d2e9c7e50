"""A conversation keeps its key through its turns."""

import re
from typing import Any

import pytest
from multidict import CIMultiDict

from butler.engine.signals.client.conversation import conversation_of
from butler.engine.signals.client.recognition import named
from butler.engine.signals.client.sent import Sent
from tests.engine.routing.calls import call, request


def key(
    messages: list[Any],
    headers: dict[str, str] | None = None,
    caller: str = "token_1",
    **data: Any,
) -> str:
    sent = Sent(CIMultiDict(headers or {}), request({"messages": messages, **data}))
    return conversation_of(sent, named(sent)[0], caller)


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


@pytest.mark.parametrize("messages", [[], [None], [5], [{"role": "system"}], [{"content": "x"}]])
def test_odd_messages_have_a_key(messages: list[Any]) -> None:
    assert re.fullmatch("[0-9a-f]{16}", key(messages))


CLAW = {"role": "system", "content": "You are a personal assistant running inside OpenClaw."}


def test_openclaws_session_stands_in_its_words() -> None:
    def said(session: str, ask: str) -> list[Any]:
        line = f"Runtime: agent=main | sessionId={session} | host=box"
        inner = "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>x<<<END_OPENCLAW_INTERNAL_CONTEXT>>>"
        words = f"[Mon 2026-11-23 06:24 UTC] {ask}\n\n{line}"
        return [CLAW, {"role": "user", "content": words}, {"role": "user", "content": inner}]

    assert key(said("s1", "say hi")) == key(said("s1", "and now?"))
    assert key(said("s1", "say hi")) != key(said("s2", "say hi"))
    # Whoever else writes such a line has no session by it.
    assert key(said("s1", "say hi")[1:]) != key(said("s1", "and now?")[1:])


@pytest.mark.parametrize(
    "user", ['{"device_id":"d","session_id":"0f5b"}', "user_1a_account__session_0f5b0f5b"]
)
def test_claude_codes_session_stands_in_its_metadata(user: str) -> None:
    agent = {"User-Agent": "claude-cli/2.1.330 (external, cli)"}
    other = [{"role": "user", "content": "else"}]
    one = {"metadata": {"user_id": user}}
    assert key(FIRST, agent, **one) == key(other, agent, **one)
    assert key(FIRST, agent, metadata={"user_id": "{"}) != key(other, agent, **one)
