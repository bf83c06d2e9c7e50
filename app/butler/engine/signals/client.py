"""Who is calling, which conversation it is, and what kind of call: read from headers.

What tools send was recorded from their current releases. A tool is one row; bodies are looked
at only for the conversation, where no header names it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from butler.engine.call import Request


@dataclass(frozen=True, slots=True)
class Tool:
    """How one tool is recognised: a User-Agent prefix or a header that only it sends."""

    id: str
    agent: str | None = None
    header: str | None = None


TOOLS = (
    Tool("claude-code", agent="claude-cli/"),
    Tool("codex", agent="codex", header="x-codex-turn-metadata"),
    Tool("opencode", agent="opencode/"),
    Tool("kilo", agent="kilo-code/"),
    Tool("copilot", header="x-initiator"),
    Tool("qwen-code", agent="qwencode/"),
    Tool("gemini-cli", agent="geminicli"),
    Tool("openclaw", agent="openclaw/"),
    Tool("continue", agent="ls/js"),
    Tool("aider", agent="litellm/"),
    Tool("openai-python", agent="openai/python"),
    Tool("openai-python", agent="asyncopenai/python"),
    Tool("openai-node", agent="openai/js"),
    Tool("anthropic-python", agent="anthropic/python"),
    Tool("ai-sdk", agent="ai-sdk/"),
    Tool("curl", agent="curl/"),
)
"""In the order in which they are tried: tools before the libraries that they are built on."""

_SESSION_HEADERS = (
    "x-claude-code-session-id",
    "session-id",
    "thread-id",
    "x-session-id",
    "x-session-affinity",
)
_KIND_HEADERS = ("x-claude-code-request-class", "x-claude-1p-request-class")


def client_of(headers: Mapping[str, str]) -> str | None:
    """Return the tool's id, else the first word of its User-Agent, else None."""
    agent = headers.get("User-Agent", "")
    lower = agent.lower()
    for tool in TOOLS:
        if (tool.agent and lower.startswith(tool.agent)) or (
            tool.header and tool.header in headers
        ):
            return tool.id
    return agent.split("/")[0].split(" ")[0][:60] or None


def kind_of_call(headers: Mapping[str, str]) -> str | None:
    """Return what the tool says this call is for: `main`, `subagent`, `title`, `agent` …"""
    for name in _KIND_HEADERS:
        if value := headers.get(name):
            return value[:40]
    if value := headers.get("x-initiator"):
        return {"user": "main", "agent": "continuation"}.get(value, value[:40])
    if "x-claude-code-agent-id" in headers:
        return "subagent"
    if metadata := headers.get("x-codex-turn-metadata"):
        return _codex_kind(metadata)
    return "title" if headers.get("x-session-id", "").startswith("title-") else None


def _codex_kind(metadata: str) -> str | None:
    try:
        kind = orjson.loads(metadata).get("request_kind")
    except (orjson.JSONDecodeError, AttributeError):
        return None
    return {"turn": "main"}.get(kind, kind[:40]) if isinstance(kind, str) else None


def conversation_of(headers: Mapping[str, str], request: Request, caller: str) -> str:
    """Return an opaque key that stays the same through a conversation.

    A session header when there is one, else `prompt_cache_key`, else a digest of who asks, the
    leading system messages and the first user message. Never any text of the prompt itself.
    """
    for name in _SESSION_HEADERS:
        if value := headers.get(name):
            return _digest(name, value)
    key = request.data.get("prompt_cache_key")
    if isinstance(key, str) and key:
        return _digest("prompt_cache_key", key)
    opening = []
    for message in request.messages:
        opening.append(message)
        if isinstance(message, dict) and message.get("role") == "user":
            break
    return _digest(caller, orjson.dumps(opening).decode())


def _digest(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=8).hexdigest()
