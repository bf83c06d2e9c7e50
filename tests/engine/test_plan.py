"""Plans and refusals; and a gate that stands open."""

from butler.engine.call import Target
from butler.engine.plan import Plan, Refused, Why, ungated
from tests.engine.calls import HELLO, new_call

GPT = Target("openai", "gpt-9")
NESTED = Target("router", "Meta/llama-7")


def test_the_open_gate_lets_everything_through() -> None:
    assert ungated(new_call(HELLO), [GPT, NESTED]) == Plan((GPT, NESTED))


def test_policy_is_told_from_inability() -> None:
    assert {why for why in Why if why.is_policy} == {Why.LOCAL_ONLY, Why.PRIVACY_RULE, Why.TOKEN}


def test_a_refusal_reads_as_a_sentence() -> None:
    assert str(Refused(GPT, Why.TOOLS, "can not use tools")) == "openai/gpt-9 can not use tools"
