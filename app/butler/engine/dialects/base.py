"""What every wire format can do. Dialects are pure: bytes and typed values, no sockets, no vendors.

Where client and provider speak the same dialect, the bytes pass through and only the target that
answered is named in them; usage, content and faults are read beside them. Where they do not, the
way leads through `canonical`: see `hub`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from butler.engine.call import Request, Target, Usage
from butler.engine.dialects.canonical import Conversation, Heard, Piece


@runtime_checkable
class KeepsSeals(Protocol):
    """A dialect whose clients keep thoughts that only their vendor can read, and send them back."""

    def keeps_seals(self, request: Request) -> bool:
        """Say whether the client that sent a request does."""


@dataclass(slots=True)
class Delta:
    """One event of a streamed answer, or a whole answer as a single one.

    `raw` is the event as it arrived, with its blank line. `text` is what the model said
    (words, reasoning and tool arguments alike), for an estimate where no usage is reported.
    `content` says whether anything of it reached past roles and bookkeeping; `usage_only`
    marks the event that exists only because usage was asked for. `data` is the event as parsed,
    for who must read more of it. `unreadable` is set where it is nothing that the dialect knows;
    it still belongs to the client. `signed` are the signatures under thoughts, and sealed
    thoughts: they belong to the target that answers. `stopped_by` is the stop sequence that ended
    the answer; empty where one did, but the provider does not say which.

    Never changed, though not frozen: one is made for every event, and a frozen one takes four
    times as long to make.
    """

    raw: bytes
    text: str = ""
    content: bool = False
    usage: Usage | None = None
    usage_only: bool = False
    finish: str | None = None
    error: str | None = None
    done: bool = False
    data: Any = None
    unreadable: bool = False
    signed: tuple[str, ...] = ()
    stopped_by: str | None = None


class StreamReader(Protocol):
    """Reads a streamed answer in whatever pieces the network brings."""

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the events that are complete now. Raises ValueError on no stream."""

    def close(self) -> list[Delta]:
        """The stream has ended; return what was still held back."""


class AnswerWriter(Protocol):
    """Writes one answer to a client."""

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return what the client gets for these events."""

    def error(self, message: str, code: str) -> bytes:
        """Return an error event: the stream can not go on."""

    def close(self) -> bytes:
        """Return what the client gets after the last event of an answer that is complete."""


class Translator(Protocol):
    """Writes one answer to a client in its dialect, from what a provider of another one said."""

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return what the client gets for an event: its usage, its end, and these pieces."""

    def error(self, message: str, code: str) -> bytes:
        """Return an error event: the stream can not go on."""

    def close(self) -> bytes:
        """Return what the client gets after the last event of an answer that is complete."""


class ProviderDialect(Protocol):
    """A wire format in which providers answer."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def wordless(self) -> frozenset[str]:
        """The members of a Conversation that its requests have no words for."""

    def stream_reader(self) -> StreamReader:
        """Return a reader for one streamed answer."""

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole answer; raises ValueError where it is none."""

    def pieces(self, delta: Delta) -> Sequence[Heard]:
        """Return what an event, or a whole answer, says; asked only for another dialect's sake."""


class Dialect(ProviderDialect, Protocol):
    """A wire format that clients speak."""

    @property
    def heartbeat(self) -> bytes | None:
        """What tells a client that waits that we are still here; None: its kind takes no such."""

    @property
    def stream_type(self) -> str:
        """The media type of a streamed answer."""

    @property
    def id_header(self) -> str:
        """The header in which clients look for the id of their request, in lower case."""

    def read_request(self, body: bytes) -> Request:
        """Read a request; raises ClientError where it is none."""

    def conversation(self, request: Request) -> Conversation:
        """Read all of a request, to be written in another dialect.

        Raises ClientError where it holds what no other dialect could say.
        """

    def relay(self, request: Request, target: Target) -> AnswerWriter:
        """Return the writer of an answer that comes in this dialect: its bytes pass through."""

    def translator(
        self, request: Request, target: Target, *, whole: bool, input_tokens: int = 0
    ) -> Translator:
        """Return the writer of an answer that comes in another dialect.

        `input_tokens` is an estimate, for who must tell a number before the provider has.
        """

    def error_body(self, message: str, type_: str, code: str | None, param: str | None) -> bytes:
        """Return an error in the dialect's own shape."""

    def too_long_body(self, message: str) -> bytes:
        """Return the error that a prompt is too long, in words by which clients shorten it."""

    def is_error_body(self, body: bytes) -> bool:
        """Say whether a body is an error in the dialect's own shape."""
