"""The gate: policy binds and fails closed, what is unknown never refuses, the best is tried."""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from butler.engine.call import Call, Caller, ModelFacts, Price, Target, UseTargets
from butler.engine.dispatch.gate import plan
from butler.engine.plan import Plan, Why
from tests.engine.calls import HELLO, Revision, new_call

ALPHA, BETA, HOME = Target("acme", "alpha"), Target("acme", "beta"), Target("home", "small")
ALL = (ALPHA, BETA, HOME)


def picture(**more: Any) -> dict[str, Any]:
    part = {"type": "image_url", "image_url": {"url": "data:,x"}}
    return {"messages": [{"role": "user", "content": [part]}], **more}


def asking(
    body: Mapping[str, Any], facts: Mapping[Target, ModelFacts], *, local_only: bool = False
) -> Call:
    call = new_call(body)
    call.runtime = Revision(local_only=local_only, known_facts=facts)
    return call


def whys(found: Plan) -> dict[Target, Why]:
    return {refusal.target: refusal.why for refusal in found.refused}


def test_what_nobody_has_described_is_never_refused() -> None:
    asked = asking(picture(tools=[{"type": "function"}], max_tokens=10**9), {})
    assert plan(asked, ALL) == Plan(ALL)


def test_local_only_leaves_local_targets() -> None:
    asked = asking(HELLO, {HOME: ModelFacts(local=True), BETA: ModelFacts()}, local_only=True)
    found = plan(asked, ALL)
    assert found.targets == (HOME,)
    assert whys(found) == {ALPHA: Why.LOCAL_ONLY, BETA: Why.LOCAL_ONLY}
    assert found.error is None


def test_local_only_fails_closed_and_says_what_to_do() -> None:
    found = plan(asking(HELLO, {}, local_only=True), (ALPHA,))
    assert found.targets == ()
    assert found.error is not None
    assert (found.error.status, found.error.code) == (400, "refused_by_local_only")
    assert "acme/alpha" in found.error.message
    assert "privacy.local_only" in found.error.message


def test_a_privacy_rule_leaves_its_own_targets() -> None:
    asked = asking(HELLO, {})
    asked.permitted, asked.permitted_by = frozenset({HOME}), "the rule “secrets”"
    assert plan(asked, ALL).targets == (HOME,)
    refused = plan(asked, (ALPHA,))
    assert refused.targets == ()
    assert refused.error is not None
    assert "“secrets”" in refused.error.message


def test_no_target_is_left_where_a_privacy_rule_has_none() -> None:
    asked = asking(HELLO, {})
    asked.permitted, asked.permitted_by = frozenset(), "the rule “secrets”"
    assert plan(asked, ALL).targets == ()


def test_a_token_is_held_to_its_models() -> None:
    asked = asking(HELLO, {})
    asked.caller = Caller("t", "work", allowed_models=("acme/b*",))
    found = plan(asked, ALL)
    assert found.targets == (BETA,)
    only = plan(asked, (HOME,))
    assert only.error is not None
    assert (only.error.status, only.error.code) == (400, "refused_by_token")
    assert "“work”" in only.error.message


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (ModelFacts(context_tokens=1_000), Why.CONTEXT),
        (ModelFacts(modalities=frozenset({"text", "audio"})), Why.MODALITY),
        (ModelFacts(tools=False), Why.TOOLS),
        (ModelFacts(json_mode=False), Why.JSON_MODE),
        (ModelFacts(output_tokens=4_095), Why.OUTPUT),
    ],
)
def test_what_a_target_can_not_do_goes_to_the_next(facts: ModelFacts, why: Why) -> None:
    body = picture(
        tools=[{"type": "function", "function": {"name": "f"}}],
        response_format={"type": "json_object"},
        max_tokens=4_096,
    )
    able = ModelFacts(
        context_tokens=10_000,
        output_tokens=4_096,
        modalities=frozenset({"text", "image"}),
        tools=True,
        json_mode=True,
    )
    found = plan(asking(body, {ALPHA: facts, BETA: able}), (ALPHA, BETA))
    assert (found.targets, whys(found), found.warning) == ((BETA,), {ALPHA: why}, None)
    # The same facts do not matter to a call that asks for nothing.
    assert plan(asking(HELLO, {ALPHA: facts}), (ALPHA,)) == Plan((ALPHA,))


def test_the_estimate_has_a_margin_and_the_answer_its_room() -> None:
    body = {"messages": [{"role": "user", "content": "word " * 4_000}]}
    needed = new_call(body).known.input_tokens

    def fits(context: int, **more: Any) -> bool:
        asked = asking({**body, **more}, {ALPHA: ModelFacts(context_tokens=context)})
        return plan(asked, (ALPHA, BETA)).targets[0] == ALPHA

    assert not fits(needed)
    assert fits(int(needed * 1.2))
    assert not fits(int(needed * 1.2), max_tokens=4_000)
    assert fits(int(needed * 1.2) + 4_000, max_tokens=4_000)


def test_nothing_fits_so_the_largest_context_is_tried_with_a_warning() -> None:
    body = {"messages": [{"role": "user", "content": "word " * 4_000}]}
    facts = {ALPHA: ModelFacts(context_tokens=1_000), BETA: ModelFacts(context_tokens=3_000)}
    found = plan(asking(body, facts), (ALPHA, BETA))
    assert found.targets == (BETA,)
    assert whys(found) == {ALPHA: Why.CONTEXT}
    assert found.warning is not None
    assert "acme/beta" in found.warning
    assert "3,000" in found.warning


def test_nothing_fits_for_several_reasons_so_the_first_is_tried() -> None:
    facts = {
        ALPHA: ModelFacts(modalities=frozenset({"text"}), context_tokens=10),
        BETA: ModelFacts(context_tokens=20),
    }
    found = plan(asking(picture(), facts), (ALPHA, BETA))
    assert found.targets == (ALPHA,)
    assert found.warning is not None


def test_the_best_attempt_is_never_one_that_policy_forbids() -> None:
    facts = {HOME: ModelFacts(local=True, modalities=frozenset({"text"}))}
    found = plan(asking(picture(), facts, local_only=True), ALL)
    assert found.targets == (HOME,)
    assert found.warning is not None


def test_no_fallback_may_cost_more_than_the_first_where_that_is_asked() -> None:
    def priced(input_usd: str | None, output_usd: str | None) -> ModelFacts:
        of = [None if usd is None else Decimal(usd) for usd in (input_usd, output_usd)]
        return ModelFacts(price=Price("owner", *of))

    facts = {ALPHA: priced("1", "4"), BETA: priced("1", "5"), HOME: priced(None, "4")}
    asked = asking(HELLO, facts)
    capped = UseTargets(ALL, "rules", "", cap_price=True)
    found = plan(asked, ALL, capped)
    assert (found.targets, whys(found)) == ((ALPHA, HOME), {BETA: Why.PRICE})
    assert plan(asked, ALL, dataclasses.replace(capped, cap_price=False)).targets == ALL
    asked.verdict = capped
    assert plan(asked, ALL) == found


def test_the_cap_is_the_first_target_s_even_where_that_can_not_serve() -> None:
    facts = {
        ALPHA: ModelFacts(tools=False, price=Price("owner", Decimal(1))),
        BETA: ModelFacts(price=Price("owner", Decimal(2))),
    }
    asked = asking({**HELLO, "tools": [{"type": "function"}]}, facts)
    found = plan(asked, (ALPHA, BETA), UseTargets((ALPHA, BETA), "rules", "", cap_price=True))
    assert found.targets == (ALPHA,)
    assert found.warning is not None


def test_without_targets_there_is_nothing_to_refuse() -> None:
    assert plan(asking(HELLO, {}), ()) == Plan(())
