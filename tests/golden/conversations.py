"""Conversations as a dialect can say them: what its writer puts down, its reader finds again."""

from dataclasses import dataclass, replace
from typing import Any

import orjson
from hypothesis import strategies as st

from butler.engine.dialects.canonical import (
    Audio,
    Choosing,
    Conversation,
    Document,
    Image,
    Inline,
    JsonFormat,
    Link,
    Message,
    Part,
    Role,
    Text,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
)

_LETTERS = "abcXYZ09 äß你好🙂.,!?-\n"
_SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "additionalProperties": False,
}
_NAMED = ("now", "weather", "find_it")


@dataclass(frozen=True, slots=True)
class Words:
    """What a dialect has words for, beyond what all have."""

    members: frozenset[str]
    parts: tuple[type, ...]
    formats: tuple[JsonFormat, ...]
    most_stops: int = 0
    strict: tuple[bool | None, ...] = (None,)
    titles: bool = True
    failures: bool = False
    one_sampling: bool = False
    one_named: bool = False


_ALL = frozenset({"temperature", "top_p"})
_STRICT = JsonFormat(_SCHEMA, "answer", True)
WORDS = {
    "openai_chat": Words(
        _ALL
        | {"seed", "presence_penalty", "frequency_penalty", "likeliest", "verbosity", "cache_key"}
        | {"user", "parallel_tools", "max_tokens"},
        (Text, Image, Document, Audio),
        (JsonFormat(), _STRICT, JsonFormat(_SCHEMA, "city", False)),
        most_stops=4,
        strict=(None, True, False),
    ),
    "openai_responses": Words(
        _ALL | {"likeliest", "verbosity", "cache_key", "user", "parallel_tools", "max_tokens"},
        (Text, Image, Document),
        (JsonFormat(), _STRICT, JsonFormat(_SCHEMA, "city", False)),
        strict=(True, False),
    ),
    "anthropic_messages": Words(
        _ALL | {"top_k"},
        (Text, Image, Document),
        (_STRICT,),
        most_stops=9,
        failures=True,
        one_sampling=True,
    ),
    "gemini": Words(
        _ALL
        | {"top_k", "seed", "presence_penalty", "frequency_penalty", "likeliest", "max_tokens"},
        (Text, Image, Document, Audio),
        (JsonFormat(), JsonFormat(_SCHEMA)),
        most_stops=5,
        titles=False,
        failures=True,
        one_named=True,
    ),
}
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "temperature": st.sampled_from((0.0, 0.25, 1.0)),
    "top_p": st.sampled_from((0.25, 0.5, 1.0)),
    "top_k": st.integers(1, 99),
    "seed": st.integers(0, 2**31 - 1),
    "presence_penalty": st.sampled_from((-1.0, 0.5, 2.0)),
    "frequency_penalty": st.sampled_from((-1.0, 0.5, 2.0)),
    "likeliest": st.integers(0, 20),
    "verbosity": st.sampled_from(("low", "medium", "high")),
    "cache_key": st.just("thread-1"),
    "user": st.just("ann"),
    "parallel_tools": st.booleans(),
    "max_tokens": st.integers(16, 9_999),
}


def texts() -> st.SearchStrategy[str]:
    """Words that say something, without white space around them."""
    return st.text(_LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def conversations(draw: st.DrawFn, dialect: str) -> Conversation:
    """A conversation of which a dialect can say all."""
    words = WORDS[dialect]
    tools = draw(_tools(words))
    members = {
        name: draw(st.none() | _VALUES[name])
        for name in sorted(words.members)
        if tools or name != "parallel_tools"
    }
    if words.one_sampling and members["temperature"] is not None:
        members["top_p"] = None
    return Conversation(
        messages=draw(_messages(words, tools)),
        tools=tools,
        tool_choice=draw(_choices(words, tools)),
        format=draw(st.none() | st.sampled_from(words.formats)),
        stop=tuple(draw(st.lists(texts(), max_size=words.most_stops))),
        **{"max_tokens": 1000, **members},
        stream=draw(st.booleans()),
    )


@st.composite
def _tools(draw: st.DrawFn, words: Words) -> tuple[Tool, ...]:
    names = draw(st.lists(st.sampled_from(_NAMED), max_size=3, unique=True))
    strict = st.sampled_from(words.strict)
    return tuple(Tool(name, _SCHEMA, draw(st.none() | texts()), draw(strict)) for name in names)


@st.composite
def _choices(draw: st.DrawFn, words: Words, tools: tuple[Tool, ...]) -> ToolChoice | None:
    if not tools:
        return None
    can_name = len(tools) == 1 or not words.one_named
    kinds = [kind for kind in Choosing if can_name or kind is not Choosing.NAMED]
    kind = draw(st.none() | st.sampled_from(kinds))
    if kind is None:
        return None
    return ToolChoice(kind, tools[0].name if kind is Choosing.NAMED else None)


@st.composite
def _messages(draw: st.DrawFn, words: Words, tools: tuple[Tool, ...]) -> tuple[Message, ...]:
    told: list[Message] = []
    if draw(st.booleans()):
        told.append(Message(Role.SYSTEM, (Text(draw(texts())),)))
    open_calls: list[ToolCall] = []
    for turn in range(draw(st.integers(1, 3))):
        results = tuple(draw(_result(call, words)) for call in open_calls)
        said = draw(st.lists(_said(words), min_size=1, max_size=3))
        told.append(Message(Role.USER, (*results, *said)))
        open_calls = [draw(_call(f"call_{turn}_{n}", tool)) for n, tool in enumerate(tools)]
        told.append(Message(Role.ASSISTANT, (Text(draw(texts())), *open_calls)))
    results = tuple(draw(_result(call, words)) for call in open_calls)
    return (*told, Message(Role.USER, (*results, Text(draw(texts())))))


@st.composite
def _call(draw: st.DrawFn, id_: str, tool: Tool) -> ToolCall:
    arguments = draw(st.dictionaries(st.just("city"), texts(), max_size=1))
    return ToolCall(id_, tool.name, orjson.dumps(arguments).decode())


@st.composite
def _result(draw: st.DrawFn, call: ToolCall, words: Words) -> ToolResult:
    failed = words.failures and draw(st.booleans())
    return ToolResult(call.id, (Text(draw(texts())),), failed)


@st.composite
def _said(draw: st.DrawFn, words: Words) -> Part:
    kind = draw(st.sampled_from(words.parts))
    if kind is Image:
        links: st.SearchStrategy[Inline | Link] = st.just(Link("https://a.example/cat.png"))
        return Image(draw(st.just(Inline("image/png", "aGk=")) | links))
    if kind is Document:
        return Document(Inline("application/pdf", "JVBERi0="), "a.pdf" if words.titles else None)
    if kind is Audio:
        return Audio(draw(st.sampled_from(("wav", "mp3"))), "UklGRg==")
    return Text(draw(texts()))


def normal(conversation: Conversation) -> Conversation:
    """Return a conversation with turns of one side, and the words in them, put together."""
    turns: list[tuple[Role, list[Part]]] = []
    for message in conversation.messages:
        if not turns or turns[-1][0] is not message.role:
            turns.append((message.role, []))
        for part in message.parts:
            last = turns[-1][1][-1:]
            if isinstance(part, Text) and last and isinstance(last[0], Text):
                part = Text(f"{last[0].text}\n\n{part.text}")
                turns[-1][1].pop()
            turns[-1][1].append(part)
    messages = tuple(Message(role, tuple(parts)) for role, parts in turns)
    return replace(conversation, messages=messages)
