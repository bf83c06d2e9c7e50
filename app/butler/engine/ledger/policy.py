"""What the owner wants of the ledger."""

from dataclasses import dataclass
from enum import StrEnum

from butler.engine.ledger.prices import Baseline


class Bodies(StrEnum):
    """What is kept of the words of a call: nothing, what was asked, or the answer too."""

    OFF = "off"
    PROMPTS = "prompts"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days things are kept; 0 is for ever."""

    requests_days: int = 0
    statistics_days: int = 0
    bodies_days: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """The revision's wishes: the model to compare costs with, and what to keep of the words.

    With `redact`, secrets in kept words are masked before they are sealed.
    """

    baseline: Baseline | None = None
    bodies: Bodies = Bodies.OFF
    redact: bool = True


NOTHING_WANTED = Policy()
"""The policy of an owner who has not said anything."""


def nothing_wanted() -> Policy:
    """Return the policy of an owner who has not said anything."""
    return NOTHING_WANTED
