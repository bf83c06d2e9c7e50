"""Small talk is told by its form, and orders and general questions are not taken for it."""

import pytest

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.talk import read_chinese_talk, read_english_talk


def english(text: str, ordered: bool = False) -> float:
    evidence = Evidence()
    read_english_talk(text.lower(), len(text.split()), ordered, evidence)
    return evidence.score(Task.CHAT)


def chinese(text: str) -> float:
    evidence = Evidence()
    read_chinese_talk(text, len(text), evidence)
    return evidence.score(Task.CHAT)


@pytest.mark.parametrize(
    "text",
    ["I love my new flat", "hello", "Do you dream?", "What’s your favourite colour?", "he left me",
     "you're funny", "Oh well"],
)  # fmt: skip
def test_english_small_talk(text: str) -> None:
    assert english(text) >= 1.8


@pytest.mark.parametrize(
    "text",
    ["How do you boil an egg?", "Where is Lisbon?", "best cheap phones for older people today",
     "x = y + 2", "我爱你"],
)  # fmt: skip
def test_english_that_is_no_small_talk(text: str) -> None:
    assert english(text) == 0


def test_an_order_is_no_small_talk_whoever_it_is_about() -> None:
    assert english("write me a poem about my dog", ordered=True) == 0


def test_a_long_text_is_no_small_talk() -> None:
    assert english("I like it. " * 40) == 0
    assert chinese("我很喜欢。" * 40) == 0


@pytest.mark.parametrize("text", ["你会唱歌吗", "我今天去爬山了", "走吧", "真不错呀", "下雨了"])
def test_chinese_small_talk(text: str) -> None:
    assert chinese(text) >= 1.5


@pytest.mark.parametrize("text", ["请介绍北京的历史", "为什么天是蓝的", "帮我列一个清单", "1+1=2"])
def test_chinese_that_is_no_small_talk(text: str) -> None:
    assert chinese(text) == 0
