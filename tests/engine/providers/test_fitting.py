"""A request is fitted to its model in the bytes; what needs nothing stays as it is."""

import json
from typing import Any

import pytest

from butler.engine.call import (
    Call,
    ModelFacts,
    Target,
    Thinking,
    ThinkingMode,
    UseTargets,
)
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.providers.fitting import Fit, defaults, fit
from butler.engine.providers.presets import presets
from butler.engine.providers.thinking import way_of
from tests.engine.calls import HELLO, Revision, new_call


def asked(
    raw: bytes, model: str, facts: ModelFacts | None = None, *, explicit: bool = False
) -> Call:
    target = Target("acme", model)
    known = {} if facts is None else {target: facts}
    call = new_call(HELLO)
    call.runtime = Revision(known_facts=known)
    call.request = OpenAIChat().read_request(raw)
    call.explicit = target if explicit else None
    return call


def fitted(call: Call, model: str, preset: str = "openai") -> bytes:
    return fit(call, Target("acme", model), presets()[preset]).apply(call.asked.raw)


def test_what_needs_nothing_stays_byte_for_byte() -> None:
    raw = b'{ "messages":[{"role":"user","content":"max_tokens"}],\n"x": 1.50, "max_tokens":7}'
    assert fitted(asked(raw, "gpt-4o"), "gpt-4o") is raw
    assert fitted(asked(raw, "gpt-5"), "gpt-5", "openrouter") is raw


def test_a_limit_gets_the_name_that_the_model_knows() -> None:
    raw = b'{"messages":[{"role":"user","content":"\\"max_tokens\\":1"}], "max_tokens" : 7}'
    expected = raw.replace(b'"max_tokens" : 7', b'"max_completion_tokens": 7')
    for model in ("gpt-5", "o3-mini", "gpt-6.1-sol"):
        assert fitted(asked(raw, model), model) == expected
    both = b'{"messages":[{}],"max_tokens":7,"max_completion_tokens":8}'
    assert fitted(asked(both, "o1", explicit=True), "o1") == both


def test_what_a_chosen_model_refuses_is_taken_out_only_where_we_chose_it() -> None:
    raw = b'{"temperature":0,"messages":[{"temperature":1}],"top_p":0.5}'
    assert fitted(asked(raw, "o3-mini"), "o3-mini") == b'{"messages":[{"temperature":1}]}'
    assert fitted(asked(raw, "o3-mini", explicit=True), "o3-mini") == raw
    assert fitted(asked(raw, "gpt-4o"), "gpt-4o") == raw


def test_parameters_lie_under_the_requests() -> None:
    facts = ModelFacts(parameters={"temperature": 0.2, "top_k": 5, "stop": ["x"]})
    raw = b'{"messages":[{}], "temperature": null}'
    got = fitted(asked(raw, "alpha", facts), "alpha", "vllm")
    assert got == b'{"top_k":5,"stop":["x"],"messages":[{}], "temperature": null}'


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
def test_one_limit_is_enough(limit: str) -> None:
    facts = ModelFacts(parameters={"max_tokens": 100, "seed": 1})
    assert defaults({limit: 5}, facts) == {"seed": 1}
    assert defaults({}, facts) == {"max_tokens": 100, "seed": 1}
    assert defaults({}, ModelFacts()) == {}


def test_a_default_limit_has_the_right_name_too() -> None:
    facts = ModelFacts(parameters={"max_tokens": 100})
    got = json.loads(fitted(asked(b'{"messages":[{}]}', "gpt-5", facts), "gpt-5"))
    assert got == {"max_completion_tokens": 100, "messages": [{}]}


def test_thinking_beats_a_parameter_of_the_same_name() -> None:
    facts = ModelFacts(
        parameters={"reasoning_effort": "high"},
        default_thinking=Thinking(ThinkingMode.DISABLED),
    )
    got = json.loads(fitted(asked(b'{"messages":[{}]}', "alpha", facts), "alpha", "groq"))
    assert got["reasoning_effort"] == "none"


@pytest.mark.parametrize("preset", ["openai", "dashscope", "deepseek", "openrouter", "vllm"])
def test_parameters_about_thinking_give_way_to_whoever_speaks_of_it(preset: str) -> None:
    own = {"reasoning_effort": "high", "enable_thinking": True, "thinking": {"type": "enabled"}}
    facts = ModelFacts(thinking=True, parameters={**own, "top_k": 5})
    quiet = asked(b'{"messages":[{}]}', "alpha", facts)
    assert json.loads(fitted(quiet, "alpha", preset)) == {"messages": [{}], **own, "top_k": 5}
    for said in (b'"reasoning_effort":"none"', b'"enable_thinking":false'):
        got = json.loads(fitted(asked(b'{"messages":[{}],%s}' % said, "alpha", facts), "alpha"))
        assert got == {"messages": [{}], "reasoning_effort": "none", "top_k": 5}
    ruled = asked(b'{"messages":[{}]}', "alpha", facts)
    ruled.verdict = UseTargets((), "rules", "", thinking=Thinking(ThinkingMode.DISABLED))
    way = way_of(presets()[preset].thinking, "").off
    assert json.loads(fitted(ruled, "alpha", preset)) == {"messages": [{}], **way, "top_k": 5}


def test_a_rule_replaces_what_the_request_says() -> None:
    raw = b'{"messages":[{}],"reasoning_effort":"high" , "thinking":{"type":"enabled"},"a":1}'
    call = asked(raw, "alpha")
    off = Thinking(ThinkingMode.DISABLED)
    call.verdict = UseTargets((Target("acme", "alpha"),), "rules", "", thinking=off)
    assert fitted(call, "alpha", "deepseek") == (
        b'{"thinking":{"type":"disabled"},"messages":[{}],"a":1}'
    )


def test_no_change_costs_nothing() -> None:
    body: Any = b"{}"
    assert Fit({}, frozenset()).apply(body) is body


def test_a_limit_of_responses_gets_the_name_that_the_model_knows() -> None:
    call = new_call()
    body = {"input": "Hi", "max_output_tokens": 7}
    call.request = OpenAIResponses().read_request(json.dumps(body).encode())
    written = b'{"messages":[{}],"max_tokens":7}'
    change = fit(call, Target("acme", "gpt-5"), presets()["openai"])
    assert change.apply(written) == b'{"messages":[{}],"max_completion_tokens":7}'
