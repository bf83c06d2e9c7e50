"""Who is calling, which conversation it is, and what kind of call: read from headers.

What tools send was recorded from their current releases. A tool is one row; bodies are looked
at only where no header tells: the beginning of the system message, the first words of the user.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import orjson

from butler.engine.call import Request


@dataclass(frozen=True, slots=True)
class Tool:
    """How one tool is recognised: a User-Agent prefix, or what only it sends.

    That is a header, or words near the beginning of its system message.
    """

    id: str
    agent: str | None = None
    header: str | None = None
    system: str | None = None


TOOLS = (
    Tool("claude-code", agent="claude-cli/"),
    Tool("codex", agent="codex", header="x-codex-turn-metadata"),
    Tool("opencode", agent="opencode/"),
    Tool("kilo", agent="kilo-code/"),
    Tool("copilot", header="x-initiator"),
    Tool("qwen-code", agent="qwencode/"),
    Tool("gemini-cli", agent="geminicli"),
    Tool("openclaw", system="running inside openclaw"),
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

_NAMED_OTHERWISE = tuple(
    (place, tool) for place, tool in enumerate(TOOLS) if tool.header or tool.system
)

_SESSION_HEADERS = (
    "x-claude-code-session-id",
    "session-id",
    "thread-id",
    "x-session-id",
    "x-session-affinity",
)
_KIND_HEADERS = ("x-claude-code-request-class", "x-claude-1p-request-class")
_SIDE_CALLS = (
    ("title generator", "title"),
    ("managed memory extraction subagent", "subagent"),
)
_OF_THE_MAIN_RUN = ("main", "continuation", "agent")
_SYSTEM_CHARS = 2_000
_BILLING = "x-anthropic-billing-header:"


def client_of(headers: Mapping[str, str], request: Request) -> str | None:
    """Return the tool's id, else the first word of its User-Agent, else None."""
    agent = headers.get("User-Agent", "")
    first, named = _named_by(agent)
    system = _system_head(request)
    for place, tool in _NAMED_OTHERWISE:
        if place >= first:
            break
        if (tool.header and tool.header in headers) or (tool.system and tool.system in system):
            return tool.id
    return named


@lru_cache(maxsize=256)
def _named_by(agent: str) -> tuple[int, str | None]:
    """Return the place in TOOLS of the first that a User-Agent names, and what it is called.

    A place behind all others means that the header names none of them.
    """
    lower = agent.lower()
    for place, tool in enumerate(TOOLS):
        if tool.agent and lower.startswith(tool.agent):
            return place, tool.id
    return len(TOOLS), agent.split("/")[0].split(" ")[0][:60] or None


def kind_of_call(headers: Mapping[str, str], request: Request) -> str | None:
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
    if headers.get("x-session-id", "").startswith("title-"):
        return "title"
    if _is_claude_title(headers, request):
        return "title"
    system = _system_head(request)
    return next((kind for words, kind in _SIDE_CALLS if words in system), None)


def _is_claude_title(headers: Mapping[str, str], request: Request) -> bool:
    """Claude Code asks for a title without any tools, as JSON."""
    config = request.data.get("output_config")
    asks_json = isinstance(config, dict) and config.get("format") is not None
    agent = headers.get("User-Agent", "")
    return asks_json and not request.data.get("tools") and agent.startswith("claude-cli/")


def _codex_kind(metadata: str) -> str | None:
    try:
        kind = orjson.loads(metadata).get("request_kind")
    except (orjson.JSONDecodeError, AttributeError):
        return None
    return {"turn": "main"}.get(kind, kind[:40]) if isinstance(kind, str) else None


def conversation_of(headers: Mapping[str, str], request: Request, caller: str) -> str:
    """Return an opaque key that stays the same through a conversation of one caller.

    Made of a session header when there is one, else of `prompt_cache_key`, else of the words
    up to the first user message's end. Never any text of the prompt itself.
    """
    for name in _SESSION_HEADERS:
        if value := headers.get(name):
            return _digest(caller, name, value)
    key = request.data.get("prompt_cache_key")
    if isinstance(key, str) and key:
        return _digest(caller, "prompt_cache_key", key)
    return _digest(caller, *_opening(request))


def thread_of(headers: Mapping[str, str], request: Request, conversation: str) -> str:
    """Return an opaque key of one run of turns within a conversation.

    Tools send sub-agents and side calls under the same session; each begins with other words.
    """
    agent = headers.get("x-claude-code-agent-id", "")
    kind = kind_of_call(headers, request) or ""
    side = "" if kind in _OF_THE_MAIN_RUN else kind
    return _digest(conversation, agent, side, *_first_words(request))


def _first_words(request: Request) -> Iterator[str]:
    for message in request.messages:
        if isinstance(message, dict) and message.get("role") == "user":
            yield from _texts(message.get("content"))
            return


def _opening(request: Request) -> Iterator[str]:
    """Only the words: tools move their cache marks from message to message as they go on."""
    yield from _own_system(request)
    for message in request.messages:
        if isinstance(message, dict):
            yield from _texts(message.get("content"))
            if message.get("role") == "user":
                return


def _system_head(request: Request) -> str:
    """Return how the first message begins, in lower case, when it is not the user's."""
    if "system" in request.data:
        return "\n".join(_own_system(request))[:_SYSTEM_CHARS].lower()
    first = request.messages[0] if request.messages else None
    if not isinstance(first, dict) or first.get("role") not in ("system", "developer"):
        return ""
    return next(_texts(first.get("content")), "")[:_SYSTEM_CHARS].lower()


def _own_system(request: Request) -> Iterator[str]:
    """Yield a system prompt that stands beside the messages, without its changing bill."""
    for text in _texts(request.data.get("system")):
        if not text.startswith(_BILLING):
            yield text


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    for part in content if isinstance(content, list) else ():
        text = part.get("text") if isinstance(part, dict) else None
        if isinstance(text, str):
            yield text


def _digest(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]
