"""Which targets a token may use, by patterns; and a gate that stands open."""

import pytest

from butler.engine.call import Caller, Target
from butler.engine.plan import Plan, Refused, Why, may_use, ungated
from tests.engine.calls import HELLO, new_call

GPT = Target("openai", "gpt-9")
NESTED = Target("router", "Meta/llama-7")


@pytest.mark.parametrize(
    ("patterns", "target", "wanted"),
    [
        ((), GPT, True),
        (("openai/gpt-9",), GPT, True),
        (("OpenAI/GPT-*",), GPT, True),
        (("gpt-*",), GPT, True),
        (("gpt-?",), NESTED, False),
        (("llama-7",), NESTED, False),
        (("router/*",), NESTED, True),
        (("router/meta/*",), NESTED, True),
        (("*",), NESTED, True),
        (("openai/*", "router/*"), NESTED, True),
        (("openai",), GPT, False),
        (("other/*",), GPT, False),
    ],
)
def test_patterns_say_which_models_a_token_may_use(
    patterns: tuple[str, ...], target: Target, wanted: bool
) -> None:
    assert may_use(Caller("t", "t", allowed_models=patterns), target) is wanted


def test_a_call_without_a_token_is_bound_by_none() -> None:
    assert may_use(None, GPT)


def test_the_open_gate_lets_everything_through() -> None:
    assert ungated(new_call(HELLO), [GPT, NESTED]) == Plan((GPT, NESTED))


def test_policy_is_told_from_inability() -> None:
    assert {why for why in Why if why.is_policy} == {Why.LOCAL_ONLY, Why.PRIVACY_RULE, Why.TOKEN}


def test_a_refusal_reads_as_a_sentence() -> None:
    assert str(Refused(GPT, Why.TOOLS, "can not use tools")) == "openai/gpt-9 can not use tools"
