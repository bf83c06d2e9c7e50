"""The rules layer: the first rule that holds, and why nobody else."""

from butler.engine.call import Call, ModelFacts, Target, UseTargets
from butler.engine.dispatch.gate import plan
from butler.engine.routing.layers.rules import RulesLayer
from butler.engine.routing.rules import RuleSpec, compile_rule, in_order
from tests.engine.routing.calls import (
    CHEAP,
    STRONG,
    Live,
    Revision,
    call,
    keywords,
    reader,
    rule,
    saying,
)

SPARE = Target("other", "spare")


async def decide(layer: RulesLayer, asked: Call) -> UseTargets | None:
    verdict = await layer.decide(asked)
    assert verdict is None or isinstance(verdict, UseTargets)
    return verdict


async def test_the_verdict_names_the_rule_its_targets_and_its_reason() -> None:
    layer = RulesLayer([rule("r1", keywords("api", "build"), 500, STRONG, CHEAP, SPARE)])
    asked = saying("build the API")
    verdict = await decide(layer, asked)
    assert verdict is not None
    assert verdict.targets == (STRONG, CHEAP, SPARE)
    assert (verdict.layer, verdict.rule_id, verdict.rule) == ("rules", "r1", "rule r1")
    assert verdict.reason == "rule r1: says “api”, “build”"
    assert asked.step.words == ("api", "build")


async def test_the_highest_priority_wins_then_the_oldest() -> None:
    rules = [
        rule("c", keywords("api"), 900, STRONG),
        rule("a", keywords("api"), 500, CHEAP),
        rule("b", keywords("build"), 900, SPARE),
    ]
    layer = RulesLayer(in_order(rules))
    for text, wanted in (("build the api", "b"), ("the api", "c"), ("the build", "b")):
        verdict = await decide(layer, saying(text))
        assert verdict is not None
        assert verdict.rule_id == wanted


async def test_the_score_of_the_match_is_the_verdict_s() -> None:
    layer = RulesLayer([rule("r1", {"kind": "task", "tasks": ["coding"]})])
    asked = saying("Write a Python function that parses a date.")
    verdict = await decide(layer, asked)
    assert verdict is not None
    assert verdict.score == asked.known.task.confidence


async def test_no_match_passes_and_says_how_many_were_asked() -> None:
    asked = saying("hello")
    layer = RulesLayer([rule("a", keywords("api")), rule("b", keywords("build"))])
    assert await layer.decide(asked) is None
    assert asked.step.reason == "none of 2 rules matched"


async def test_no_rules_are_a_reason_to_skip() -> None:
    asked = saying("hello")
    assert await RulesLayer([]).decide(asked) is None
    assert (asked.step.outcome, asked.step.reason) == ("skipped", "there are no rules")


async def test_routing_switched_off_skips_even_rules_that_hold() -> None:
    layer = RulesLayer([rule("a", keywords("api"))])
    asked = call({"messages": [{"role": "user", "content": "the api"}]}, routing=False)
    assert await layer.decide(asked) is None
    assert (asked.step.outcome, asked.step.reason) == ("skipped", "routing is switched off")


async def test_it_waits_for_nothing_and_learns_nothing() -> None:
    layer = RulesLayer([rule("a", keywords("api"))])
    assert (layer.name, layer.budget_ms) == ("rules", None)
    asked = saying("the api")
    await layer.observe(asked)
    assert asked.trace[0].words == ()


async def test_a_rule_whose_targets_are_gone_passes_on_and_the_reason_says_so() -> None:
    gone = compile_rule(
        RuleSpec("a", "rule a", 900, keywords("api"), (), missing=("shop/gone",)), reader()
    )
    layer = RulesLayer([gone, rule("b", keywords("api"), 500, CHEAP)])
    verdict = await decide(layer, saying("the api"))
    assert verdict is not None
    assert verdict.rule_id == "b"
    assert "rule a: says “api”; there is no enabled model shop/gone" in verdict.reason


async def test_a_missing_target_is_told_where_a_fallback_answers() -> None:
    spec = RuleSpec("a", "rule a", 900, keywords("api"), (CHEAP,), missing=("shop/gone",))
    verdict = await decide(RulesLayer([compile_rule(spec, reader())]), saying("the api"))
    assert verdict is not None
    assert verdict.targets == (CHEAP,)
    assert verdict.reason.endswith("there is no enabled model shop/gone")


async def test_a_rule_whose_targets_can_not_serve_passes_on() -> None:
    layer = RulesLayer(
        [rule("a", keywords("api"), 900, STRONG), rule("b", keywords("api"), 500, CHEAP)], plan
    )
    asked = saying("the api", tools=[{"type": "function"}])
    asked.runtime = Revision(known_facts={STRONG: ModelFacts(tools=False)})
    verdict = await decide(layer, asked)
    assert verdict is not None
    assert verdict.rule_id == "b"
    assert "can not use tools" in verdict.reason


async def test_open_breakers_pass_on_too() -> None:
    layer = RulesLayer(
        [rule("a", keywords("api"), 900, STRONG), rule("b", keywords("api"), 500, CHEAP)], plan
    )
    asked = saying("the api")
    asked.runtime = Revision(live=Live(open=frozenset({STRONG})))
    verdict = await decide(layer, asked)
    assert verdict is not None
    assert verdict.targets == (CHEAP,)


async def test_the_first_that_holds_is_the_resort_where_none_can_serve() -> None:
    layer = RulesLayer(
        [rule("a", keywords("api"), 900, STRONG), rule("b", keywords("api"), 500, CHEAP)], plan
    )
    asked = saying("the api")
    asked.runtime = Revision(local_only=True)
    verdict = await decide(layer, asked)
    assert verdict is not None
    assert verdict.rule_id == "a"
    assert "local-only" in asked.step.reason


async def test_a_privacy_rule_holds_on_while_routing_is_off() -> None:
    private = rule("p", {"all": [keywords("api"), {"kind": "private"}]}, 100, CHEAP)
    layer = RulesLayer([rule("a", keywords("api"), 900, STRONG), private])
    asked = call({"messages": [{"role": "user", "content": "the api"}]}, routing=False)
    asked.permitted = frozenset({CHEAP})
    verdict = await decide(layer, asked)
    assert verdict is not None
    assert verdict.rule_id == "p"


def test_others_are_what_comes_after() -> None:
    rules = [rule(name, keywords("api"), place, CHEAP) for place, name in enumerate("cba")]
    layer = RulesLayer(in_order(rules))
    asked = saying("the api")
    first = layer.first(asked)
    assert first is not None
    assert first.verdict.rule_id == "a"
    found = [other.verdict.rule_id for other in layer.others(asked, first.verdict)]
    assert found == ["b", "c"]
    assert layer.first(saying("nothing")) is None
