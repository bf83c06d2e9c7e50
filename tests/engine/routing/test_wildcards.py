"""Names are compared in any case; `*` stands for any text, all else for itself."""

import time

import pytest

from butler.engine.routing.wildcards import Wildcards


@pytest.mark.parametrize(
    ("patterns", "name", "wanted"),
    [
        (["gpt-9"], "GPT-9", True),
        (["gpt-9"], "gpt-90", False),
        (["gpt-*"], "gpt-9", True),
        (["*haiku*"], "claude-haiku-4", True),
        (["claude-*-latest"], "claude-latest", False),
        (["*"], "", True),
        (["a?c"], "abc", False),
        (["a?c"], "a?c", True),
        (["m[1]"], "m[1]", True),
        (["m[1]*"], "m1", False),
        (["x", "y*"], "yes", True),
        ([], "x", False),
        (["Straße"], "STRASSE", True),
    ],
)
def test_names_are_like_patterns(patterns: list[str], name: str, wanted: bool) -> None:
    assert Wildcards(patterns).match(name) is wanted


def test_neighbouring_stars_are_one() -> None:
    started = time.perf_counter()
    assert not Wildcards(["*" * 60 + "b"]).match("a" * 2_000)
    assert time.perf_counter() - started < 1
