"""Requests of Google's clients, fitted to the model that the butler has chosen for them."""

import json
from typing import Any

import pytest

from butler.engine.call import ModelFacts, Target
from butler.engine.dialects.canonical import Thought
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.gemini_contents import UNSIGNED
from butler.engine.dialects.gemini_seal import seal
from butler.engine.dispatch.health import Health
from butler.engine.providers.families import family_of
from butler.engine.providers.gemini_fitting import fitted, is_older, way_of_thinking
from tests.engine.calls import Revision, new_call

NEW, OLD = Target("acme", "gemini-3.8-flash"), Target("acme", "gemini-2.5-pro")
OTHER = Target("acme", "alpha")
HELLO: list[Any] = [{"role": "user", "parts": [{"text": "Hello!"}]}]


def sent(target: Target, *, explicit: bool = False, **members: Any) -> Any:
    live = Health()
    live.signed(NEW, "bmV3+/==")
    live.signed(OTHER, "b3RoZXI=")
    call = new_call()
    facts = {OTHER: ModelFacts(parameters={"max_tokens": 5, "temperature": 0.5})}
    call.runtime = Revision(live=live, known_facts=facts)
    call.request = Gemini().read_request(json.dumps({"contents": HELLO, **members}).encode())
    call.explicit = target if explicit else None
    return json.loads(fitted(call, target))


def test_which_models_are_older() -> None:
    older = {name: is_older(family_of(name)) for name in (OLD.model, "gemini-2.0-flash", NEW.model)}
    assert older == {OLD.model: True, "gemini-2.0-flash": True, NEW.model: False}
    assert way_of_thinking(family_of(OLD.model)) == "gemini_budget"
    assert way_of_thinking(family_of(NEW.model)) == "gemini_level"


def test_what_fits_is_not_touched() -> None:
    call = new_call()
    raw = b'{ "generation_config": {"maxOutputTokens": 10}, "contents": ["a"] }'
    call.request = Gemini().read_request(raw)
    assert fitted(call, NEW) == raw


def test_answers_are_no_longer_than_the_model_can_write() -> None:
    config = {"max_output_tokens": 10**6, "temperature": 1}
    assert sent(NEW, generation_config=config)["generationConfig"] == {
        "temperature": 1,
        "maxOutputTokens": 65_536,
    }


def test_a_model_of_the_body_is_the_one_that_is_asked() -> None:
    assert sent(NEW, model="models/auto")["model"] == "models/gemini-3.8-flash"


def test_a_models_own_parameters() -> None:
    assert sent(OTHER, generationConfig={"temperature": 1})["generationConfig"] == {
        "temperature": 1,
        "maxOutputTokens": 5,
    }


@pytest.mark.parametrize(
    ("target", "thinking", "expected"),
    [
        (OLD, {"thinkingLevel": "LOW"}, {"thinkingBudget": 2_048, "includeThoughts": True}),
        (NEW, {"thinking_budget": 0}, {"thinkingLevel": "MINIMAL"}),
        (NEW, {"thinkingBudget": 20_000}, {"thinkingLevel": "HIGH", "includeThoughts": True}),
        (NEW, {"thinkingLevel": "LOW"}, {"thinkingLevel": "LOW"}),
        (OLD, {"thinkingBudget": 9}, {"thinkingBudget": 9}),
    ],
)
def test_thinking_is_told_in_the_models_way(target: Target, thinking: Any, expected: Any) -> None:
    config = {"thinking_config": thinking}
    found = sent(target, generationConfig=config)
    told = found["generationConfig"]
    assert told.get("thinkingConfig", told.get("thinking_config")) == expected
    kept = sent(target, explicit=True, generationConfig=config)
    assert kept["generationConfig"] == config


def test_a_model_that_does_not_think_is_not_told_to() -> None:
    config = {"thinkingConfig": {"thinkingLevel": "LOW"}, "seed": 1}
    found = sent(Target("acme", "gemini-2.0-flash"), generationConfig=config)
    assert found["generationConfig"] == {"seed": 1}


def contents(*parts: Any) -> list[Any]:
    return [*HELLO, {"role": "model", "parts": list(parts)}, *HELLO]


def test_signatures_of_others_are_left_out() -> None:
    call = {"functionCall": {"name": "f"}}
    own, foreign = {"thoughtSignature": "bmV3-_=="}, {"thought_signature": "b3RoZXI="}
    thought = {"text": "hm", "thought": True, **foreign}
    said = contents(thought, {"text": "a", **foreign}, {**call, **foreign}, call)
    assert sent(NEW, contents=said)["contents"][1]["parts"] == [
        {"text": "a"},
        {**call, "thoughtSignature": UNSIGNED},
        call,
    ]
    assert sent(OLD, contents=said)["contents"][1]["parts"] == [{"text": "a"}, call, call]
    ours = {**call, "thoughtSignature": seal([Thought("hm", "a")], str(OTHER))}
    assert sent(OLD, contents=contents(ours))["contents"][1]["parts"] == [call]
    assert sent(OLD, contents=contents(thought))["contents"] == [*HELLO, *HELLO]
    for kept in (contents({**call, **own}), contents({"text": "a", "thoughtSignature": "x"})):
        assert sent(NEW, contents=kept)["contents"] == kept
