"""What an arbiter's words mean, and what they do not."""

import math

import pytest

from butler.engine.arbiter.answer import Answer, Misfit, Reply, Token, read_answer, tokens_of
from butler.engine.arbiter.question import Question

ASKED = Question((("coding", ""), ("chat", "")), "Hi")


def spelt(*tokens: tuple[str, float]) -> Reply:
    made = tuple(Token(text, logprob) for text, logprob in tokens)
    return Reply("".join(text for text, _ in tokens).strip("`"), tokens_of(made))


def test_a_route_and_none() -> None:
    assert read_answer(Reply('{"route": "chat"}'), ASKED) == Answer("chat", None)
    assert read_answer(Reply(' {"route":\n"other"} '), ASKED) == Answer(None, None)


@pytest.mark.parametrize(
    "text",
    ["", "chat", "[]", '{"route": 1}', '{"route": "admin"}', '{"route": "chat", "a": 1}', "{"],
)
def test_what_does_not_fit(text: str) -> None:
    with pytest.raises(Misfit):
        read_answer(Reply(text), ASKED)


def test_what_was_cut_off() -> None:
    with pytest.raises(Misfit, match="cut off"):
        read_answer(Reply('{"route": "chat"}', is_whole=False), ASKED)


def test_sureness_is_that_of_the_name_alone() -> None:
    half = math.log(0.5)
    reply = spelt(('{"', -9), ("route", -9), ('": "', -9), ("cod", half), ("ing", half), ('"}', -9))
    assert read_answer(reply, ASKED).confidence == pytest.approx(0.25)


def test_tokens_around_the_answer_do_not_matter() -> None:
    reply = spelt(("``", -5), ('{"route": "', -5), ("chat", math.log(0.9)), ('"}', -5), ("``", -5))
    assert read_answer(reply, ASKED).confidence == pytest.approx(0.9)


def test_tokens_of_something_else_tell_nothing() -> None:
    reply = Reply('{"route": "chat"}', (Token("hello", -0.1),))
    assert read_answer(reply, ASKED).confidence is None


def test_what_is_impossible_is_not_believed() -> None:
    reply = spelt(('{"route": "', 0), ("chat", float("-inf")), ('"}', 0))
    assert read_answer(reply, ASKED).confidence == 0
