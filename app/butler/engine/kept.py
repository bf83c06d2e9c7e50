"""An answer that is kept to be sent again, and the ear with which a cache listens to one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A tool call of a kept answer; `arguments` is JSON text, as the model wrote it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A complete answer, free of any wire format.

    `provider` and `model` are who gave it, `finish` is why it ended, in the hub's words. What a
    model thought is not kept: its signature means something in its own conversation only.
    Tokens are what its vendor counted at the time; None where it told nothing.
    """

    provider: str
    model: str
    text: str
    calls: tuple[KeptCall, ...]
    finish: str
    input_tokens: int | None
    output_tokens: int | None
    at: datetime


class CaptureView(Protocol):
    """Listens to an answer on its way to the client; it must cost next to nothing."""

    def hear(self, dialect: Any, deltas: Any) -> None:
        """Take in events as the provider's dialect has read them."""

    def kept(self) -> KeptAnswer | None:
        """Return the answer, once it is over; None where it is incomplete or can not be kept."""


class SharedView(Protocol):
    """What a request shares with the same one that comes before its answer is complete."""

    @property
    def key(self) -> bytes:
        """Equal for requests that the same answer may be sent to."""

    def answer(self) -> KeptAnswer | None:
        """Return the answer, once it is over; None where it may not be sent to others."""
