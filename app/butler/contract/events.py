"""What the event stream carries: one snapshot first, then deltas in order."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel

from butler.contract.arbiter import Arbiter
from butler.contract.problems import Problem
from butler.contract.resources import CallRow, EmbedderStatus, Status


class EventName(StrEnum):
    """The `event:` field of the stream."""

    SNAPSHOT = "snapshot"
    CALL = "call"
    CONFIG = "config"
    ALERT = "alert"
    ARBITER = "arbiter"
    EMBEDDER = "embedder"
    RESYNC = "resync"


ResourceName = Literal["providers", "rules", "categories", "tokens", "settings", "vault"]


class Snapshot(BaseModel):
    """Everything a window needs to draw itself: the state and the latest calls, newest first."""

    status: Status
    calls: list[CallRow]


class CallRecorded(BaseModel):
    """A call ended; the figures of the day with it in them."""

    call: CallRow
    status: Status


class ConfigChanged(BaseModel):
    """A new revision is in force; `resources` names what changed, `summary` says it in words."""

    revision: int
    resources: list[ResourceName]
    summary: str = ""
    status: Status


class Alert(BaseModel):
    """Calls are kept away from a model from now on: for a while, or until its owner mends it."""

    target: str
    problem: Problem
    status: Status


class ArbiterChanged(BaseModel):
    """The arbiter is in another state, or its model is being fetched."""

    arbiter: Arbiter


class EmbedderChanged(BaseModel):
    """The embedding model is in another state, or more of it has been fetched."""

    embedder: EmbedderStatus


class Resync(BaseModel):
    """Deltas were lost because the reader was too slow: connect again."""

    reason: str
