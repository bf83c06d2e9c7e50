"""The master key, as it is spoken of: where it lies, never what it is."""

from typing import Literal

from pydantic import BaseModel

from butler.contract.problems import Problem
from butler.contract.resources import Written


class VaultState(BaseModel):
    """Where the master key lies, and what is to be said about that place."""

    source: str
    problems: list[Problem]


class VaultRotation(Written):
    """A wish for a new master key; `source` is where it shall lie, left out where it does now.

    `alone` says that no other server has this database open: they would lose their key.
    """

    source: Literal["os_keyring", "key_file"] | None = None
    alone: bool = False


class VaultRotated(VaultState):
    """A new master key is in force; what was `unreadable` before is so still."""

    revision: int
    resealed: int
    unreadable: int
