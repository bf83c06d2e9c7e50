"""The rules layer: the first rule that holds, and why nobody else."""

from butler.engine.call import Call, Target, UseTargets
from butler.engine.routing.layers.rules import RulesLayer
from butler.engine.routing.rules import in_order
from tests.engine.routing.calls import CHEAP, STRONG, call, keywords, rule, saying

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
