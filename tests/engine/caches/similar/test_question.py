"""Which calls have a question for the semantic cache, and what else must be the same."""

from typing import Any

import pytest

from butler.engine.caches.similar.question import MOST_TOKENS, Manners, Question, question_of
from tests.engine.calls import new_call

TEXT = "How do I reverse a linked list?"
ON = Manners()


def asked(body: dict[str, Any] | None = None, manners: Manners = ON, **headers: str) -> Any:
    said: dict[str, Any] = {"model": "auto", "messages": [{"role": "user", "content": TEXT}]}
    return question_of(new_call({**said, **(body or {})}, headers=headers), manners)


def messages(*said: tuple[str, Any]) -> dict[str, Any]:
    return {"messages": [{"role": role, "content": content} for role, content in said]}


def test_the_words_are_cut_out_of_the_scope() -> None:
    one, other = asked(), asked(messages(("user", "Who are you?")))
    assert (one.text, other.text) == (TEXT, "Who are you?")
    assert one.scope == other.scope
    assert asked({"stream": True, "user": "me", "metadata": {"a": "b"}}).scope == one.scope
    spelled = messages(("user", [{"type": "text", "text": TEXT}]))
    assert asked(spelled).scope == one.scope
    assert asked(messages(("user", f"  {TEXT}\n"))).scope == one.scope


@pytest.mark.parametrize(
    "body",
    [
        {"temperature": 0},
        {"max_tokens": 9},
        {"model": "fast"},
        {"response_format": {"type": "json_object"}},
        {"something_new": 1},
        messages(("system", "Be brief."), ("user", TEXT)),
        messages(("user", "Hi"), ("assistant", "Hello"), ("user", TEXT)),
        messages(("user", f"<system-reminder>x</system-reminder>\n{TEXT}")),
    ],
)
def test_everything_else_is_part_of_the_scope(body: dict[str, Any]) -> None:
    assert asked(body).text == TEXT
    assert asked(body).scope != asked().scope


def test_whose_answers_may_be_sent_is_part_of_the_scope() -> None:
    shared = Manners(shared=True)
    assert asked(manners=shared).scope != asked().scope
    assert asked(manners=Manners(generation="2")).scope != asked().scope
    assert asked(manners=shared).sharer != asked().sharer


def test_what_a_tool_injects_anew_is_no_part_of_the_scope_unless_the_owner_wants_that() -> None:
    def at(moment: str, manners: Manners = ON) -> Any:
        told = f"<environment_details>\n# Current Time\n{moment}\n</environment_details>"
        parts = [{"type": "text", "text": TEXT}, {"type": "text", "text": told}]
        return asked(messages(("user", parts)), manners, **{"User-Agent": "Cline/3.0"})

    first, later = "11/24/2026, 10:00:00 AM (UTC+1:00)", "11/24/2026, 11:07:31 AM (UTC+1:00)"
    assert at(first).text == TEXT
    assert at(first).scope == at(later).scope
    as_written = Manners(normalise=False)
    assert at(first, as_written).scope != at(later, as_written).scope


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools"),
        ({"n": 2}, "several"),
        ({"logprobs": True}, "probabilities"),
        (messages(("user", TEXT), ("assistant", "So")), "own words"),
        (messages(("user", "")), "own words"),
        (messages(("user", "word " * 2 * MOST_TOKENS)), "longer"),
        (
            messages(
                ("user", [{"type": "image_url", "image_url": {"url": "https://example.org/a"}}])
            ),
            "more than text",
        ),
    ],
)
def test_it_keeps_out_of_what_it_can_not_judge(body: dict[str, Any], reason: str) -> None:
    found = asked(body)
    assert isinstance(found, str)
    assert reason in found or found == "nobody has asked anything"


def test_the_client_and_the_owner_have_a_say() -> None:
    assert isinstance(asked(**{"Cache-Control": "no-cache"}), str)
    assert isinstance(asked(**{"x-butler-cache": "bypass"}), str)
    calm = Manners(temperature=False)
    assert isinstance(asked(manners=calm), str)
    assert isinstance(asked({"temperature": 0}, calm), Question)
