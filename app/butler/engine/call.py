"""The thing that flows: a Call gathers everything known about one request, from arrival to row.

Also here: the small values it is made of, and the views through which the lower rooms see
what is built above them (the compiled Runtime, the lazily computed features).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol, Self

from butler.engine.facts import NO_FACTS as NO_FACTS
from butler.engine.facts import TALK as TALK
from butler.engine.facts import Makes as Makes
from butler.engine.facts import ModelFacts as ModelFacts
from butler.engine.facts import Price as Price
from butler.engine.facts import Thinking as Thinking
from butler.engine.facts import ThinkingMode as ThinkingMode
from butler.engine.kept import CaptureView, KeptAnswer, SharedView
from butler.engine.known import EmbedderView as EmbedderView
from butler.engine.known import FeaturesView as FeaturesView
from butler.engine.known import TaskView as TaskView
from butler.engine.patience import Patience
from butler.engine.tally import Tally


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A model at a provider, written `provider/model`; the model's id may hold slashes."""

    provider: str
    model: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `provider/model`; None when there is no slash with something on both sides."""
        provider, _, model = text.partition("/")
        return cls(provider, model) if provider and model else None

    def __str__(self) -> str:
        return f"{self.provider}/{self.model}"


class UsageSource(StrEnum):
    """Where token counts come from; they are never made up."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer, and how many images it made.

    Cached and cache-write tokens are part of the input, reasoning ones of the output.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None
    source: UsageSource = UsageSource.UNKNOWN
    cache_write_tokens: int | None = None
    images: int | None = None


NOT_KNOWN = Usage()
"""The usage of an answer that has told nothing."""


class Outcome(StrEnum):
    """What a layer did with a call."""

    DECIDED = "decided"
    PASSED = "passed"
    SKIPPED = "skipped"
    FAILED = "failed"
    TIMED_OUT = "timed_out"


@dataclass(slots=True)
class Step:
    """One layer's line in the trace; the layer fills in why, the router the rest."""

    layer: str
    outcome: Outcome = Outcome.PASSED
    reason: str = ""
    score: float | None = None
    words: tuple[str, ...] = ()
    rule_id: str | None = None
    rule: str | None = None
    ms: float = 0.0

    def skip(self, reason: str) -> None:
        """Say that the layer did not look at the call, and why."""
        self.outcome = Outcome.SKIPPED
        self.reason = reason


@dataclass(slots=True)
class Attempt:
    """One try at one target; `ms` is the time spent waiting for that upstream."""

    target: Target
    outcome: str = "failed"
    failure: str | None = None
    status: int | None = None
    error: str | None = None
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class UseTargets:
    """A verdict: try these targets in order."""

    targets: tuple[Target, ...]
    layer: str
    reason: str
    score: float | None = None
    rule_id: str | None = None
    rule: str | None = None
    thinking: Thinking | None = None
    cap_price: bool = False


@dataclass(frozen=True, slots=True)
class Replay:
    """A verdict: send this kept answer again; nobody is asked.

    `joined`: it was being given to the same request when this one came. It answers what
    `UseTargets` is asked, too, so that traces, headers and the log read both.
    """

    answer: KeptAnswer
    layer: str
    reason: str
    score: float | None = None
    joined: bool = False

    @property
    def target(self) -> Target:
        """Who gave the answer at the time."""
        return Target(self.answer.provider, self.answer.model)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The same, alone."""
        return (self.target,)

    @property
    def rule_id(self) -> None:
        """No rule decided."""

    @property
    def rule(self) -> None:
        """No rule decided."""

    @property
    def thinking(self) -> None:
        """Nobody thinks."""

    @property
    def cap_price(self) -> bool:
        """Nothing is paid."""
        return False


Verdict = UseTargets | Replay
"""What a layer decides: who is to answer, or with which kept answer."""


class DialectView(Protocol):
    """A client's wire format; it reads its requests into the types of `dialects.canonical`."""

    @property
    def name(self) -> str: ...
    def conversation(self, request: "Request") -> Any: ...


@dataclass(frozen=True, slots=True)
class Request:
    """A client's request: the bytes as they came, parsed once, and what every room asks of them.

    `data` is never changed: who needs another body builds one. No `dialect`: no client sent it.
    `told` are the messages as chat completions would write them, from a dialect that does not.
    `makes` is what the answer is to be.
    """

    raw: bytes
    data: Mapping[str, Any]
    model: str | None
    stream: bool
    wants_usage: bool
    dialect: DialectView | None = None
    told: list[Any] | None = None
    makes: Makes = Makes.CHAT

    @property
    def messages(self) -> list[Any]:
        """The messages, whatever their shape; an empty list when there are none."""
        if self.told is not None:
            return self.told
        messages = self.data.get("messages")
        return messages if isinstance(messages, list) else []


@dataclass(frozen=True, slots=True)
class Caller:
    """The client token that a call came with; its limits are None or empty where it has none.

    `allowed_models` are patterns of targets, in which `*` stands for any text, and `auto`.
    """

    id: str
    name: str
    expires_at: datetime | None = None
    allowed_models: tuple[str, ...] = ()
    requests_per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits on an upstream, in milliseconds.

    `first_byte_ms` bounds the wait for a stream's first bytes, `idle_ms` each silence after
    them, `total_ms` the whole exchange (and a whole reply's generation).
    """

    connect_ms: int
    first_byte_ms: int
    idle_ms: int
    total_ms: int


class LiveView(Protocol):
    """What recent traffic has shown of the targets; it outlives every revision."""

    def latency_ms(self, target: Target, percentile: int) -> float | None:
        """The time to the first content, of recent answers; None when there are too few."""

    def failure_rate(self, target: Target) -> float | None:
        """The share of recent attempts that failed; None when there are too few."""

    def is_open(self, target: Target) -> bool:
        """Say whether the target's breaker keeps calls away from it."""

    def signed(self, target: Target, signature: str) -> None:
        """Note that a target has signed, or sealed, a thought."""

    def signer(self, signature: str) -> Target | None:
        """Return who has signed a thought; None where nobody knows."""


class RuntimeView(Protocol):
    """The compiled configuration that a call holds on to until it ends."""

    @property
    def revision(self) -> int:
        """The revision of the configuration."""

    @property
    def timeouts(self) -> Timeouts:
        """The limits on upstreams."""

    @property
    def patience(self) -> Patience:
        """How hard calls try."""

    @property
    def routing_enabled(self) -> bool:
        """False while the owner has switched routing off."""

    @property
    def local_only(self) -> bool:
        """True while no call may leave the owner's machines."""

    @property
    def keeps_answers(self) -> bool:
        """Whether the owner wants the words of answers kept."""

    @property
    def live(self) -> LiveView:
        """What recent traffic has shown of the targets."""

    @property
    def embedder(self) -> EmbedderView:
        """What turns words into vectors; it outlives every revision."""

    @property
    def embedding_budget_ms(self) -> float:
        """How long a call may wait for its embedding, in all."""

    def facts(self, target: Target) -> ModelFacts:
        """What is known of a target; NO_FACTS of one that nobody has described."""


def _now_ns() -> int:
    return time.perf_counter_ns()


@dataclass(slots=True)
class Call:
    """One request on its way: who asks, what for, what was decided, tried and answered.

    A cache that may keep the answer puts its ear to it with `capture`; `shared` is what the same
    request may get of it, where one comes meanwhile.
    Where a privacy rule holds, `permitted` are its targets: no other may see the call.
    """

    id: str
    endpoint: str
    runtime: RuntimeView
    headers: Mapping[str, str]
    known: FeaturesView = field(init=False)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    started_ns: int = field(default_factory=_now_ns)
    body_wait_ns: int = 0
    pause_ns: int = 0
    caller: Caller | None = None
    request: Request | None = None
    explicit: Target | None = None
    permitted: frozenset[Target] | None = None
    permitted_by: str = ""
    trace: list[Step] = field(default_factory=list)
    verdict: Verdict | None = None
    warnings: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    capture: CaptureView | None = None
    shared: SharedView | None = None
    target: Target | None = None
    usage: Usage = NOT_KNOWN
    finish: str | None = None
    answer_words: list[str] = field(default_factory=list)
    answer_tally: Tally = field(default_factory=Tally)
    first_content_ns: int | None = None
    overhead_ms: float | None = None
    ended_ns: int | None = None
    status: int = 0
    error: str | None = None

    @property
    def step(self) -> Step:
        """The trace line of the layer that is looking at the call now."""
        return self.trace[-1]

    @property
    def asked(self) -> Request:
        """The request, once it has been read."""
        if self.request is None:
            raise RuntimeError("the request has not been read yet")
        return self.request

    @property
    def ttft_ms(self) -> float | None:
        """Milliseconds from arrival to the first content that went out."""
        if self.first_content_ns is None:
            return None
        return (self.first_content_ns - self.started_ns) / 1e6

    @property
    def duration_ms(self) -> float:
        """Milliseconds from arrival to the end (or until now)."""
        return ((self.ended_ns or _now_ns()) - self.started_ns) / 1e6

    def mark_first_content(self) -> None:
        """Note when the first content reached the client."""
        if self.first_content_ns is None:
            self.first_content_ns = _now_ns()

    def mark_answering(self) -> None:
        """Note the engine's own share of the time so far: no upload, pause or upstream in it."""
        waited_ms = sum(attempt.ms for attempt in self.attempts)
        waited_ms += (self.body_wait_ns + self.pause_ns) / 1e6
        self.overhead_ms = max(0.0, (_now_ns() - self.started_ns) / 1e6 - waited_ms)

    def end(self, status: int, error: str | None = None) -> None:
        """Close the books on this call; the first end counts."""
        if self.ended_ns is None:
            self.ended_ns = _now_ns()
            self.status = status
            self.error = error
