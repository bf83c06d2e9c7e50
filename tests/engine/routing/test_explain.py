"""A dry run decides like the real thing, with a trace, and asks no model."""

from typing import Any

import pytest

from butler.engine.builtin import Chain, layers
from butler.engine.call import Call, Caller, Outcome, Target, UseTargets
from butler.engine.dispatch.gate import plan
from butler.engine.errors import ClientError
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.explain import Asker, DryRun, dry_run
from butler.engine.routing.guards import Guards
from butler.engine.routing.names import KnownModel, NameBook
from butler.engine.routing.router import Router
from butler.engine.routing.rules import CompiledRule
from tests.engine.routing.calls import CHEAP, STRONG, Revision, keywords, rule

PLAIN = {"direct", "pin", "rules", "default"}
BOOK = NameBook([KnownModel(CHEAP), KnownModel(STRONG, "clever")])
RULES = (rule("r1", keywords("refactor", "重构")),)


async def explain(
    text: str, model: object = "auto", default: Target | None = CHEAP, **more: Any
) -> tuple[Call, float]:
    run = await dry(text, model, default, **more)
    return run.call, run.ms


async def dry(
    text: str, model: object = "auto", default: Target | None = CHEAP, **more: Any
) -> DryRun:
    data = {"model": model, "messages": [{"role": "user", "content": text}]}
    return await dry_run(Revision(**more), BOOK, _router(default), data)


def _router(default: Target | None, rules: tuple[CompiledRule, ...] = RULES) -> Router:
    """The chain without the layers that remember or guess."""
    chain = layers(Chain(rules, defaults=Defaults(default)))
    return Router([one for one in chain if one.name in PLAIN], plan, Guards(rules))


def told(call: Call) -> list[tuple[str, Outcome, str]]:
    """The trace up to the decision; what was asked after it is the runner-up's."""
    lines = [(step.layer, step.outcome, step.reason) for step in call.trace]
    decided = [place for place, line in enumerate(lines) if line[1] is Outcome.DECIDED]
    return lines[: decided[0] + 1] if decided else lines


@pytest.mark.parametrize("model", ["auto", None, "", 5, ["auto"]])
async def test_a_rule_decides(model: object) -> None:
    call, ms = await explain("请重构这段代码", model)
    assert isinstance(call.verdict, UseTargets)
    assert call.verdict.targets == (STRONG, CHEAP)
    assert call.target == STRONG
    assert told(call) == [
        ("direct", Outcome.SKIPPED, "the client left the choice to the butler"),
        ("pin", Outcome.SKIPPED, "the conversation is new here"),
        ("rules", Outcome.DECIDED, "rule r1: says “重构”"),
    ]
    step = call.trace[2]
    assert (step.rule_id, step.rule, step.words) == ("r1", "rule r1", ("重构",))
    assert 0 < ms < 5_000


async def test_the_default_decides_when_no_rule_holds() -> None:
    call, _ = await explain("hello there")
    assert call.target == CHEAP
    assert told(call)[2:] == [
        ("rules", Outcome.PASSED, "none of 1 rules matched"),
        ("default", Outcome.DECIDED, "the default is shop/cheap"),
    ]


@pytest.mark.parametrize("model", ["clever", "shop/strong", "strong"])
async def test_a_named_model_is_taken_by_name(model: str) -> None:
    call, _ = await explain("refactor this", model)
    assert call.target == STRONG
    assert told(call) == [("direct", Outcome.DECIDED, "the client asked for shop/strong")]
    assert isinstance(call.verdict, UseTargets)
    assert call.verdict.targets == (STRONG,), "explicit means explicit: no fallback"


async def test_routing_switched_off_leaves_the_default() -> None:
    call, _ = await explain("refactor this", routing_enabled=False)
    assert call.target == CHEAP
    assert told(call)[2] == ("rules", Outcome.SKIPPED, "routing is switched off")


async def test_without_any_target_the_trace_says_why() -> None:
    call, _ = await explain("hello there", default=None)
    assert call.verdict is None
    assert call.target is None
    assert told(call)[-1] == ("default", Outcome.SKIPPED, "no default target is set")


async def test_an_unknown_model_is_refused_as_for_a_client() -> None:
    with pytest.raises(ClientError, match="Did you mean clever"):
        await explain("hello", "clevr")


async def test_nothing_readable_goes_to_the_default() -> None:
    router = _router(CHEAP)
    run = await dry_run(Revision(), BOOK, router, {"messages": "no list"})
    assert run.call.target == CHEAP


async def test_the_call_knows_what_the_log_wants_to_know() -> None:
    call, _ = await explain("Translate “good morning” into French.")
    assert call.id.startswith("dry_")
    assert call.known.task.task == "translation"
    assert call.known.input_tokens > 0
    assert call.attempts == []


async def test_the_runner_up_is_who_would_have_decided_otherwise() -> None:
    run = await dry("refactor this")
    assert run.runner_up is not None
    assert (run.runner_up.verdict.layer, run.runner_up.target) == ("default", CHEAP)
    assert [step.layer for step in run.trace] == ["direct", "pin", "rules"]
    alone = await dry("hello there")
    assert alone.runner_up is None


async def test_the_next_rule_that_holds_is_the_runner_up() -> None:
    rules = (
        rule("r1", keywords("build"), 900, STRONG),
        rule("r2", keywords("zebra"), 800, STRONG),
        rule("r3", keywords("api"), 700, CHEAP),
    )
    data = {"messages": [{"role": "user", "content": "build the api"}]}
    run = await dry_run(Revision(), BOOK, _router(STRONG, rules), data)
    assert run.runner_up is not None
    assert run.runner_up.verdict.rule_id == "r3"


async def test_a_refusal_is_told_with_the_trace() -> None:
    run = await dry("hello", local_only=True)
    assert run.decided is None
    assert run.error is not None
    assert run.error.code == "refused_by_local_only"
    assert [step.outcome for step in run.trace] == ["skipped", "skipped", "passed", "passed"]
    assert "local-only is on" in run.trace[-1].reason


async def test_a_named_model_has_no_runner_up() -> None:
    assert (await dry("hello", "clever")).runner_up is None


async def test_headers_and_token_are_the_asker_s() -> None:
    asker = Asker({"USER-AGENT": "claude-cli/2"}, Caller("t1", "work"))
    data = {"messages": [{"role": "user", "content": "hi"}]}
    run = await dry_run(Revision(), BOOK, _router(CHEAP, ()), data, asker)
    assert run.call.known.client == "claude-code"
    assert run.call.caller == asker.caller
