"""A request as tools are told apart by: its headers, and the few words of it that tell."""

from collections.abc import Iterator, Mapping

from propcache.api import cached_property

from butler.engine.call import Request

_HEAD_CHARS = 2_000
_BILLING = "x-anthropic-billing-header:"


class Sent:
    """What a client has sent; each property is worked out once."""

    def __init__(self, headers: Mapping[str, str], request: Request) -> None:
        self.headers = headers
        self.request = request

    @cached_property
    def head(self) -> str:
        """How the first message begins, when it is not the user's; empty else."""
        if "system" in self.request.data:
            return _beginning(self.own_system())
        messages = self.request.messages
        first = messages[0] if messages else None
        if not isinstance(first, dict) or first.get("role") not in ("system", "developer"):
            return ""
        return next(texts_of(first.get("content")), "")[:_HEAD_CHARS]

    def own_system(self) -> Iterator[str]:
        """Yield a system prompt that stands beside the messages, without its changing bill."""
        for text in texts_of(self.request.data.get("system")):
            if not text.startswith(_BILLING):
                yield text

    @property
    def billing(self) -> str:
        """The line in which Claude Code says what a call is part of; empty where there is none."""
        first = next(texts_of(self.request.data.get("system")), "")
        return first if first.startswith(_BILLING) else ""

    def last_user_words(self) -> str:
        """The last message of role `user`, as it stands; empty where there is none."""
        for message in reversed(self.request.messages):
            if isinstance(message, dict) and message.get("role") == "user":
                return "\n".join(texts_of(message.get("content")))
        return ""


def _beginning(texts: Iterator[str]) -> str:
    """Put texts together, no further than needed: prompts have tens of thousands of letters."""
    found: list[str] = []
    left = _HEAD_CHARS
    for text in texts:
        found.append(text[:left])
        left -= len(text) + 1
        if left <= 0:
            break
    return "\n".join(found)


def texts_of(content: object) -> Iterator[str]:
    """Yield the texts of a message's content."""
    if isinstance(content, str):
        yield content
    for part in content if isinstance(content, list) else ():
        text = part.get("text") if isinstance(part, dict) else None
        if isinstance(text, str):
            yield text
