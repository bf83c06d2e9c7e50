"""Courtesy goes at both ends of an ask, and nowhere else."""

import pytest

from butler.engine.caches.guard.courtesy import strip_courtesy


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("please list rivers", "list rivers"),
        ("hi could you please list rivers thank you", "list rivers"),
        ("list rivers thanks in advance", "list rivers"),
        ("can you swim", "can you swim"),
        ("how to please a guest", "how to please a guest"),
        ("thank you", "thank you"),
        ("请介绍苏州谢谢", "介绍苏州"),
        ("请", "请"),
        ("请假怎么写", "请假怎么写"),
        ("你好 介绍苏州 谢谢", "介绍苏州"),
    ],
)
def test_courtesy_around_an_ask_is_dropped(text: str, rest: str) -> None:
    assert strip_courtesy(text.split()) == rest.split()
