"""The master key: what it looks like, and what a place that keeps it can do."""

import base64
import binascii
import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from butler.contract.problems import Problem, ProblemCode
from butler.engine.errors import VaultError, problem

_KEY_BYTES = 32
_STANDARD_ALPHABET = str.maketrans("-_", "+/")


class Obstacle(Enum):
    """Why a place gave no key or took none; the value completes the sentence "the place …"."""

    EMPTY = "holds no key"
    ABSENT = "is not available here"
    LOCKED = "is locked"
    UNREADY = "could not be opened"
    TIMED_OUT = "did not answer in time"
    FAILED = "failed"
    READ_ONLY = "can not be written by us"


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A key as a place holds it, with what doctor should say about that place."""

    key: bytes = field(repr=False)
    warnings: tuple[Problem, ...] = ()


class KeySource(Protocol):
    """A place that may hold the master key of a data directory."""

    @property
    def name(self) -> str:
        """The stable word for this place, for status and settings."""

    @property
    def title(self) -> str:
        """The place as a person would call it, within a sentence."""

    async def read(self, vault_id: str) -> FoundKey | Obstacle:
        """Look for the key. Raises VaultError when what lies there is no key."""

    async def keep(self, vault_id: str, key: bytes) -> FoundKey | Obstacle:
        """Store a new key, never over an old one, and return it as it will be found again."""

    async def forget(self, vault_id: str) -> None:
        """Delete the key of a vault that has another by now; where that fails, it stays."""


def new_key() -> bytes:
    """Make a master key: 32 random bytes."""
    return secrets.token_bytes(_KEY_BYTES)


def write_key(key: bytes) -> str:
    """Spell a key as all places keep it: base64."""
    return base64.b64encode(key).decode("ascii")


def parse_key(text: str, title: str) -> bytes:
    """Read a key from base64, standard or URL-safe.

    Raises VaultError when it is not 32 bytes, or when nobody could have drawn them at random: a
    passphrase or a placeholder would protect nothing.
    """
    try:
        key = base64.b64decode(text.strip().translate(_STANDARD_ALPHABET), validate=True)
    except (binascii.Error, ValueError):
        raise _malformed(title, "it is not base64") from None
    if len(key) != _KEY_BYTES:
        raise _malformed(title, f"it holds {len(key)} bytes instead of {_KEY_BYTES}")
    if len(set(key)) == 1:
        raise _malformed(title, "it is one byte repeated, a placeholder")
    if all(0x20 <= byte < 0x7F for byte in key):
        raise _malformed(title, "it is readable text, not random bytes")
    return key


def _malformed(title: str, why: str) -> VaultError:
    return VaultError(
        problem(
            ProblemCode.MASTER_KEY_MALFORMED,
            f"The master key in {title} can not be used: {why}.",
            "Put back the key that was in use. For a new installation make one, for example "
            "with `openssl rand -base64 32`, and keep a copy in a safe place.",
        )
    )
