"""A verdict stands where one of its targets may, can and is up to serve the call."""

import pytest

from butler.engine.call import ModelFacts, Target, UseTargets
from butler.engine.dispatch.gate import plan
from butler.engine.routing.weighing import Weighed, weigh
from tests.engine.routing.calls import CHEAP, STRONG, Live, Revision, saying


def weighed(
    *targets: Target,
    open_: tuple[Target, ...] = (),
    local: tuple[Target, ...] = (),
    toolless: tuple[Target, ...] = (),
) -> Weighed:
    """So many targets for a call with tools; local-only is on where some are local."""
    call = saying("hi", tools=[{"type": "function"}])
    facts = {target: ModelFacts(local=True) for target in local}
    facts |= {target: ModelFacts(tools=False) for target in toolless}
    call.runtime = Revision(
        live=Live(open=frozenset(open_)), known_facts=facts, local_only=bool(local)
    )
    return weigh(call, UseTargets(targets, "rules", "r"), plan)


def test_what_is_whole_stands_without_a_note() -> None:
    found = weighed(STRONG, CHEAP)
    assert (found.target, found.why_not, found.note) == (STRONG, None, "")


def test_an_open_breaker_is_passed_over() -> None:
    found = weighed(STRONG, CHEAP, open_=(STRONG,))
    assert (found.target, found.why_not) == (CHEAP, None)
    assert found.note == "the breaker keeps calls away from shop/strong"


def test_it_does_not_stand_where_every_breaker_is_open() -> None:
    found = weighed(STRONG, CHEAP, open_=(STRONG, CHEAP))
    assert found.why_not == "breakers keep calls away from shop/strong, shop/cheap"
    assert found.target == STRONG


def test_policy_narrows_and_the_note_says_so() -> None:
    found = weighed(STRONG, CHEAP, local=(CHEAP,))
    assert (found.target, found.why_not) == (CHEAP, None)
    assert found.note == (
        "shop/strong does not run on this machine, and local-only is on (not tried)"
    )
    assert weighed(STRONG, local=(CHEAP,)).why_not is not None


def test_the_best_attempt_does_not_stand() -> None:
    found = weighed(STRONG, toolless=(STRONG,))
    assert found.why_not is not None
    assert "can not use tools" in found.why_not
    assert found.target == STRONG


@pytest.mark.parametrize("open_", [(), (STRONG,)])
def test_nothing_can_not_stand(open_: tuple[Target, ...]) -> None:
    found = weighed(open_=open_)
    assert (found.target, found.why_not) == (None, "it has no target that is there")
