"""What a token may ask for and be answered by: patterns of targets, and `auto`."""

import pytest

from butler.engine.call import Caller, Target
from butler.engine.permission import allows, may_ask


@pytest.mark.parametrize(
    ("patterns", "auto", "gpt", "llama"),
    [
        ((), (True, True), (True, True), (True, True)),
        (("*",), (True, True), (True, True), (True, True)),
        (("auto",), (True, True), (False, True), (False, True)),
        (("openai/*",), (False, False), (True, True), (False, False)),
        (("auto", "openai/*"), (True, True), (True, True), (False, False)),
        (("auto", "openai/gpt"), (True, True), (True, True), (False, False)),
        (("openai/g?t", "openai/[g]pt"), (False, False), (False, False), (False, False)),
        (("*/org/llama[4]",), (False, False), (False, False), (True, True)),
    ],
)
def test_what_a_token_may_ask_for_and_be_answered_by(
    patterns: tuple[str, ...],
    auto: tuple[bool, bool],
    gpt: tuple[bool, bool],
    llama: tuple[bool, bool],
) -> None:
    caller = Caller("tok_1", "laptop", allowed_models=patterns)
    first, second = Target("openai", "gpt"), Target("local", "org/llama[4]")
    assert may_ask(caller, None) is auto[0]
    assert (may_ask(caller, first), allows(caller, first)) == gpt
    assert (may_ask(caller, second), allows(caller, second)) == llama
    assert may_ask(None, first)
    assert allows(None, first)
