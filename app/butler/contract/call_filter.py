"""Which calls: the filters that the log, its export and the statistics share."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
"""A value of a dimension; the empty text means calls that have none."""
Moment = Annotated[str, StringConstraints(min_length=1, max_length=40)]
"""An instant with its offset, or a date or time without one in the zone that is asked for."""


def _whole_number(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch("[0-9]{1,9}", value):
        raise ValueError("it is a whole number")
    return value


WholeNumber = BeforeValidator(_whole_number)
"""Refuses what merely converts to a number, like `1.0`."""


class CallFilter(BaseModel):
    """Values of one filter are alternatives, filters narrow each other.

    `tz` is the zone of times without an offset, the machine's own without it; `to` as a date
    includes that day. A `modality` is written like `text` or `image+text`.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: Moment | None = Field(None, alias="from")
    to: Moment | None = None
    tz: Annotated[str, StringConstraints(max_length=60)] | None = None
    layer: list[Word] = Field(default_factory=list)
    rule: list[Word] = Field(default_factory=list)
    model: list[Word] = Field(default_factory=list)
    provider: list[Word] = Field(default_factory=list)
    token: list[Word] = Field(default_factory=list)
    client: list[Word] = Field(default_factory=list)
    task: list[Word] = Field(default_factory=list)
    endpoint: list[Word] = Field(default_factory=list)
    modality: list[Word] = Field(default_factory=list)
    thinking: list[Word] = Field(default_factory=list)
    streaming: list[Literal["true", "false"]] = Field(default_factory=list)
    fallback: list[Word] = Field(default_factory=list)


class LogQuery(CallFilter):
    """Which calls of the log; `text` is looked for in ids, names, targets and errors.

    `status` is how they ended: `ok`, `error`, or `cancelled` by a client that went away.
    """

    status: list[Literal["ok", "error", "cancelled"]] = Field(default_factory=list)
    cached: bool | None = None
    min_cost_usd: (
        Annotated[Decimal, Field(ge=0, le=1_000_000, max_digits=19, decimal_places=12)] | None
    ) = None
    text: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] | None = None


class PageQuery(LogQuery):
    """A page of the log; `before` is the id of the last call of the page above."""

    limit: Annotated[int, Field(ge=1, le=1000), WholeNumber] = 50
    before: Word | None = None


class ExportQuery(LogQuery):
    """The whole log as far as the filters let it through."""

    format: Literal["csv", "jsonl"] = "csv"


class Words(BaseModel):
    """What was kept of the words of a call: the request as it came, and the text of the answer."""

    request_id: str
    started_at: datetime
    request: str
    answer: str | None


class Forgotten(BaseModel):
    """How many calls' words were deleted."""

    forgotten: int
