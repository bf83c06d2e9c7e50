"""Health: what recent attempts have shown, once there are enough of them."""

from butler.engine.call import Target
from butler.engine.dispatch.health import Health
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.patience import Patience

A, B = Target("shop", "a"), Target("shop", "b")
BROKEN = UpstreamError(FailureKind.SERVER, "Broken.", status=500)
REFUSED = UpstreamError(FailureKind.REFUSED, "No.", status=400)
PATIENCE = Patience(breaker_failures=3)


def test_few_attempts_show_nothing() -> None:
    health = Health()
    health.answered(A, 10.0)
    health.failed(A, BROKEN, PATIENCE)
    assert health.latency_ms(A, 50) is None
    assert health.failure_rate(A) is None


def test_latencies_and_failures_are_told_by_target() -> None:
    health = Health()
    for ms in range(1, 101):
        health.answered(A, float(ms))
    health.answered(B, 1.0)
    assert health.latency_ms(A, 50) == 51.0
    assert health.latency_ms(A, 95) == 96.0
    assert health.failure_rate(A) == 0.0
    for _ in range(50):
        health.failed(A, BROKEN, PATIENCE)
    assert health.failure_rate(A) == 0.5
    assert health.latency_ms(B, 50) is None


def test_a_bad_request_says_nothing_of_the_target() -> None:
    health = Health()
    for _ in range(9):
        health.failed(A, REFUSED, PATIENCE)
    assert health.failure_rate(A) is None
    assert not health.is_open(A)


def test_failures_open_the_breaker_and_an_answer_closes_it() -> None:
    health = Health()
    for _ in range(3):
        assert not health.is_open(A)
        health.failed(A, BROKEN, PATIENCE)
    assert health.is_open(A)
    assert not health.is_open(B)
    health.answered(A, 1.0)
    assert not health.is_open(A)
