"""The dry run as it travels: a request to decide, and what would happen to it, and why."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from butler.contract.resources import TraceStep


class ExplainIn(BaseModel):
    """A request to decide without calling a model: `text`, or `messages` as clients send them.

    Whatever else a client would send stands beside them. `headers` are those of the tool that
    asks, `token` is the name or id of the client token that it uses. `request_id` is a past call
    whose words were kept, in place of others. `settings` are thresholds and the like to try:
    nothing is stored.
    """

    model_config = ConfigDict(extra="allow")

    id: str | None = None
    text: str | None = None
    messages: list[Any] | None = None
    model: str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    token: str | None = None
    request_id: str | None = None
    settings: dict[str, JsonValue] = Field(default_factory=dict)


class PriceEstimate(BaseModel):
    """What a call would cost; `usd` is None where a price is not known.

    Prices are dollars for a million tokens. `output_source` says where the size of an answer
    that nobody has given yet comes from: the request's own limit, or what is usual for the task.
    """

    usd: Decimal | None
    source: Literal["owner", "catalogue", "local", "unpriced"]
    input_tokens: int
    input_usd: Decimal | None
    output_tokens: int
    output_usd: Decimal | None
    output_source: Literal["limit", "usual"]


class RunnerUp(BaseModel):
    """Who would have decided otherwise, and where the call would have gone."""

    layer: str
    rule: str | None
    reason: str
    score: float | None
    target: str
    price: PriceEstimate | None


class RefusedTarget(BaseModel):
    """A target that is not tried, with a word for why and the reason for people."""

    target: str
    why: str
    reason: str


class ThinkingInForce(BaseModel):
    """How the model would think, and who says so; a request in its own word."""

    mode: str
    budget_tokens: int | None
    source: Literal["rule", "request", "model"]


class Explanation(BaseModel):
    """What would happen to a request, and why; all from the evaluation that decided."""

    id: str | None
    task: str | None
    task_confidence: float | None
    cues: list[str]
    layer: str | None
    rule: str | None
    reason: str | None
    score: float | None
    target: str | None
    fallbacks: list[str]
    input_tokens: int
    thinking: ThinkingInForce | None
    price: PriceEstimate | None
    runner_up: RunnerUp | None
    refused: list[RefusedTarget]
    warnings: list[str]
    trace: list[TraceStep]
    ms: float
