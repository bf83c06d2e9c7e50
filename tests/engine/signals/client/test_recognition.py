"""Tools are known by what they send, and so is what a call is for."""

import json
from typing import Any

import pytest
from multidict import CIMultiDict

from butler.engine.signals.client.listed import TOOLS
from butler.engine.signals.client.recognition import client_of, kind_of_call
from tests.engine.routing.calls import request

HELLO = [{"role": "user", "content": "hello"}]
CLAUDE = {"User-Agent": "claude-cli/2.1.330 (external, cli)"}
KILO = {"User-Agent": "Kilo-Code/7.7.9"}


def client(headers: dict[str, str], messages: list[Any] | None = None) -> str | None:
    return client_of(CIMultiDict(headers), request({"messages": messages or HELLO}))


def kind(headers: dict[str, str], messages: list[Any] | None = None) -> str | None:
    return kind_of_call(CIMultiDict(headers), request({"messages": messages or HELLO}))


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
        ({"User-Agent": "ai/7.0.173 ai-sdk/openai/4.0.1 runtime/node.js/24"}, "ai-sdk"),
        ({"User-Agent": "opencode/1.18.33 ai-sdk/openai-compatible/2.0.0"}, "opencode"),
        ({"User-Agent": "node", "X-Claude-Code-Session-Id": "0f5b"}, "claude-code"),
        ({"User-Agent": "GeminiCLI/0.61.0/auto (linux; x64)"}, "gemini-cli"),
        ({"User-Agent": "Anthropic/Python 2.12.0"}, "anthropic-python"),
        ({"User-Agent": "AsyncAnthropic/Python 2.12.0"}, "anthropic-python"),
        ({"User-Agent": "Anthropic/JS 1.12.0"}, "anthropic-node"),
        ({"User-Agent": "google-genai-sdk/3.4.0 gl-python/3.11.2"}, "google-genai"),
        ({"User-Agent": "pydantic-ai/2.68.0"}, "pydantic-ai"),
        ({"User-Agent": "Agents/Python 0.24.0"}, "openai-agents"),
        ({"User-Agent": "langchain-anthropic/1.7.10"}, "langchain"),
        ({"User-Agent": "litellm/1.109.1"}, "litellm"),
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
        ({**CLAUDE, "X-Claude-Code-Request-Class": "main"}, "main"),
        ({**CLAUDE, "X-Claude-Code-Request-Class": "compaction"}, "compaction"),
        ({**CLAUDE, "X-Claude-1p-Request-Class": "blocking-subagent"}, "subagent"),
        ({**CLAUDE, "X-Claude-1p-Request-Class": "summary-extraction"}, "memory"),
        ({**CLAUDE, "X-Claude-Code-Request-Class": "y" * 99}, "y" * 40),
        ({**CLAUDE, "X-Claude-Code-Agent-Id": "a1"}, "subagent"),
        (CLAUDE, None),
        ({"X-Initiator": "user"}, "main"),
        ({"X-Initiator": "agent"}, "continuation"),
        ({"X-Initiator": "something"}, "something"),
        ({"X-Codex-Turn-Metadata": json.dumps({"request_kind": "turn"})}, "main"),
        ({"X-Codex-Turn-Metadata": json.dumps({"request_kind": "compaction"})}, "compaction"),
        ({"X-Codex-Turn-Metadata": json.dumps({"request_kind": 5})}, None),
        ({"X-Codex-Turn-Metadata": json.dumps([1])}, None),
        ({"X-Codex-Turn-Metadata": "{not json"}, None),
        ({"X-Codex-Turn-Metadata": "\udcff"}, None),
        ({**KILO, "X-Session-Id": "title-77"}, "title"),
        ({**KILO, "X-Session-Id": "77"}, None),
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
        ("You are the managed memory extraction subagent.", "memory"),
        ("You are a coding agent.", None),
        ("x" * 5_000 + "title generator", None),
    ],
)
def test_the_kind_of_call_shows_in_the_system_message(text: str, expected: str | None) -> None:
    assert kind({}, system(text)) == expected
    assert kind({}, [{"role": "user", "content": text}]) is None


@pytest.mark.parametrize("messages", [[], [None], [5], [{"role": "system"}], [{"content": "x"}]])
def test_odd_messages_have_no_client_and_no_kind(messages: list[Any]) -> None:
    assert client_of({}, request({"messages": messages})) is None
    assert kind_of_call({}, request({"messages": messages})) is None


def test_what_others_call_themselves_stays() -> None:
    """One tool's User-Agent outranks another's prompt only where that one is tried later."""
    prompt = system("You are Cline, a highly skilled software engineer.")
    assert client({"User-Agent": "opencode/1.18.33"}, prompt) == "opencode"
    assert client({"User-Agent": "ai-sdk/openai-compatible/2.0.0"}, prompt) == "cline"
    assert client({"User-Agent": "MyTool/3"}, prompt) == "cline"


def test_one_list_names_every_tool_once() -> None:
    assert len({tool.id for tool in TOOLS}) == len({tool.title for tool in TOOLS}) == len(TOOLS)
    assert all(tool.agents or tool.header or tool.systems for tool in TOOLS)
    signs = [sign for tool in TOOLS for sign in (*tool.agents, *tool.systems)]
    assert signs == [sign.lower() for sign in signs]
