"""The hub: what a request asks and an answer says, whatever the wire format it travels in.

Every dialect reads its requests into these types and writes them from these, so that N dialects
need N readers and N writers. Nothing here knows a vendor's spelling. Where client and provider
speak the same dialect none of this is used: the bytes pass through.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Object = Mapping[str, Any]
"""A JSON object that travels as it is: a schema, a cache mark."""


class Role(StrEnum):
    """Who speaks. Results of tools are parts of what the user says."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Text:
    """Words; `cache` is the client's own mark that a provider may cache up to here."""

    text: str
    cache: Object | None = None


@dataclass(frozen=True, slots=True)
class Inline:
    """Bytes that came with the request, still in base64."""

    media_type: str
    base64: str


@dataclass(frozen=True, slots=True)
class Link:
    """Something that the provider is to fetch."""

    url: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture."""

    source: Inline | Link
    cache: Object | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file, mostly a PDF."""

    source: Inline | Link
    title: str | None = None
    cache: Object | None = None


@dataclass(frozen=True, slots=True)
class Audio:
    """A recording; `format` is `wav`, `mp3` or the like."""

    format: str
    base64: str


@dataclass(frozen=True, slots=True)
class Thought:
    """What the model thought; `signature` and `sealed` mean something to its own vendor only.

    `signer` is the target that thought so, where the client's request tells.
    """

    text: str = ""
    signature: str | None = None
    sealed: str | None = None
    signer: str | None = None


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call of a function; `arguments` is JSON text, as the model wrote it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a called function gave back."""

    call_id: str
    parts: tuple["Part", ...]
    is_error: bool = False
    cache: Object | None = None


Part = Text | Image | Document | Audio | Thought | ToolCall | ToolResult


@dataclass(frozen=True, slots=True)
class Message:
    """One turn, or a piece of one: writers that must alternate merge what stands together."""

    role: Role
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the model may call; `schema` describes its arguments."""

    name: str
    schema: Object
    description: str | None = None
    strict: bool | None = None
    cache: Object | None = None


class Choosing(StrEnum):
    """Whether the model must call a tool."""

    AUTO = "auto"
    NONE = "none"
    REQUIRED = "required"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class ToolChoice:
    """Which tool to call, if any; `name` counts where one is named."""

    choosing: Choosing
    name: str | None = None


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """The answer is to be JSON; without a schema, any object."""

    schema: Object | None = None
    name: str | None = None
    strict: bool | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole request. None means that the client did not say.

    How much to think is not here: rules and models have a say in that, too. `likeliest` is how many
    of the likeliest tokens to tell at each place (0: only the one that was taken), `cache_key` what
    requests with the same beginning have in common. `left_out` tells, in words, of what only the
    client's own vendor could have done; what the provider's dialect has no words for is told by
    `unsaid`.
    """

    messages: tuple[Message, ...]
    stream: bool = False
    tools: tuple[Tool, ...] = ()
    tool_choice: ToolChoice | None = None
    parallel_tools: bool | None = None
    max_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    stop: tuple[str, ...] = ()
    format: JsonFormat | None = None
    user: str | None = None
    seed: int | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    likeliest: int | None = None
    verbosity: str | None = None
    cache_key: str | None = None
    left_out: tuple[str, ...] = ()

    @property
    def strict_tools(self) -> bool | None:
        """Whether the arguments of some tool must fit its schema; None where no client says so."""
        return True if any(tool.strict for tool in self.tools) else None

    @property
    def thoughts(self) -> tuple[Thought, ...]:
        """All that was thought before."""
        parts = (part for message in self.messages for part in message.parts)
        return tuple(part for part in parts if isinstance(part, Thought))


def unsaid(conversation: Conversation, wordless: Collection[str]) -> Iterator[str]:
    """Yield those of a dialect's `wordless` members that a conversation does say something of."""
    for name in sorted(wordless):
        if getattr(conversation, name) not in (None, ()):
            yield name


class Finish(StrEnum):
    """Why an answer ended."""

    STOP = "stop"
    LENGTH = "length"
    TOOL_CALLS = "tool_calls"
    CONTENT_FILTER = "content_filter"


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely a token was, as a logarithm; `others` are the likeliest ones at its place.

    `bytes` is what stands for it where it is not a text by itself.
    """

    token: str
    logprob: float
    bytes: tuple[int, ...] | None = None
    others: tuple["Likely", ...] = ()


@dataclass(slots=True)
class Said:
    """A piece of the answer's words; `refused` where these say that the model will not.

    `likely` are its tokens, where the client wants to know of them. Pieces are never changed,
    though not frozen: see Delta.
    """

    text: str
    refused: bool = False
    likely: tuple[Likely, ...] = ()


@dataclass(slots=True)
class Reasoned:
    """A piece of what the model thought, or the signature under it."""

    text: str = ""
    signature: str | None = None
    sealed: str | None = None

    @property
    def is_end(self) -> bool:
        """Whether the thought is over: a signature ends it, a sealed one is whole."""
        return self.signature is not None or self.sealed is not None


@dataclass(slots=True)
class Called:
    """A piece of a tool call: `id` and `name` come with its first one.

    `index` tells the calls of one answer apart; it need not begin at 0 nor be without gaps.
    """

    index: int
    id: str | None = None
    name: str | None = None
    arguments: str = ""


Piece = Said | Reasoned | Called


@dataclass(slots=True)
class Unsaid:
    """Something in an answer that no other dialect has words for: what it is, for the trace."""

    what: str


Heard = Piece | Unsaid
"""What a reader hears in an answer; writers get the pieces alone."""
NO_ARGUMENTS = "{}"
"""What a call says that says nothing: its arguments are always a JSON object."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer's content, gathered from pieces; the order within each kind is kept.

    `refusal` are the words by which the model refuses; they are not part of `text`.
    """

    text: str
    thoughts: tuple[Thought, ...]
    calls: tuple[ToolCall, ...]
    refusal: str = ""
    likely: tuple[Likely, ...] = ()


def fold(pieces: Sequence[Heard]) -> Reply:
    """Gather a whole answer from its pieces: the one way to get one, streamed or not."""
    said: list[Said] = []
    thoughts: list[list[Reasoned]] = []
    calls: dict[int, list[Called]] = {}
    for piece in pieces:
        if isinstance(piece, Unsaid):
            continue
        if isinstance(piece, Said):
            said.append(piece)
        elif isinstance(piece, Called):
            calls.setdefault(piece.index, []).append(piece)
        elif piece.sealed is None and thoughts and not thoughts[-1][-1].is_end:
            thoughts[-1].append(piece)
        else:
            thoughts.append([piece])
    return Reply(
        "".join(piece.text for piece in said if not piece.refused),
        tuple(_thought(pieces) for pieces in thoughts),
        tuple(_call(pieces) for pieces in calls.values()),
        "".join(piece.text for piece in said if piece.refused),
        tuple(one for piece in said for one in piece.likely),
    )


def blocks_of(pieces: Sequence[Piece]) -> Sequence[Sequence[Piece]]:
    """Put together what makes up one block, in the order in which blocks begin.

    For answers that show words, thoughts and calls in their order. Pieces without words begin none.
    """
    blocks: list[list[Piece]] = []
    calls: dict[int, list[Piece]] = {}
    for piece in pieces:
        if isinstance(piece, Called):
            if piece.index not in calls:
                blocks.append(calls.setdefault(piece.index, []))
            calls[piece.index].append(piece)
        elif blocks and _goes_on(blocks[-1][-1], piece):
            blocks[-1].append(piece)
        elif piece.text or (isinstance(piece, Reasoned) and piece.sealed):
            blocks.append([piece])
    return blocks


def _goes_on(last: Piece, piece: Piece) -> bool:
    if isinstance(last, Reasoned) and last.is_end:
        return False
    return type(last) is type(piece)


def _thought(pieces: Sequence[Reasoned]) -> Thought:
    text = "".join(piece.text for piece in pieces)
    return Thought(text, pieces[-1].signature, pieces[-1].sealed)


def _call(pieces: Sequence[Called]) -> ToolCall:
    return ToolCall(
        next((piece.id for piece in pieces if piece.id), ""),
        next((piece.name for piece in pieces if piece.name), ""),
        "".join(piece.arguments for piece in pieces) or NO_ARGUMENTS,
    )
