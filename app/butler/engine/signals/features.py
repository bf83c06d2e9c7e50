"""Everything that can be known about a request, each computed once and only when asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from propcache.api import cached_property

from butler.engine.call import TALK, Call, Request
from butler.engine.known import EmbeddingView
from butler.engine.signals.ask import Ask, find_ask
from butler.engine.signals.client.conversation import conversation_of, thread_of
from butler.engine.signals.client.recognition import kind_by, named
from butler.engine.signals.client.sent import Sent
from butler.engine.signals.client.tool import Tool
from butler.engine.signals.language import language_of
from butler.engine.signals.sensitive import find_sensitive
from butler.engine.signals.task import TaskGuess, classify
from butler.engine.signals.text import fold
from butler.engine.signals.tokens import request_tokens

T = TypeVar("T")

_NOTHING = Request(raw=b"", data={}, model=None, stream=False, wants_usage=False)
_PART_MODALITIES = {
    "image_url": "image",
    "image": "image",
    "input_image": "image",
    "input_audio": "audio",
    "file": "file",
    "input_file": "file",
    "document": "file",
    "video_url": "video",
}
_JSON_KINDS = frozenset({"json_object", "json_schema"})
_EARNEST_TOKENS = 8_192
_SWITCHES = frozenset({"enabled", "max_tokens", "budget_tokens"})
_OUTPUT_LIMITS = ("max_completion_tokens", "max_tokens", "max_output_tokens")


class Features:
    """The lazily computed features of one call; few of them before its request has been read."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._memo: dict[object, Any] = {}

    def take_over(self, **known: Any) -> None:
        """Take over features that are known from elsewhere, by their names."""
        self.__dict__.update(known)

    @property
    def _request(self) -> Request:
        return self._call.request or _NOTHING

    @cached_property
    def found(self) -> Ask:
        """The user's own words, the turns before, and whether a tool loop goes on."""
        return find_ask(self._request.messages)

    @property
    def ask(self) -> str:
        """The user's own words, without what tools inject."""
        return self.found.text

    @cached_property
    def folded(self) -> str:
        """The same, case-folded and in compatibility form, for word search."""
        return fold(self.ask)

    @cached_property
    def task(self) -> TaskGuess:
        """The task that the words ask for."""
        return classify(self.found.text, self.found.earlier)

    @property
    def task_if_known(self) -> TaskGuess | None:
        """The task, where somebody has asked for it already; never computed for the log."""
        known: TaskGuess | None = self.__dict__.get("task")
        return known

    @cached_property
    def input_tokens(self) -> int:
        """The estimated size of the whole request, tools included."""
        return request_tokens(self._request.data, self._request.messages)

    @cached_property
    def modalities(self) -> tuple[str, ...]:
        """What the messages hold beside text, sorted; always with `text`."""
        found = {"text"}
        for message in self._request.messages:
            content = message.get("content") if isinstance(message, dict) else None
            if isinstance(content, list):
                found.update(_modalities(content))
        return tuple(sorted(found))

    @cached_property
    def thinking(self) -> str | None:
        """How much thinking the request asks for, in its own word; None when it does not say."""
        return thinking_of(self._request.data)

    @cached_property
    def _sent(self) -> Sent:
        return Sent(self._call.headers, self._request)

    @cached_property
    def _named(self) -> tuple[Tool | None, str | None]:
        return named(self._sent)

    @cached_property
    def client(self) -> str | None:
        """The tool that is calling."""
        return self._named[1]

    @cached_property
    def kind_of_call(self) -> str | None:
        """What this call is for, as the tool tells."""
        return kind_by(self._sent, self._named[0])

    @cached_property
    def conversation(self) -> str | None:
        """An opaque key that stays the same through a conversation."""
        if self._call.request is None or self._call.request.makes not in TALK:
            return None
        caller = self._call.caller.id if self._call.caller else ""
        return conversation_of(self._sent, self._named[0], caller)

    @cached_property
    def thread(self) -> str | None:
        """The same for one run of turns; None before anybody has said anything."""
        if self.conversation is None or not self._request.messages:
            return None
        return thread_of(self._sent, self.kind_of_call, self.conversation)

    @cached_property
    def turn(self) -> str:
        """`first` of a conversation, `next` words of the user's, or `loop`: a tool's result."""
        if self.found.continuation:
            return "loop"
        messages = self._request.messages
        is_answered = any(isinstance(m, dict) and m.get("role") == "assistant" for m in messages)
        return "next" if is_answered else "first"

    @cached_property
    def language(self) -> str | None:
        """The language of the user's words, by ISO 639-1; None where they do not tell."""
        return language_of(self.ask)

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The kinds of private things that the request holds, never the things themselves."""
        return find_sensitive(self._request.data)

    @property
    def has_tools(self) -> bool:
        """Whether the model may call tools; some clients put them among the input."""
        data = self._request.data
        return bool(data.get("tools") or data.get("functions")) or _has_added_tools(data)

    @cached_property
    def wants_json(self) -> bool:
        """Whether the answer must be JSON, as the protocols spell that."""
        return any(kind in _JSON_KINDS for kind in _formats(self._request.data))

    @cached_property
    def output_limit(self) -> int | None:
        """The most tokens that the answer may have, where the request says so in earnest.

        Anthropic's dialect demands a number, and tools give the highest that any model takes.
        """
        given = (self._request.data.get(key) for key in _OUTPUT_LIMITS)
        whole = (n for n in given if isinstance(n, int) and not isinstance(n, bool))
        limit = next((n for n in whole if n > 0), None)
        dialect = self._request.dialect
        is_formal = dialect is not None and dialect.name == "anthropic_messages"
        return None if is_formal and limit is not None and limit > _EARNEST_TOKENS else limit

    @property
    def noted(self) -> Mapping[str, Any]:
        """What the log keeps of it besides its columns: what is cheap, or has been asked for."""
        asked = self.__dict__
        noted: dict[str, Any] = {"tools": self.has_tools}
        if self.wants_json:
            noted["json"] = True
        if self.output_limit is not None:
            noted["output_limit"] = self.output_limit
        if "language" in asked:
            noted["language"] = self.language
        if "sensitive" in asked:
            noted["sensitive"] = sorted(self.sensitive)
        return noted

    @cached_property
    def embedding(self) -> EmbeddingView:
        """The embedding of the user's own words, made when a layer waits for it."""
        return self._call.runtime.embedder.share(self.ask)

    @property
    def embedding_if_asked(self) -> EmbeddingView | None:
        """The same, where somebody has asked for it already."""
        asked: EmbeddingView | None = self.__dict__.get("embedding")
        return asked

    def memo(self, key: object, compute: Callable[[], T]) -> T:
        """Return what `compute` gave for this key the first time on this call."""
        try:
            found: T = self._memo[key]
        except KeyError:
            found = self._memo[key] = compute()
        return found


def _modalities(parts: Sequence[Any]) -> Iterator[str]:
    for part in parts:
        kind = part.get("type") if isinstance(part, dict) else None
        if kind == "tool_result" and isinstance(part.get("content"), list):
            yield from _modalities(part["content"])
        elif isinstance(kind, str) and kind in _PART_MODALITIES and not _is_plain(part):
            yield _PART_MODALITIES[kind]


def _is_plain(part: Mapping[str, Any]) -> bool:
    """Say whether a document is nothing but words: every model reads those."""
    source = part.get("source")
    return isinstance(source, dict) and source.get("type") in ("text", "content")


def _formats(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the kinds of answer that are asked for, in chat, responses and messages."""
    for at, key in (("response_format", None), ("text", "format"), ("output_config", "format")):
        found = data.get(at)
        if key is not None and isinstance(found, dict):
            found = found.get(key)
        kind = found.get("type") if isinstance(found, dict) else None
        if isinstance(kind, str):
            yield kind


def _has_added_tools(data: Mapping[str, Any]) -> bool:
    items = data.get("input")
    return isinstance(items, list) and any(
        isinstance(item, dict) and item.get("type") == "additional_tools" for item in items
    )


def thinking_of(data: Mapping[str, Any]) -> str | None:
    """Read `reasoning_effort`, `reasoning` or `thinking` as vendors of this dialect spell them."""
    effort = data.get("reasoning_effort")
    if isinstance(effort, str):
        return effort
    for key in ("reasoning", "thinking"):
        value = data.get(key)
        if isinstance(value, dict):
            named = value.get("effort") or value.get("type")
            if isinstance(named, str):
                return named
            if "summary" in value and not _SWITCHES & value.keys():
                # Responses ask for a summary here, of whatever the model thinks by itself.
                continue
            return "disabled" if value.get("enabled") is False else "enabled"
    enabled = data.get("enable_thinking")
    if isinstance(enabled, bool):
        return "enabled" if enabled else "disabled"
    return None
