"""The arbiter, as it travels: how it is, how quick, and what a trial question brought."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from butler.contract.problems import Problem
from butler.contract.resources import Written

ArbiterPhase = Literal[
    "off", "idle", "forbidden", "absent", "no_model", "loading", "slow", "failing", "ready"
]
Prompt = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000)]


class ArbiterPull(BaseModel):
    """The latest pull of the model; `share` is 0 to 1, None where the server does not say."""

    model: str
    status: str
    share: float | None
    running: bool
    error: str | None


class Arbiter(BaseModel):
    """The arbiter; only a `ready` one is asked.

    `p50_ms` and `p95_ms` are measured over the latest `answers`, late ones to their end;
    `place` is where its server is.
    """

    phase: ArbiterPhase
    reason: str
    place: Literal["here", "private", "public", "forbidden", "unknown"]
    kind: str
    url: str
    model: str
    budget_ms: int
    least_percent: int
    answers: int
    p50_ms: float | None
    p95_ms: float | None
    remembered: int
    looks_again_at: datetime | None
    pull: ArbiterPull | None
    problems: list[Problem]


class ArbiterTestIn(Written):
    """A trial question; without a prompt a made-up one is asked."""

    prompt: Prompt = ""


class ArbiterTest(BaseModel):
    """What came of a trial question, which had all the time it took.

    `route` is None where none of the `routes` fits, or where `error` says what went wrong;
    `confidence` is None where the server tells no probabilities. `sample` says that the routes
    are made up, since no category leads to a model.
    """

    route: str | None
    confidence: float | None
    error: str | None
    ms: float
    within_budget: bool
    sure_enough: bool
    routes: list[str]
    sample: bool
