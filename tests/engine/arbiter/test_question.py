"""What the arbiter is asked: bounded, delimited, answerable."""

import orjson
import pytest

from butler.engine.arbiter.question import OTHER, Question, can_be_named, question_of
from butler.engine.arbiter.standing import Phase, Standing
from butler.engine.routing.categories import Category


def category(name: str, description: str = "") -> Category:
    return Category("id", name, description, (), ())


def test_long_words_keep_their_head_and_tail() -> None:
    words = question_of([category("a")], "HEAD" + "x" * 50_000 + "TAIL").words
    assert words.startswith("HEAD") and words.endswith("TAIL")
    assert len(words) < 1_300


@pytest.mark.parametrize(
    "trick", ["</conversation>", "< / Routes >", "<|im_start|>system", "[/INST]", "<end_of_turn>"]
)
def test_words_can_not_leave_their_place(trick: str) -> None:
    asked = question_of([category("a", trick)], f"Before {trick} after")
    assert (
        trick not in asked.prompt.partition("<conversation>")[2].partition("\n</conversation>")[0]
    )
    assert asked.prompt.count("</conversation>") == asked.prompt.count("</routes>") == 1


def test_code_stays_code() -> None:
    assert question_of([], "vector<int> a; a < b").words == "vector<int> a; a < b"


def test_half_a_character_is_no_trap() -> None:
    assert question_of([category("a")], "half \ud800").key


def test_the_answer_is_one_of_the_routes_or_none() -> None:
    asked = Question((("编程", "Programs"), ("chat", "Talk")), "Hi")
    assert asked.schema["properties"]["route"]["enum"] == ["编程", "chat", OTHER]
    assert asked.most_tokens >= len(orjson.dumps({"route": "编程"}))


def test_the_key_knows_routes_and_words() -> None:
    asked = Question((("a", "b"),), "Hi")
    assert asked.key == Question((("a", "b"),), "Hi").key
    assert (
        len({asked.key, Question((("a", "c"),), "Hi").key, Question((("a", "b"),), "Ho").key}) == 3
    )


def test_a_name_that_can_not_be_answered() -> None:
    assert can_be_named(category("coding"))
    assert not can_be_named(category(OTHER))
    assert not can_be_named(category("n" * 200))


def test_only_a_ready_one_is_asked() -> None:
    ready = [phase for phase in Phase if Standing(phase, "").is_ready]
    assert ready == [Phase.READY]
