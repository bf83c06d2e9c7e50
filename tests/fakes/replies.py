"""What a healthy upstream answers: text or tool calls, and how its bytes are cut on the wire."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import completion
from tests.fakes.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts that the upstream reports."""

    prompt_tokens: int = 12
    completion_tokens: int = 5
    cached_tokens: int = 0
    reasoning_tokens: int = 0
    cache_write_tokens: int = 0

    def body(self) -> dict[str, Any]:
        """The vendor's `usage` object."""
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": self.prompt_tokens + self.completion_tokens,
            "prompt_tokens_details": {"cached_tokens": self.cached_tokens, "audio_tokens": 0},
            "completion_tokens_details": {
                "reasoning_tokens": self.reasoning_tokens,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            },
        }


@dataclass(frozen=True, slots=True)
class Wire:
    """How a stream's bytes are written.

    `split_bytes` writes that many bytes at a time whatever the events' borders (0: one write
    per event), `crlf` ends lines as the standard also allows, `comments` puts a keep-alive
    comment before every event.
    """

    split_bytes: int = 0
    crlf: bool = False
    comments: bool = False

    def writes(self, events: Sequence[bytes]) -> Iterator[bytes]:
        """The events as the separate writes that go to the socket."""
        if self.comments:
            events = [b": keep-alive\n\n" + event for event in events]
        if self.crlf:
            events = [event.replace(b"\n", b"\r\n") for event in events]
        if not self.split_bytes:
            yield from events
            return
        data = b"".join(events)
        for start in range(0, len(data), self.split_bytes):
            yield data[start : start + self.split_bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What every reply has in common; `usage=None` is a server that never reports usage.

    `model` is the name in the reply (None: as requested), `extra` unknown top-level fields of
    the body and of every chunk, `chunk_delay_s` the pause after every write of a stream.
    """

    finish: str = "stop"
    usage: Usage | None = Usage()
    model: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    chunk_delay_s: float = 0.0
    wire: Wire = Wire()

    def message(self) -> dict[str, Any]:
        """The assistant's whole message."""
        raise NotImplementedError

    def deltas(self) -> list[dict[str, Any]]:
        """The same message in pieces, as a stream sends it."""
        raise NotImplementedError

    async def play(self, exchange: Exchange) -> None:
        """Answer the request, streamed or whole as it asked."""
        if not exchange.ask.stream:
            await exchange.send_json(200, exchange.vendor.whole(self, exchange.ask))
            return
        await exchange.begin_stream()
        await self.write(exchange, exchange.vendor.events(self, exchange.ask))
        await exchange.end()

    async def write(self, exchange: Exchange, events: Sequence[bytes]) -> None:
        """Write some events of a stream in this reply's manner."""
        for piece in self.wire.writes(events):
            await exchange.write(piece)
            await exchange.pause(self.chunk_delay_s)


@dataclass(frozen=True, slots=True)
class Answer(Reply):
    """A text answer: streamed word by word, or in the given `chunks`, after its `reasoning`."""

    text: str = "Hello from the upstream."
    chunks: Sequence[str] | None = None
    reasoning: str | None = None

    def message(self) -> dict[str, Any]:
        """The text, with `reasoning_content` beside it when there is any."""
        thought = {} if self.reasoning is None else {"reasoning_content": self.reasoning}
        text = "".join(self._pieces())
        return {"role": "assistant", "content": text, "refusal": None, **thought}

    def deltas(self) -> list[dict[str, Any]]:
        """The role first, then the thinking, then the text."""
        thoughts = [] if self.reasoning is None else completion.words(self.reasoning)
        return [
            {"role": "assistant", "content": "", "refusal": None},
            *({"reasoning_content": thought} for thought in thoughts),
            *({"content": piece} for piece in self._pieces()),
        ]

    def _pieces(self) -> Sequence[str]:
        return completion.words(self.text) if self.chunks is None else self.chunks


@dataclass(frozen=True, slots=True)
class NoUsage(Answer):
    """An answer from a server that reports no usage, even when asked."""

    usage: Usage | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call of a function; `arguments` is the JSON text as the model wrote it."""

    name: str
    arguments: str = "{}"
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class ToolCalls(Reply):
    """Calls of one or more functions; a stream sends the arguments `fragment_chars` at a time."""

    calls: Sequence[ToolCall] = (ToolCall("lookup"),)
    fragment_chars: int = 8
    text: str | None = None
    finish: str = field(default="tool_calls", kw_only=True)

    def message(self) -> dict[str, Any]:
        """The text, usually null, and the calls in order."""
        calls = [self._call(index, call.arguments) for index, call in enumerate(self.calls)]
        return {"role": "assistant", "content": self.text, "refusal": None, "tool_calls": calls}

    def deltas(self) -> list[dict[str, Any]]:
        """The role and text, then per call its head and its arguments in fragments."""
        deltas: list[dict[str, Any]] = [
            {"role": "assistant", "content": self.text, "refusal": None},
        ]
        for index, call in enumerate(self.calls):
            deltas.append({"tool_calls": [{"index": index, **self._call(index, "")}]})
            for start in range(0, len(call.arguments), self.fragment_chars):
                piece = call.arguments[start : start + self.fragment_chars]
                fragment = {"index": index, "function": {"arguments": piece}}
                deltas.append({"tool_calls": [fragment]})
        return deltas

    def _call(self, index: int, arguments: str) -> dict[str, Any]:
        call = self.calls[index]
        function = {"name": call.name, "arguments": arguments}
        return {
            "id": call.call_id or f"call_{index:024d}",
            "type": "function",
            "function": function,
        }
