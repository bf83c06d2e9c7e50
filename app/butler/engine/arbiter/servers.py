"""What an arbiter's server is to us, and what can be the matter with one."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from butler.engine.arbiter.answer import Reply
from butler.engine.arbiter.question import Question

KEEP_ALIVE = "30m"
"""How long a server keeps the model in memory after a question."""
CONTEXT_TOKENS = 4096
"""The same for every question: another size makes a server load the model anew."""


class Trouble(StrEnum):
    """What can be the matter."""

    ABSENT = "absent"
    NO_MODEL = "no_model"
    FAILED = "failed"


class ServerError(Exception):
    """A server does not do what it should; the message is ours and quotes nothing."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull is; `share` is 0 to 1, None while the server does not say."""

    status: str
    share: float | None = None


class Server(Protocol):
    """A server of local models, and one of its models. Every method raises ServerError."""

    async def has_model(self) -> bool:
        """Say whether the model is there."""

    async def ask(self, question: Question) -> Reply:
        """Ask the model; it is loaded where it is not yet."""

    def pull(self) -> AsyncGenerator[Progress, None]:
        """Have the server fetch the model, and tell how far it is."""

    async def close(self) -> None:
        """Hang up."""
