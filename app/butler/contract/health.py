"""How the targets are, from what recent traffic has shown of them."""

from typing import Literal

from pydantic import BaseModel


class Breaker(BaseModel):
    """A breaker that keeps calls away from a target.

    `open`: for another `left_ms`; `half_open`: one call at a time may try. `opened` counts how
    often it has opened in a row.
    """

    target: str
    state: Literal["open", "half_open"]
    kind: str
    reason: str
    left_ms: int
    opened: int


class TargetHealth(BaseModel):
    """One enabled model; figures are None while there are too few calls to tell.

    Times are those to the first content, `failure_rate` is the share of attempts that failed.
    """

    target: str
    local: bool
    breaker: Breaker | None
    failure_rate: float | None
    p50_ttft_ms: float | None
    p95_ttft_ms: float | None


class Health(BaseModel):
    """All targets; `ok` while every breaker is closed, `down` while none is."""

    state: Literal["ok", "degraded", "down"]
    targets: list[TargetHealth]
