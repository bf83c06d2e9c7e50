"""The history of the configuration, as it travels."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Revision = Annotated[int, Field(ge=0, le=10**18)]


class HistoryQuery(BaseModel):
    """Which page of the history: so many changes, the latest or those before a revision."""

    model_config = ConfigDict(extra="forbid")

    before: Revision | None = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


class HistoryLine(BaseModel):
    """One change in words; `revision` is the one that it made."""

    revision: int
    at: datetime
    resources: list[str]
    summary: str


class HistoryChange(BaseModel):
    """One record of a change; `fields` are those that differ, secrets in it read `(sealed)`."""

    table: str
    id: str
    fields: list[str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class HistoryEntry(HistoryLine):
    """One change with all that it did."""

    changes: list[HistoryChange]
