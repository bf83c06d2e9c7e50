"""Which tool is calling, and what kind of call this is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from butler.engine.call import Request
from butler.engine.signals.client.listed import TOOLS
from butler.engine.signals.client.sent import Sent
from butler.engine.signals.client.tool import Tool

_MAX_NAME_CHARS = 60
_MAX_KIND_CHARS = 40
SIDE_CALLS = (
    ("title generator", "title"),
    ("managed memory extraction subagent", "memory"),
    ("tasked with summarizing conversations", "compaction"),
    ("summarize this partial conversation about programming", "compaction"),
    ("task routing ai", "auxiliary"),
)
"""What the system messages of calls on the side say near their beginning, whoever sends them."""


@dataclass(frozen=True, slots=True)
class _ByAgent:
    """What a User-Agent alone tells; `headers` and `tools` may still show another tool."""

    tool: Tool | None
    name: str | None
    headers: tuple[tuple[str, Tool], ...]
    tools: tuple[Tool, ...]


@dataclass(frozen=True, slots=True)
class _ByHead:
    """What the beginning of a system message tells: whose it is, and what for."""

    tool: Tool | None
    kind: str | None


def client_of(headers: Mapping[str, str], request: Request) -> str | None:
    """Return the tool's id, else the first word of its User-Agent, else None."""
    return named(Sent(headers, request))[1]


def kind_of_call(headers: Mapping[str, str], request: Request) -> str | None:
    """Return what a call is for: `main`, `title`, `subagent`, `compaction`, `memory` …"""
    sent = Sent(headers, request)
    return kind_by(sent, named(sent)[0])


def named(sent: Sent) -> tuple[Tool | None, str | None]:
    """Return the tool, where it is a known one, and what it is called.

    A header that only one tool sends tells most, then its prompt, then its User-Agent.
    """
    by_agent = _by_agent(sent.headers.get("User-Agent", ""))
    for header, tool in by_agent.headers:
        if header in sent.headers:
            return tool, tool.id
    if by_agent.tools and (head := sent.head):
        told = _by_head(head).tool
        if told is not None and told in by_agent.tools:
            return told, told.id
    return by_agent.tool, by_agent.name


@lru_cache(maxsize=256)
def _by_agent(agent: str) -> _ByAgent:
    lower = agent.lower()
    found = next((tool for tool in TOOLS if lower.startswith(tool.agents)), None)
    end = len(TOOLS) if found is None else TOOLS.index(found)
    headers = [(tool.header, tool) for tool in TOOLS[: end + 1] if tool.header is not None]
    if found is None:
        name = agent.split("/")[0].split(" ")[0][:_MAX_NAME_CHARS] or None
    else:
        name = found.id
    return _ByAgent(found, name, tuple(headers), tuple(t for t in TOOLS[:end] if t.systems))


@lru_cache(maxsize=64)
def _by_head(head: str) -> _ByHead:
    """Tools send the same prompt again and again: its letters are looked at once."""
    lower = head.lower()
    tool = next((one for one in TOOLS if any(words in lower for words in one.systems)), None)
    kind = next((kind for words, kind in SIDE_CALLS if words in lower), None)
    return _ByHead(tool, kind)


def kind_by(sent: Sent, tool: Tool | None) -> str | None:
    """Return what a call is for, as its tool tells, else as the words of the tool's prompt do."""
    kind = tool.kind(sent) if tool is not None else None
    if kind is not None:
        return kind[:_MAX_KIND_CHARS]
    return _by_head(sent.head).kind if sent.head else None
