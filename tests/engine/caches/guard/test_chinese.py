"""Chinese folding: what comes together, and what must stay apart."""

import pytest

from butler.engine.caches.guard.chinese import fold, is_foldable, joined


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("怎么养兰花啊", "如何养兰花"),
        ("什么是熵", "熵是什么"),
        ("守株待兔的意思是什么", "守株待兔什么意思"),
        ("海水为什么是咸的", "为什么海水是咸的"),
        ("微波炉怎么清洗", "怎么清洗微波炉"),
        ("这是啥", "这是什么"),
    ],
)
def test_wordings_come_together(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("猫怎么追狗", "狗怎么追猫"),
        ("苹果怎么样", "苹果怎么吃"),
        ("守株待兔是什么意思", "守株待兔的守是什么意思"),
        ("可以喝茶吗", "不可以喝茶吗"),
        ("从北京到上海", "从上海到北京"),
    ],
)
def test_meanings_stay_apart(a: str, b: str) -> None:
    assert fold(a) != fold(b)


def test_gaps_between_signs_close() -> None:
    assert joined("你好 世界 a b") == "你好世界 a b"


def test_what_speaks_of_words_is_not_folded() -> None:
    assert is_foldable("什么是爱")
    assert not is_foldable("什么是爱翻译成法语")
