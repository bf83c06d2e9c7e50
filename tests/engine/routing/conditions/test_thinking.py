"""Thinking is asked for in several words, and declined in some."""

import pytest

from tests.engine.routing.calls import call, condition


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({}, False),
        ({"reasoning_effort": "high"}, True),
        ({"reasoning_effort": "none"}, False),
        ({"thinking": {"type": "enabled", "budget_tokens": 2_000}}, True),
        ({"thinking": {"type": "disabled"}}, False),
        ({"enable_thinking": False}, False),
    ],
)
def test_what_the_request_says_counts(more: dict[str, object], asked: bool) -> None:
    request = call({"messages": [{"role": "user", "content": "hi"}], **more})
    assert (condition({"kind": "thinking"}).match(request) is not None) is asked
    assert (condition({"kind": "thinking", "value": False}).match(request) is None) is asked
