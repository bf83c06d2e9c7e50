"""The first verdict wins; whatever else a layer does, the call goes on and the trace tells."""

import asyncio
from dataclasses import dataclass, field

import pytest

from butler.engine.call import Call, ModelFacts, Outcome, Target, UseTargets, Verdict
from butler.engine.dispatch.gate import plan
from butler.engine.errors import ClientError
from butler.engine.routing.guards import Guards
from butler.engine.routing.router import Router
from butler.engine.routing.weighing import Weighed
from butler.engine.signals.embedder.model import NoEmbedding
from butler.engine.signals.embedder.shared import SharedEmbedding
from tests.engine.calls import HELLO, new_call
from tests.engine.calls import Revision as Asked
from tests.engine.routing.calls import CHEAP, STRONG, Live, Revision, rule, saying


@dataclass
class Passing:
    """A layer that passes; the layers below change one thing each."""

    name: str = "passing"
    budget_ms: float | None = None
    seen: list[str] = field(default_factory=list)

    async def decide(self, call: Call) -> Verdict | None:
        """Pass."""
        self.seen.append("decide")
        return None

    async def observe(self, call: Call) -> None:
        """Note it."""
        self.seen.append("observe")


@dataclass
class Deciding(Passing):
    name: str = "deciding"
    verdict: Verdict = field(
        default_factory=lambda: UseTargets(
            (STRONG, CHEAP), "deciding", "I say so", 0.8, "r1", "R 1"
        )
    )

    async def decide(self, call: Call) -> Verdict | None:
        self.seen.append("decide")
        return self.verdict


@dataclass
class Failing(Passing):
    name: str = "failing"
    error: Exception = field(default_factory=lambda: LookupError("the secret text"))

    async def decide(self, call: Call) -> Verdict | None:
        raise self.error

    async def observe(self, call: Call) -> None:
        raise self.error


@dataclass
class Waiting(Passing):
    name: str = "waiting"
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    cancelled: bool = False

    async def decide(self, call: Call) -> Verdict | None:
        self.asked.set()
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return None


@dataclass
class Skipping(Passing):
    name: str = "skipping"

    async def decide(self, call: Call) -> Verdict | None:
        call.step.skip("not on Sundays")
        return None


def fresh() -> Call:
    asked = saying("hello")
    asked.trace.clear()
    return asked


async def decided(*layers: Passing) -> Call:
    """A call that these layers and then one that decides were asked about."""
    asked = fresh()
    verdict = await Router([*layers, Deciding()]).decide(asked)
    assert asked.verdict is verdict
    assert asked.trace[-1].outcome is Outcome.DECIDED
    return asked


async def test_the_first_verdict_wins_and_nobody_else_is_asked() -> None:
    first, last = Passing(), Deciding(name="last")
    asked = fresh()
    deciding = Deciding()
    assert await Router([first, deciding, last]).decide(asked) is deciding.verdict
    assert (first.seen, last.seen) == (["decide"], [])
    assert [(step.layer, step.outcome) for step in asked.trace] == [
        ("passing", Outcome.PASSED),
        ("deciding", Outcome.DECIDED),
    ]


async def test_the_verdict_stands_in_the_trace() -> None:
    step = (await decided()).trace[0]
    assert (step.reason, step.score) == ("I say so", 0.8)
    assert (step.rule_id, step.rule) == ("r1", "R 1")
    assert 0 < step.ms < 1_000


async def test_a_layer_may_skip_and_say_why() -> None:
    step = (await decided(Skipping())).trace[0]
    assert (step.outcome, step.reason) == (Outcome.SKIPPED, "not on Sundays")


@pytest.mark.allow_logs("layer failing failed")
async def test_a_layer_that_raises_passes() -> None:
    step = (await decided(Failing())).trace[0]
    assert (step.outcome, step.reason) == (Outcome.FAILED, "failed: LookupError")


async def test_a_layer_that_takes_too_long_passes() -> None:
    waiting = Waiting(budget_ms=20)
    step = (await decided(waiting)).trace[0]
    assert (step.outcome, step.reason) == (Outcome.TIMED_OUT, "not done within 20 ms")
    assert 15 < step.ms < 5_000
    assert waiting.cancelled


async def test_a_layer_within_its_budget_decides() -> None:
    asked = fresh()
    await Router([Deciding(budget_ms=5_000)]).decide(asked)
    assert asked.trace[0].outcome is Outcome.DECIDED


@pytest.mark.allow_logs("layer failing failed")
@pytest.mark.parametrize("budget_ms", [None, 5_000.0])
async def test_a_layer_s_own_time_out_is_a_failure(budget_ms: float | None) -> None:
    failing = Failing(budget_ms=budget_ms, error=TimeoutError("a socket of its own"))
    step = (await decided(failing)).trace[0]
    assert (step.outcome, step.reason) == (Outcome.FAILED, "failed: TimeoutError")


@pytest.mark.parametrize("budget_ms", [None, 60_000.0])
async def test_a_client_that_goes_away_ends_the_routing(budget_ms: float | None) -> None:
    waiting, last = Waiting(budget_ms=budget_ms), Deciding()
    asked = fresh()
    deciding = asyncio.create_task(Router([waiting, last]).decide(asked))
    await waiting.asked.wait()
    deciding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await deciding
    assert waiting.cancelled
    assert last.seen == []
    assert asked.verdict is None


@pytest.mark.parametrize("layers", [[], [Passing(), Skipping()]], ids=["no layers", "two passing"])
async def test_without_any_verdict_there_is_nobody_to_ask(layers: list[Passing]) -> None:
    asked = fresh()
    with pytest.raises(ClientError) as refused:
        await Router(layers).decide(asked)
    error = refused.value
    assert (error.status, error.code, error.type) == (503, "no_target", "server_error")
    assert "butler provider add" in error.message
    assert asked.verdict is None
    assert len(asked.trace) == len(layers)


async def test_every_layer_observes_in_order() -> None:
    first, last = Passing(), Deciding()
    await Router([first, last]).observe(saying("hello"))
    assert (first.seen, last.seen) == (["observe"], ["observe"])


@pytest.mark.allow_logs("layer failing could not observe")
async def test_a_layer_that_can_not_observe_keeps_nobody_from_it() -> None:
    last = Passing()
    await Router([Failing(), last]).observe(saying("hello"))
    assert last.seen == ["observe"]


def to(*targets: Target, layer: str = "deciding") -> Deciding:
    return Deciding(layer, verdict=UseTargets(targets, layer, "I say so"))


@dataclass
class Noting(Passing):
    """A layer that hears of every decision."""

    def note(self, call: Call, weighed: Weighed) -> None:
        assert weighed.verdict is call.verdict
        self.seen.append(str(call.verdict))


async def test_a_layer_that_notes_hears_at_once_whoever_decided() -> None:
    noting = Noting()
    await Router([noting, Deciding()]).decide(fresh())
    assert noting.seen[0] == "decide"
    assert "I say so" in noting.seen[1]


async def test_a_verdict_that_can_not_serve_passes_to_the_next_layer() -> None:
    asked = saying("hi", tools=[{"type": "function"}])
    asked.trace.clear()
    asked.runtime = Revision(known_facts={STRONG: ModelFacts(tools=False)})
    verdict = await Router([to(STRONG, layer="a"), to(CHEAP, layer="b")], plan).decide(asked)
    assert verdict.targets == (CHEAP,)
    assert asked.trace[0].outcome is Outcome.PASSED
    assert "can not use tools" in asked.trace[0].reason


async def test_the_best_attempt_is_made_where_nothing_fits_with_a_warning() -> None:
    asked = saying("hi", tools=[{"type": "function"}])
    asked.trace.clear()
    toolless = ModelFacts(tools=False)
    asked.runtime = Revision(known_facts={STRONG: toolless, CHEAP: toolless})
    verdict = await Router([to(STRONG, layer="a"), to(CHEAP, layer="b")], plan).decide(asked)
    assert verdict.targets == (STRONG,)
    assert [step.outcome for step in asked.trace] == [Outcome.DECIDED, Outcome.PASSED]
    assert "no model fits this call" in asked.trace[0].reason


async def test_an_open_breaker_is_better_than_a_model_that_can_not() -> None:
    asked = saying("hi", tools=[{"type": "function"}])
    asked.trace.clear()
    asked.runtime = Revision(
        known_facts={STRONG: ModelFacts(tools=False)}, live=Live(open=frozenset({CHEAP}))
    )
    verdict = await Router([to(STRONG, layer="a"), to(CHEAP, layer="b")], plan).decide(asked)
    assert verdict.targets == (CHEAP,)


async def test_local_only_narrows_and_the_trace_says_so() -> None:
    asked = fresh()
    asked.runtime = Revision(local_only=True, known_facts={CHEAP: ModelFacts(local=True)})
    await Router([to(STRONG, CHEAP)], plan).decide(asked)
    assert "shop/strong does not run on this machine" in asked.trace[0].reason


async def test_local_only_refuses_where_nothing_is_local() -> None:
    asked = fresh()
    asked.runtime = Revision(local_only=True)
    with pytest.raises(ClientError) as refused:
        await Router([to(STRONG, layer="a"), to(CHEAP, layer="b")], plan).decide(asked)
    assert (refused.value.status, refused.value.code) == (400, "refused_by_local_only")


async def test_an_explicit_model_is_never_replaced() -> None:
    asked = fresh()
    asked.explicit = STRONG
    asked.runtime = Revision(local_only=True, known_facts={CHEAP: ModelFacts(local=True)})
    with pytest.raises(ClientError, match="shop/strong"):
        await Router([to(STRONG, layer="direct"), to(CHEAP, layer="default")], plan).decide(asked)
    assert len(asked.trace) == 1


async def test_a_privacy_rule_binds_whatever_decides() -> None:
    secrets = rule("s", {"all": [{"kind": "contains_secrets"}]}, 100, CHEAP)
    router = Router([to(STRONG, CHEAP)], plan, Guards([secrets]))
    free, bound = saying("hello"), saying("hello bob@acme.io")
    bound.trace.clear()
    assert (await router.decide(free)).targets[0] == STRONG
    await router.decide(bound)
    assert "is not a target of the privacy rule “rule s”" in bound.trace[0].reason
    assert plan(bound, (STRONG, CHEAP)).targets == (CHEAP,)
    explicit = saying("hello bob@acme.io")
    explicit.explicit = STRONG
    with pytest.raises(ClientError) as refused:
        await Router([to(STRONG)], plan, Guards([secrets])).decide(explicit)
    assert refused.value.code == "refused_by_privacy_rule"


async def test_a_guard_that_fails_ends_the_call() -> None:
    class Broken(Guards):
        def bind(self, call: Call) -> None:
            raise LookupError

    with pytest.raises(LookupError):
        await Router([to(STRONG)], plan, Broken(())).decide(fresh())


async def test_considering_goes_on_after_the_first() -> None:
    router = Router([to(STRONG, layer="a"), to(CHEAP, layer="b")], plan)
    assert [weighed.target async for weighed in router.consider(fresh())] == [STRONG, CHEAP]


class Embedding(Passing):
    """A layer that begins an embedding and does not wait for its end."""

    async def decide(self, call: Call) -> Verdict | None:
        self.asking = asyncio.create_task(call.known.embedding.get(5_000))
        await asyncio.sleep(0.01)
        return None


class Slow:
    """An embedder that never gets done."""

    def __init__(self) -> None:
        self.cancelled = asyncio.Event()

    async def embed(self, text: str, budget_ms: float | None = None) -> NoEmbedding:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        raise AssertionError(text, budget_ms)

    def share(self, text: str) -> SharedEmbedding:
        return SharedEmbedding(self, text)


async def test_an_embedding_that_nobody_waits_for_ends_with_the_decision() -> None:
    slow = Slow()
    call = new_call(HELLO)
    call.runtime = Asked(embedder=slow)
    layer = Embedding()
    await Router([layer, Deciding()]).decide(call)
    async with asyncio.timeout(1):
        await slow.cancelled.wait()
    await asyncio.gather(layer.asking, return_exceptions=True)
