"""The requested model is compared as the client wrote it; nothing means `auto`."""

from tests.engine.routing.calls import call, condition

HI = [{"role": "user", "content": "hi"}]


def test_the_requested_name_is_compared() -> None:
    haiku = condition({"kind": "requested_model", "models": ["claude-haiku-*"]})
    assert haiku.match(call({"model": "claude-haiku-9", "messages": HI})) is not None
    assert haiku.match(call({"model": "claude-opus-9", "messages": HI})) is None


def test_no_name_is_auto() -> None:
    auto = condition({"kind": "requested_model", "models": ["auto"]})
    assert auto.match(call({"messages": HI})) is not None
    assert auto.match(call({"model": "Auto", "messages": HI})) is not None
