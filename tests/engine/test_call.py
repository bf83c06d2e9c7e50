"""The Call and the small values it is made of."""

import time

import pytest

from butler.engine.call import Attempt, Step, Target
from tests.engine.calls import HELLO, new_call


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("acme/alpha", Target("acme", "alpha")),
        ("acme/org/model:7b", Target("acme", "org/model:7b")),
        ("a/b/", Target("a", "b/")),
        ("alpha", None),
        ("/alpha", None),
        ("acme/", None),
        ("", None),
    ],
)
def test_targets_are_written_with_a_slash(text: str, target: Target | None) -> None:
    assert Target.parse(text) == target
    assert target is None or str(target) == text


def test_a_request_is_there_once_it_was_read() -> None:
    with pytest.raises(RuntimeError):
        _ = new_call().asked
    assert new_call(HELLO).asked.messages == HELLO["messages"]


def test_the_first_end_counts() -> None:
    call = new_call()
    call.end(502, "cut")
    duration = call.duration_ms
    call.end(200)
    time.sleep(0.002)
    assert (call.status, call.error, call.duration_ms) == (502, "cut", duration)


def test_time_runs_until_the_end() -> None:
    call = new_call()
    before = call.duration_ms
    time.sleep(0.002)
    assert call.duration_ms > before + 1


def test_the_first_content_counts() -> None:
    call = new_call()
    assert call.ttft_ms is None
    call.mark_first_content()
    first = call.ttft_ms
    time.sleep(0.002)
    call.mark_first_content()
    assert call.ttft_ms == first


def test_the_overhead_is_what_neither_client_nor_upstream_took() -> None:
    call = new_call()
    call.started_ns -= 100_000_000
    call.body_wait_ns = 30_000_000
    call.attempts = [Attempt(Target("a", "b"), ms=40.0), Attempt(Target("a", "c"), ms=20.0)]
    call.mark_answering()
    assert call.overhead_ms == pytest.approx(10, abs=5)
    call.attempts[0].ms = 1_000
    call.mark_answering()
    assert call.overhead_ms == 0


def test_the_step_of_the_layer_that_looks() -> None:
    call = new_call()
    call.trace = [Step("direct"), Step("rules")]
    call.step.skip("there are no rules")
    assert (call.trace[1].outcome, call.trace[1].reason) == ("skipped", "there are no rules")
