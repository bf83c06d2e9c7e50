"""A dry run decides like the real thing, with a trace, and asks no model."""

from typing import Any

import pytest

from butler.engine.builtin import layers
from butler.engine.call import Call, Outcome, Target, UseTargets
from butler.engine.errors import ClientError
from butler.engine.routing.explain import dry_run
from butler.engine.routing.names import KnownModel, NameBook
from butler.engine.routing.router import Router
from tests.engine.routing.calls import CHEAP, STRONG, Revision, keywords, rule

BOOK = NameBook([KnownModel(CHEAP), KnownModel(STRONG, "clever")])
RULES = (rule("r1", keywords("refactor", "重构")),)


async def explain(
    text: str, model: object = "auto", default: Target | None = CHEAP, **more: Any
) -> tuple[Call, float]:
    data = {"model": model, "messages": [{"role": "user", "content": text}]}
    return await dry_run(Revision(**more), BOOK, Router(layers(RULES, default)), data)


def told(call: Call) -> list[tuple[str, Outcome, str]]:
    return [(step.layer, step.outcome, step.reason) for step in call.trace]


@pytest.mark.parametrize("model", ["auto", None, "", 5, ["auto"]])
async def test_a_rule_decides(model: object) -> None:
    call, ms = await explain("请重构这段代码", model)
    assert isinstance(call.verdict, UseTargets)
    assert call.verdict.targets == (STRONG, CHEAP)
    assert call.target == STRONG
    assert told(call) == [
        ("direct", Outcome.SKIPPED, "the client left the choice to the butler"),
        ("rules", Outcome.DECIDED, "rule r1: says “重构”"),
    ]
    assert (call.step.rule_id, call.step.rule, call.step.words) == ("r1", "rule r1", ("重构",))
    assert 0 < ms < 5_000


async def test_the_default_decides_when_no_rule_holds() -> None:
    call, _ = await explain("hello there")
    assert call.target == CHEAP
    assert told(call)[1:] == [
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
    assert told(call)[1] == ("rules", Outcome.SKIPPED, "routing is switched off")


async def test_without_any_target_the_trace_says_why() -> None:
    call, _ = await explain("hello there", default=None)
    assert call.verdict is None
    assert call.target is None
    assert told(call)[-1] == ("default", Outcome.SKIPPED, "no default target is set")


async def test_an_unknown_model_is_refused_as_for_a_client() -> None:
    with pytest.raises(ClientError, match="Did you mean clever"):
        await explain("hello", "clevr")


async def test_nothing_readable_goes_to_the_default() -> None:
    router = Router(layers(RULES, CHEAP))
    call, _ = await dry_run(Revision(), BOOK, router, {"messages": "no list"})
    assert call.target == CHEAP


async def test_the_call_knows_what_the_log_wants_to_know() -> None:
    call, _ = await explain("Translate “good morning” into French.")
    assert call.id.startswith("dry_")
    assert call.known.task.task == "translation"
    assert call.known.input_tokens > 0
    assert call.attempts == []
