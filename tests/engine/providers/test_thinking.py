"""One table of ways to be told to think; a rule outranks the request, the request the model."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.call import (
    Call,
    ModelFacts,
    Target,
    Thinking,
    ThinkingMode,
    UseTargets,
)
from butler.engine.providers.families import family_of
from butler.engine.providers.presets import presets
from butler.engine.providers.thinking import (
    UNCHANGED,
    WAYS,
    Change,
    asked_for,
    change_for,
    way_of,
)
from tests.engine.calls import HELLO, new_call

ON, OFF, AUTO = ThinkingMode.ENABLED, ThinkingMode.DISABLED, ThinkingMode.AUTO
STRANGER = family_of("alpha")


def asked(rule: Thinking | None = None, *, explicit: bool = False, **body: Any) -> Call:
    call = new_call({**HELLO, **body})
    target = Target("acme", "alpha")
    call.explicit = target if explicit else None
    call.verdict = UseTargets((target,), "rules", "", thinking=rule)
    return call


def change(call: Call, dialect: str = "effort", **facts: Any) -> Change:
    return change_for(call, ModelFacts(**facts), STRANGER, dialect)


@pytest.mark.parametrize(
    ("way", "budget", "on", "off"),
    [
        ("openai", 1000, {"reasoning_effort": "low"}, {"reasoning_effort": "none"}),
        ("openai", None, {"reasoning_effort": "medium"}, {"reasoning_effort": "none"}),
        ("openai/minimal", 50_000, {"reasoning_effort": "high"}, {"reasoning_effort": "minimal"}),
        ("openai/low", 5000, {"reasoning_effort": "medium"}, {"reasoning_effort": "low"}),
        ("gemini", 1, {"reasoning_effort": "low"}, {"reasoning_effort": "none"}),
        ("mistral", None, {"reasoning_effort": "high"}, {"reasoning_effort": "none"}),
        (
            "deepseek",
            None,
            {"thinking": {"type": "enabled"}},
            {"thinking": {"type": "disabled"}},
        ),
        (
            "dashscope",
            500,
            {"enable_thinking": True, "thinking_budget": 500},
            {"enable_thinking": False},
        ),
        ("type", 500, {"thinking": {"type": "enabled"}}, {"thinking": {"type": "disabled"}}),
        (
            "reasoning",
            500,
            {"reasoning": {"enabled": True, "max_tokens": 500}},
            {"reasoning": {"enabled": False}},
        ),
        ("together", 5, {"reasoning": {"enabled": True}}, {"reasoning": {"enabled": False}}),
        (
            "template",
            None,
            {"chat_template_kwargs": {"enable_thinking": True, "thinking": True}},
            {"chat_template_kwargs": {"enable_thinking": False, "thinking": False}},
        ),
        (
            "anthropic",
            10,
            {"thinking": {"type": "enabled", "budget_tokens": 1024}},
            {"thinking": {"type": "disabled"}},
        ),
        (
            "anthropic/adaptive",
            20_000,
            {
                "thinking": {"type": "adaptive", "display": "summarized"},
                "output_config": {"effort": "high"},
            },
            {"thinking": {"type": "disabled"}},
        ),
        (
            "anthropic/between_tools",
            None,
            {"thinking": {"type": "adaptive", "display": "summarized"}},
            {"thinking": {"type": "between_tools"}},
        ),
        (
            "anthropic/always",
            None,
            {"thinking": {"type": "adaptive", "display": "summarized"}},
            {"output_config": {"effort": "low"}},
        ),
        ("effort/always", 5, {}, {}),
    ],
)
def test_every_vendors_words(way: str, budget: int | None, on: Any, off: Any) -> None:
    assert WAYS[way].members(Thinking(ON, budget)) == on
    assert WAYS[way].members(Thinking(OFF)) == off
    assert WAYS[way].members(Thinking(AUTO)) == {}


def test_every_way_understands_what_it_says() -> None:
    for name, way in WAYS.items():
        for mode in (ON, OFF):
            assert way.members(Thinking(mode, 3000)).keys() <= way.keys, name


def test_a_variant_falls_back_to_its_dialect() -> None:
    assert way_of("anthropic", "always") is WAYS["anthropic/always"]
    assert way_of("deepseek", "always") is WAYS["deepseek"]
    assert all(way_of(preset.thinking, "") for preset in presets().values())


# --- who may say ---


def test_nothing_said_is_nothing_done() -> None:
    assert change(asked()) is UNCHANGED
    assert change(asked(Thinking(AUTO))) is UNCHANGED


def test_a_rule_outranks_the_request() -> None:
    default = Thinking(ON, 9000)
    call = asked(Thinking(OFF), reasoning_effort="high", thinking={"type": "enabled"})
    assert change(call, default_thinking=default) == Change(
        {"reasoning_effort": "none"}, frozenset({"reasoning_effort", "thinking"})
    )
    call = asked(Thinking(ON, 1000), enable_thinking=False)
    assert change(call, "dashscope") == Change(
        {"enable_thinking": True, "thinking_budget": 1000}, frozenset({"enable_thinking"})
    )


def test_the_request_outranks_the_model() -> None:
    default = Thinking(ON, 9000)
    for rule in (None, Thinking(AUTO)):
        call = asked(rule, reasoning_effort="low")
        assert change(call, default_thinking=default) == UNCHANGED
    assert change(asked(), default_thinking=default) == Change({"reasoning_effort": "high"})
    assert change(asked(), default_thinking=Thinking(OFF)) == Change({"reasoning_effort": "none"})
    assert change(asked(), default_thinking=Thinking(AUTO)) == Change()


def test_another_vendors_words_are_translated() -> None:
    call = asked(thinking={"type": "enabled", "budget_tokens": 1000})
    assert change(call, "openai") == Change({"reasoning_effort": "low"}, frozenset({"thinking"}))
    call = asked(reasoning_effort="none")
    assert change(call, "type") == Change(
        {"thinking": {"type": "disabled"}}, frozenset({"reasoning_effort"})
    )


def test_a_vendors_own_words_stay_as_they_are() -> None:
    call = asked(thinking={"type": "enabled", "odd": 1}, reasoning_effort="max")
    assert change(call, "deepseek") is UNCHANGED
    both = asked(reasoning={"enabled": True}, enable_thinking=True)
    assert change(both, "reasoning") == Change({}, frozenset({"enable_thinking"}))


def test_to_strangers_everything_passes() -> None:
    call = asked(chat_template_kwargs={"enable_thinking": False}, think=True)
    assert change(call, "any") is UNCHANGED


def test_words_that_nobody_knows_pass() -> None:
    assert change(asked(thinking="sideways"), "openai") is UNCHANGED
    assert change(asked(reasoning_effort="ultra"), "type") is UNCHANGED


def test_what_else_a_template_is_told_stays() -> None:
    call = asked(Thinking(OFF), chat_template_kwargs={"tone": "dry", "enable_thinking": True})
    told = {"tone": "dry", "enable_thinking": False, "thinking": False}
    assert change(call, "template").put == {"chat_template_kwargs": told}


def test_a_model_that_does_not_think_is_told_nothing() -> None:
    default = Thinking(ON)
    facts: Any = {"thinking": False, "default_thinking": default}
    assert change(asked(Thinking(ON)), **facts) == Change()
    call = asked(reasoning_effort="high")
    assert change(call, **facts) == Change({}, frozenset({"reasoning_effort"}))
    known = family_of("gpt-4o")
    assert change_for(call, ModelFacts(), known, "openai").drop == {"reasoning_effort"}


def test_a_guess_takes_nothing_from_who_names_the_model() -> None:
    call = asked(explicit=True, reasoning_effort="high")
    guessed: Any = {"thinking": False, "guessed": frozenset({"thinking"})}
    assert change(call, **guessed) is UNCHANGED
    assert change_for(call, ModelFacts(), family_of("gpt-4o"), "openai") is UNCHANGED
    assert change(call, thinking=False).drop == {"reasoning_effort"}


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({}, None),
        ({"reasoning_effort": "none"}, Thinking(OFF)),
        ({"reasoning_effort": "minimal"}, Thinking(ON, 1024)),
        ({"reasoning_effort": 7}, None),
        ({"thinking": {"type": "adaptive"}}, Thinking(ON)),
        ({"thinking": {"enabled": True, "budget_tokens": 99}}, Thinking(ON, 99)),
        ({"thinking": {"enabled": False, "budget_tokens": 99}}, Thinking(OFF)),
        ({"thinking": True}, Thinking(ON)),
        ({"reasoning": {"effort": "low"}}, Thinking(ON, 2048)),
        ({"reasoning": {"max_tokens": 77}}, Thinking(ON, 77)),
        ({"reasoning": {"enabled": False}}, Thinking(OFF)),
        ({"reasoning": {"summary": "auto"}}, None),
        ({"enable_thinking": True, "thinking_budget": 5}, Thinking(ON, 5)),
        ({"think": "high"}, Thinking(ON, 16_384)),
        ({"think": False}, Thinking(OFF)),
        ({"chat_template_kwargs": {"enable_thinking": False}}, Thinking(OFF)),
        ({"chat_template_kwargs": {"thinking": True}}, Thinking(ON)),
        ({"thinking": {"type": "enabled", "budget_tokens": -4}}, Thinking(ON)),
    ],
)
def test_how_a_request_asks(body: Any, wanted: Thinking | None) -> None:
    assert asked_for(body) == wanted


KEYS = "reasoning_effort thinking reasoning think enable_thinking chat_template_kwargs".split()
ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99_999) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["type", "enabled", "effort", "max_tokens"]), inner)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(KEYS), ODD), st.sampled_from(sorted(WAYS)))
def test_no_request_breaks_it(body: dict[str, Any], way: str) -> None:
    found = change(asked(**body), way.partition("/")[0])
    assert found.drop <= body.keys()
