"""How the arbiter is, as its owner sees it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from butler.engine.arbiter.places import Place


class Phase(StrEnum):
    """What can be said of the arbiter; only a `ready` one is asked."""

    OFF = "off"
    IDLE = "idle"
    FORBIDDEN = "forbidden"
    ABSENT = "absent"
    NO_MODEL = "no_model"
    LOADING = "loading"
    SLOW = "slow"
    FAILING = "failing"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Standing:
    """The phase, why, where its server is, and when it is looked at again."""

    phase: Phase
    reason: str
    place: Place = Place.UNKNOWN
    looks_again_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it may be asked."""
        return self.phase is Phase.READY
