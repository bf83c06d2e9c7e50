"""Pins outlive revisions, follow who answered, and are bounded."""

from butler.engine.call import Call, UseTargets
from butler.engine.routing.pins import Pins
from tests.engine.routing.calls import CHEAP, STRONG, saying

VERDICT = UseTargets((STRONG, CHEAP), "rules", "r")


def call_at(ns: int) -> Call:
    call = saying("hi")
    call.started_ns = ns
    return call


def test_a_decision_pins_and_an_answer_corrects() -> None:
    pins = Pins()
    call = call_at(5)
    pins.decided("t", call, VERDICT, STRONG)
    assert pins.get("nobody") is None
    call.target = CHEAP
    pins.answered("t", call, 700)
    pin = pins.get("t")
    assert pin is not None
    assert (pin.target, pin.prefix_tokens, pin.verdict, pin.asked_ns) == (CHEAP, 700, VERDICT, 5)


def test_what_is_cached_stays_with_its_target() -> None:
    pins = Pins()
    call = call_at(5)
    call.target = STRONG
    pins.decided("t", call, VERDICT, STRONG)
    pins.answered("t", call, 700)
    pins.decided("t", call_at(6), VERDICT, STRONG)
    assert (kept := pins.get("t")) is not None
    assert (kept.prefix_tokens, kept.asked_ns) == (700, 6)
    pins.decided("t", call_at(7), VERDICT, CHEAP)
    assert (moved := pins.get("t")) is not None
    assert moved.prefix_tokens == 0


def test_an_answer_told_late_changes_nothing() -> None:
    pins = Pins()
    early = call_at(5)
    early.target = CHEAP
    pins.decided("t", call_at(6), VERDICT, STRONG)
    pins.answered("t", early, 700)
    assert (pin := pins.get("t")) is not None
    assert pin.target == STRONG


def test_an_answer_to_nothing_pinned_pins_nothing() -> None:
    pins = Pins()
    call = call_at(5)
    call.target = CHEAP
    pins.answered("t", call, 700)
    assert len(pins) == 0


def test_the_oldest_go() -> None:
    pins = Pins(most=2)
    for thread in ("a", "b", "a", "c"):
        pins.decided(thread, call_at(1), VERDICT, STRONG)
    assert [thread for thread in "abc" if pins.get(thread)] == ["a", "c"]


def test_a_conversation_can_be_forgotten() -> None:
    pins = Pins()
    pins.decided("t", call_at(1), VERDICT, STRONG)
    pins.drop("t")
    pins.drop("t")
    assert len(pins) == 0
