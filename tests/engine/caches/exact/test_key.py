"""Keys: the same for what gets the same answer, another for everything else."""

import pytest

from butler.engine.caches.exact.key import Asked, asked_by, key_of
from butler.engine.call import Caller, Target
from tests.engine.calls import new_call

ASKED = Asked("openai_chat", "acme/alpha", "token tok_1", ("",))
BODY = {
    "model": "acme/alpha",
    "messages": [{"role": "user", "content": "Hello"}],
    "tools": [{"type": "function", "function": {"name": "a", "parameters": {"x": 1, "y": 2}}}],
    "temperature": 0.5,
}
SECRET = bytes(32)


def key(**changes: object) -> bytes:
    return key_of(ASKED, {**BODY, **changes}, SECRET)


@pytest.mark.parametrize(
    "changes",
    [
        {"stream": True, "stream_options": {"include_usage": True}},
        {"user": "somebody", "metadata": {"a": "b"}, "prompt_cache_key": "p"},
        {"model": "an alias"},
        {"seed": None},
        {"messages": [{"content": "Hello", "role": "user"}]},
    ],
)
def test_what_changes_no_word_of_the_answer_does_not_count(changes: dict[str, object]) -> None:
    assert key(**changes) == key()


@pytest.mark.parametrize(
    "changes",
    [
        {"messages": [{"role": "user", "content": "hello"}]},
        {"messages": [{"role": "system", "content": "Hello"}]},
        {"temperature": 0.6},
        {"seed": 1},
        {"max_tokens": 10},
        {"response_format": {"type": "json_object"}},
        {"tools": []},
        {"reasoning_effort": "high"},
        {"something_new": 1},
        {"system": "Be brief."},
    ],
)
def test_what_could_change_a_word_counts(changes: dict[str, object]) -> None:
    assert key(**changes) != key()


def test_who_asks_for_what_counts() -> None:
    body, found = BODY, set()
    for asked in (
        ASKED,
        Asked("anthropic_messages", "acme/alpha", "token tok_1", ("",)),
        Asked("openai_chat", "auto ", "token tok_1", ("",)),
        Asked("openai_chat", "acme/alpha", "token tok_2", ("",)),
        Asked("openai_chat", "acme/alpha", "everybody", ("",)),
        Asked("openai_chat", "acme/alpha", "token tok_1", ("beta",)),
    ):
        found.add(key_of(asked, body, SECRET))
    found.add(key_of(ASKED, body, bytes(31) + b"1"))
    assert len(found) == 7


def test_what_of_a_call_is_not_in_its_body() -> None:
    call = new_call({**BODY, "model": "alpha"}, headers={"anthropic-beta": "context-1m"})
    call.explicit = Target("acme", "alpha")
    assert asked_by(call, shared=False) == Asked(
        "openai_chat", "acme/alpha", "token tok_1", ("context-1m", *[""] * 6)
    )
    call.explicit, call.caller = None, Caller("tok_2", "other")
    assert asked_by(call, shared=True).scope == "everybody"
    assert asked_by(call, shared=False).model.split() == ["auto", "alpha"]
