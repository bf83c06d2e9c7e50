"""A tool loop stays where it began; a conversation while that pays; policy outranks both."""

from decimal import Decimal
from typing import Any

import pytest

from butler.engine.builtin import Chain, Sticking, routing
from butler.engine.call import Call, ModelFacts, Outcome, Price, Target, Usage, UsageSource
from butler.engine.errors import ClientError
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.pins import Pins
from butler.engine.routing.router import Router
from butler.engine.routing.rules import CompiledRule
from butler.engine.routing.stickiness import Stickiness
from tests.engine.routing.calls import CHEAP, STRONG, Live, Revision, call, keywords, rule

RULES = (rule("r1", keywords("refactor"), 900, STRONG), rule("r2", keywords("thanks"), 800, CHEAP))
ASK = {"role": "user", "content": "refactor this, " + "please, " * 5_000}
CALLS = {"role": "assistant", "content": None, "tool_calls": [{"id": "1", "type": "function"}]}
RESULT = {"role": "tool", "tool_call_id": "other-id", "content": "done"}
ANSWER = {"role": "assistant", "content": "Here it is."}
THANKS = {"role": "user", "content": "thanks"}
PRICES = {
    STRONG: ModelFacts(price=Price("owner", Decimal(3), Decimal(15), Decimal("0.3"))),
    CHEAP: ModelFacts(price=Price("owner", Decimal(2), Decimal(15))),
}


class Talk:
    """One conversation over a routing chain whose pins live on."""

    def __init__(self, rules: tuple[CompiledRule, ...] = RULES, **more: Any) -> None:
        self.pins = Pins()
        self.rules = rules
        self.stickiness = Stickiness(**more)
        self.living = frozenset({CHEAP, STRONG})
        self.runtime = Revision(known_facts=PRICES)

    @property
    def router(self) -> Router:
        """A new one each time, as after an edit."""
        return routing(
            Chain(self.rules, Defaults(CHEAP), Sticking(self.pins, self.living, self.stickiness))
        )

    def call(self, *messages: dict[str, Any], headers: dict[str, str] | None = None) -> Call:
        asked = call({"model": "auto", "messages": list(messages)}, headers=headers)
        asked.runtime = self.runtime
        asked.trace.clear()
        return asked

    async def decided(self, *messages: dict[str, Any], **more: Any) -> Call:
        asked = self.call(*messages, **more)
        await self.router.decide(asked)
        return asked

    async def answered(
        self, *messages: dict[str, Any], by: Target | None = None, status: int = 200
    ) -> Call:
        asked = await self.decided(*messages)
        assert asked.verdict is not None
        asked.target = by or asked.verdict.targets[0]
        asked.usage = Usage(10_000, 100, source=UsageSource.REPORTED)
        asked.end(status)
        await self.router.observe(asked)
        return asked


def target(asked: Call) -> Target:
    assert asked.verdict is not None
    return asked.verdict.targets[0]


def layer(asked: Call) -> str:
    assert asked.verdict is not None
    return asked.verdict.layer


async def test_a_tool_loop_stays_without_waiting_for_the_log() -> None:
    talk = Talk()
    assert layer(await talk.decided(ASK)) == "rules"
    # The rules have changed since: the loop does not care.
    talk.rules = (rule("r9", keywords("refactor"), 900, CHEAP),)
    going_on = await talk.decided(ASK, CALLS, RESULT)
    assert (target(going_on), layer(going_on)) == (STRONG, "pin")
    assert "a tool loop goes on with shop/strong" in going_on.trace[1].reason
    assert going_on.verdict is not None
    assert going_on.verdict.rule_id == "r1"


async def test_a_tool_loop_stays_with_the_fallback_that_answered() -> None:
    talk = Talk((rule("r1", keywords("refactor"), 900, STRONG, CHEAP),))
    await talk.answered(ASK, by=CHEAP)
    going_on = await talk.decided(ASK, CALLS, RESULT)
    assert going_on.verdict is not None
    assert going_on.verdict.targets == (CHEAP, STRONG)


async def test_a_new_conversation_is_nobody_s() -> None:
    talk = Talk()
    await talk.decided(ASK)
    again = await talk.decided(ASK)
    assert again.trace[1].outcome is Outcome.SKIPPED
    other = await talk.decided({"role": "user", "content": "another"}, CALLS, RESULT)
    assert layer(other) == "default"


async def test_sub_agents_have_threads_of_their_own() -> None:
    talk = Talk()
    session = {"x-claude-code-session-id": "s1"}
    await talk.decided(ASK, headers=session)
    agent = {**session, "x-claude-code-agent-id": "a1"}
    assert layer(await talk.decided(ASK, CALLS, RESULT, headers=agent)) != "pin"
    assert layer(await talk.decided(ASK, CALLS, RESULT, headers=session)) == "pin"


async def test_a_conversation_sticks_while_its_cache_is_worth_it() -> None:
    talk = Talk()
    await talk.answered(ASK)
    turn = await talk.decided(ASK, ANSWER, THANKS)
    assert (target(turn), layer(turn)) == (STRONG, "pin")
    assert "cached at shop/strong: staying costs about $" in turn.trace[1].reason


async def test_it_goes_where_the_rules_say_when_the_cache_is_cold() -> None:
    talk = Talk()
    first = await talk.answered(ASK)
    turn = talk.call(ASK, ANSWER, THANKS)
    turn.started_ns = first.started_ns + 301 * 10**9
    await talk.router.decide(turn)
    assert (target(turn), layer(turn)) == (CHEAP, "rules")
    assert "moves on from shop/strong: the last turn was 5 minutes ago" in turn.trace[1].reason


async def test_it_goes_where_the_setting_is_off_but_a_loop_stays() -> None:
    talk = Talk(is_on=False)
    await talk.answered(ASK)
    assert layer(await talk.decided(ASK, ANSWER, THANKS)) == "rules"
    await talk.answered(ASK)
    assert layer(await talk.decided(ASK, CALLS, RESULT)) == "pin"


async def test_the_same_target_is_left_to_the_rules() -> None:
    talk = Talk()
    await talk.answered(ASK)
    turn = await talk.decided(ASK, ANSWER, {"role": "user", "content": "refactor more"})
    assert (target(turn), layer(turn)) == (STRONG, "rules")


async def test_a_target_that_is_gone_is_left() -> None:
    talk = Talk()
    await talk.answered(ASK)
    talk.living = frozenset({CHEAP})
    turn = await talk.decided(ASK, CALLS, RESULT)
    assert layer(turn) != "pin"
    assert "it is not enabled any more" in turn.trace[1].reason


async def test_an_open_breaker_is_left() -> None:
    talk = Talk()
    await talk.answered(ASK)
    talk.runtime = Revision(known_facts=PRICES, live=Live(open=frozenset({STRONG})))
    assert layer(await talk.decided(ASK, CALLS, RESULT)) != "pin"


async def test_guards_outrank_a_pin() -> None:
    talk = Talk()
    await talk.answered(ASK)
    talk.rules = (*RULES, rule("s", {"all": [{"kind": "contains_secrets"}]}, 100, CHEAP))
    secret = {**RESULT, "content": "token = Zx81kQ0pLmN7vB3cR5tYw2Ee"}
    bound = await talk.decided(ASK, CALLS, secret)
    assert target(bound) == CHEAP
    assert "is not a target of the privacy rule" in bound.trace[1].reason
    talk.runtime = Revision(known_facts=PRICES, local_only=True)
    with pytest.raises(ClientError):
        await talk.decided(ASK, CALLS, RESULT)


async def test_a_call_that_nobody_answered_is_forgotten() -> None:
    talk = Talk()
    await talk.answered(ASK, status=502)
    assert len(talk.pins) == 0


async def test_a_named_model_is_not_pinned() -> None:
    talk = Talk()
    asked = talk.call(ASK)
    asked.explicit = STRONG
    await talk.router.decide(asked)
    await talk.router.observe(asked)
    assert len(talk.pins) == 0
    assert "thread" not in vars(asked.known), "worked out for nobody"


async def test_considering_pins_nothing() -> None:
    talk = Talk()
    async for _ in talk.router.consider(talk.call(ASK)):
        pass
    assert len(talk.pins) == 0


async def test_routing_switched_off_leaves_pins_alone() -> None:
    talk = Talk()
    await talk.answered(ASK)
    talk.runtime = Revision(known_facts=PRICES, routing_enabled=False)
    turn = await talk.decided(ASK, CALLS, RESULT)
    assert (layer(turn), turn.trace[1].outcome) == ("default", Outcome.SKIPPED)
