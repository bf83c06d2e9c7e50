"""How much context is asked for: enough, in doublings, and no less while the model stays loaded."""

import pytest

from butler.engine.providers.ollama_window import ANSWER_TOKENS, LEAST_TOKENS, Windows, needed


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.mark.parametrize(
    ("tokens", "size"),
    [(1, LEAST_TOKENS), (8_192, 8_192), (8_193, 16_384), (40_000, 65_536)],
)
def test_it_grows_in_doublings(tokens: int, size: int) -> None:
    assert Windows().fitting("alpha", tokens, None) == size


def test_it_never_grows_past_the_models_own() -> None:
    assert Windows().fitting("alpha", 40_000, 40_960) == 40_960
    assert Windows().fitting("alpha", 1, 2_048) == 2_048


def test_a_short_call_in_between_does_not_have_the_model_loaded_anew() -> None:
    clock = Clock()
    windows = Windows(clock)
    assert windows.fitting("alpha", 40_000, None) == 65_536
    clock.now_s += 200
    assert windows.fitting("alpha", 100, None) == 65_536
    assert windows.fitting("beta", 100, None) == LEAST_TOKENS
    clock.now_s += 301
    assert windows.fitting("alpha", 100, None) == LEAST_TOKENS


def test_room_for_the_answer_and_for_an_estimate_that_is_off() -> None:
    assert needed(1_000, 500) == 1_700
    assert needed(1_000, None) == 1_200 + ANSWER_TOKENS
