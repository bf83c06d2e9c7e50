"""Which conversation a call belongs to, and which run of turns within it.

Both are opaque keys: never any text of the prompt itself.
"""

import hashlib
from collections.abc import Iterator

from butler.engine.call import Request
from butler.engine.signals.client.listed import TOOLS
from butler.engine.signals.client.sent import Sent, texts_of
from butler.engine.signals.client.tool import Tool, text_member

_SESSION_HEADERS = tuple(dict.fromkeys(name for tool in TOOLS for name in tool.sessions))
"""Asked of every client: forks of a tool keep its headers, under names of their own."""
_OF_THE_MAIN_RUN = ("main", "continuation", "agent")


def conversation_of(sent: Sent, tool: Tool | None, caller: str) -> str:
    """Return a key that stays the same through a conversation of one caller.

    Made of a session header when there is one, else of `prompt_cache_key`, else of what the tool
    writes into its messages, else of the words up to the first user message's end.
    """
    for name in _SESSION_HEADERS:
        if value := sent.headers.get(name):
            return _digest(caller, name, value)
    if value := text_member(sent.request.data, "prompt_cache_key"):
        return _digest(caller, "prompt_cache_key", value)
    if tool is not None and (value := tool.session(sent)):
        return _digest(caller, tool.id, value)
    return _digest(caller, *_opening(sent))


def thread_of(sent: Sent, kind: str | None, conversation: str) -> str:
    """Return a key of one run of turns within a conversation.

    Tools send sub-agents and side calls under the same session; each begins with other words.
    """
    agent = sent.headers.get("x-claude-code-agent-id", "")
    side = "" if kind is None or kind in _OF_THE_MAIN_RUN else kind
    return _digest(conversation, agent, side, *_first_words(sent.request))


def _first_words(request: Request) -> Iterator[str]:
    for message in request.messages:
        if isinstance(message, dict) and message.get("role") == "user":
            yield from texts_of(message.get("content"))
            return


def _opening(sent: Sent) -> Iterator[str]:
    """Only the words: tools move their cache marks from message to message as they go on."""
    yield from sent.own_system()
    for message in sent.request.messages:
        if isinstance(message, dict):
            yield from texts_of(message.get("content"))
            if message.get("role") == "user":
                return


def _digest(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]
