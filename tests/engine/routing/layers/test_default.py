"""The default layer: the last word, if there is one."""

from butler.engine.call import UseTargets
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.layers.default import DefaultLayer
from tests.engine.routing.calls import CHEAP, call, saying


async def test_the_default_target_answers() -> None:
    verdict = await DefaultLayer(Defaults(CHEAP)).decide(saying("hello"))
    assert verdict == UseTargets((CHEAP,), "default", "the default is shop/cheap")


async def test_it_answers_while_routing_is_switched_off() -> None:
    asked = call({"messages": []}, routing=False)
    assert await DefaultLayer(Defaults(CHEAP)).decide(asked) is not None


async def test_without_a_default_it_skips() -> None:
    asked = saying("hello")
    assert await DefaultLayer(Defaults()).decide(asked) is None
    assert (asked.step.outcome, asked.step.reason) == ("skipped", "no default target is set")


async def test_it_waits_for_nothing_and_learns_nothing() -> None:
    asked = saying("hello")
    await DefaultLayer(Defaults(CHEAP)).observe(asked)
    assert (DefaultLayer.name, DefaultLayer.budget_ms) == ("default", None)
    assert asked.verdict is None
