"""Requests of Anthropic's tools, fitted to the model that the butler has chosen for them."""

import json
from typing import Any

import pytest

from butler.engine.call import Target
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.canonical import Thought
from butler.engine.dialects.responses_seal import seal
from butler.engine.dispatch.health import Health
from butler.engine.providers.anthropic_fitting import fitting_members
from tests.engine.calls import HELLO, Revision, new_call

HAIKU, OPUS = Target("anthropic", "claude-haiku-4-5"), Target("anthropic", "claude-opus-5-5")
OTHER = Target("acme", "alpha")
TEXT = {"type": "text", "text": "so"}
CALL = {"type": "tool_use", "id": "t", "name": "f", "input": {}}
RESULT = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t"}]}


def thought(signature: str) -> dict[str, str]:
    return {"type": "thinking", "thinking": "hm", "signature": signature}


def said(*blocks: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": list(blocks)}


def fitted(target: Target, *, explicit: bool = False, **body: Any) -> dict[str, Any]:
    live = Health()
    live.signed(OPUS, "by-opus")
    live.signed(HAIKU, "by-haiku")
    call = new_call()
    call.runtime = Revision(live=live)
    request = {**HELLO, "max_tokens": 32_000, **body}
    call.request = AnthropicMessages().read_request(json.dumps(request).encode())
    call.explicit = target if explicit else None
    return fitting_members(call, target, {})


def test_what_fits_stays_as_it_is() -> None:
    messages = [*HELLO["messages"], said(thought("by-opus"), TEXT)]
    assert fitted(OPUS, messages=messages, thinking={"type": "adaptive"}) == {}


SIGNED = {
    "by itself": (HAIKU, "by-haiku", True),
    "by another": (HAIKU, "by-opus", False),
    "by nobody known": (HAIKU, "by-somebody", True),
    "by one of another vendor": (HAIKU, seal(Thought(sealed="x", signer="other/model")), False),
    "by nobody": (HAIKU, "", False),
    "by nobody, where nobody signs": (OTHER, "", True),
    "by another, where nobody signs": (OTHER, "by-opus", False),
}


@pytest.mark.parametrize(("target", "signature", "stays"), SIGNED.values(), ids=SIGNED)
def test_thoughts_of_others_go(target: Target, signature: str, stays: bool) -> None:
    messages = [said(thought(signature), TEXT), *HELLO["messages"]]
    expected = {} if stays else {"messages": [said(TEXT), *HELLO["messages"]]}
    assert fitted(target, messages=messages) == expected


def test_sealed_ones_go_too_and_a_turn_of_nothing_else() -> None:
    sealed = {"type": "redacted_thinking", "data": "by-opus"}
    assert fitted(HAIKU, messages=[said(sealed), *HELLO["messages"]]) == HELLO


def test_amid_calls_whose_thoughts_are_gone_nobody_thinks() -> None:
    thinking = {"type": "enabled", "budget_tokens": 2_000}
    got = fitted(HAIKU, messages=[said(thought("by-opus"), CALL), RESULT], thinking=thinking)
    assert got["thinking"] == {"type": "disabled"}
    own = fitted(HAIKU, messages=[said(thought("by-haiku"), CALL), RESULT], thinking=thinking)
    assert own == {}


def test_no_more_is_asked_than_a_model_can_write() -> None:
    thinking = {"type": "enabled", "budget_tokens": 100_000}
    assert fitted(HAIKU, max_tokens=128_000, thinking=thinking) == {
        "max_tokens": 64_000,
        "thinking": {"type": "enabled", "budget_tokens": 63_999},
    }


WAYS = {
    "adaptive, of who has to be told how long": (
        HAIKU,
        {
            "thinking": {"type": "adaptive", "display": "omitted"},
            "output_config": {"effort": "low", "format": {"type": "json_schema"}},
        },
        {
            "thinking": {"type": "enabled", "budget_tokens": 2_048},
            "output_config": {"format": {"type": "json_schema"}},
        },
    ),
    "so long, of who decides that": (
        OPUS,
        {"thinking": {"type": "enabled", "budget_tokens": 2_048}},
        {
            "thinking": {"type": "adaptive", "display": "summarized"},
            "output_config": {"effort": "low"},
        },
    ),
    "of who is not of this vendor": (OTHER, {"thinking": {"type": "adaptive"}}, {}),
}


@pytest.mark.parametrize(("target", "given", "expected"), WAYS.values(), ids=WAYS)
def test_ways_of_thinking(target: Target, given: Any, expected: Any) -> None:
    assert fitted(target, **given) == expected
    assert fitted(target, explicit=True, **given) == {}
