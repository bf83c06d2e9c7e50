"""What every wire format can do. Dialects are pure: bytes and typed values, no sockets, no vendors.

Where client and provider speak the same dialect, a `Relay` passes the bytes through and only
names the target that answered; usage, content and faults are read beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from butler.engine.call import Request, Target, Usage


@dataclass(slots=True)
class Delta:
    """One event of a streamed answer, or a whole answer as a single one.

    `raw` is the event as it arrived, with its blank line. `text` is what the model said
    (words, reasoning and tool arguments alike), for an estimate where no usage is reported.
    `content` says whether anything of it reached past roles and bookkeeping; `usage_only`
    marks the event that exists only because usage was asked for. Never changed, though not
    frozen: one is made for every event, and a frozen one takes four times as long to make.
    """

    raw: bytes
    text: str = ""
    content: bool = False
    usage: Usage | None = None
    usage_only: bool = False
    finish: str | None = None
    error: str | None = None
    done: bool = False


class StreamReader(Protocol):
    """Reads a streamed answer in whatever pieces the network brings."""

    def feed(self, data: bytes) -> list[Delta]:
        """Take bytes; return the events that are complete now. Raises ValueError on no stream."""

    def close(self) -> list[Delta]:
        """The stream has ended; return what was still held back."""


class Relay(Protocol):
    """Writes events of the client's own dialect back to it, byte for byte but for `model`."""

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return what the client gets for these events."""

    def error(self, message: str, code: str) -> bytes:
        """Return an error event: the stream can not go on."""


class Dialect(Protocol):
    """A wire format."""

    name: str

    def read_request(self, body: bytes) -> Request:
        """Read a request; raises ClientError where it is none."""

    def write_request(self, request: Request, model: str, *, ask_usage: bool) -> bytes:
        """Return the body for an upstream that knows the model by this name."""

    def stream_reader(self) -> StreamReader:
        """Return a reader for one streamed answer."""

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole answer; raises ValueError where it is none."""

    def relay(self, request: Request, target: Target) -> Relay:
        """Return the writer of one answer to a client of this dialect."""

    def error_body(self, message: str, type_: str, code: str | None, param: str | None) -> bytes:
        """Return an error in the dialect's own shape."""

    def is_error_body(self, body: bytes) -> bool:
        """Say whether a body is an error in the dialect's own shape."""
