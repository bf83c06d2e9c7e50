"""The direct layer: a named model alone answers."""

from butler.engine.call import UseTargets
from butler.engine.routing.layers.direct import DirectLayer
from tests.engine.routing.calls import STRONG, saying


async def test_a_named_model_alone_answers() -> None:
    asked = saying("hello")
    asked.explicit = STRONG
    verdict = await DirectLayer().decide(asked)
    assert verdict == UseTargets((STRONG,), "direct", "the client asked for shop/strong")


async def test_without_a_name_it_skips() -> None:
    asked = saying("hello")
    assert await DirectLayer().decide(asked) is None
    assert asked.step.outcome == "skipped"
    assert asked.step.reason == "the client left the choice to the butler"


async def test_it_waits_for_nothing_and_learns_nothing() -> None:
    asked = saying("hello")
    await DirectLayer().observe(asked)
    assert (DirectLayer.name, DirectLayer.budget_ms) == ("direct", None)
    assert asked.verdict is None
