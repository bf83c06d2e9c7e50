"""The pretend models say that they are pretend, in the language they are asked in."""

from typing import Any

import pytest

from butler.engine.demo.answers import answer


def ask(text: Any) -> str:
    return answer("cheap", [{"role": "user", "content": text}])


def test_in_english() -> None:
    said = ask("What is\n the capital of Mongolia?")
    assert "cheap, a pretend model" in said
    assert "“What is the capital of Mongolia?”" in said
    assert "butler provider add" in said


def test_in_chinese() -> None:
    said = ask("你好,今天过得怎么样?")
    assert "演示模型" in said
    assert "你好,今天过得怎么样?" in said


def test_a_long_topic_is_cut() -> None:
    said = ask("word " * 500)
    assert "…”" in said
    assert len(said) < 400


@pytest.mark.parametrize(
    "text", ["", None, 7, [{"type": "image_url"}], "{model} {0} {topic}", "%s"]
)
def test_whatever_is_asked_there_is_an_answer(text: Any) -> None:
    assert "pretend model" in ask(text)


def test_no_messages_at_all() -> None:
    assert "pretend model" in answer("strong", [])
