"""Health: what recent attempts have shown, once there are enough of them."""

from butler.engine.call import Target
from butler.engine.dispatch.health import Health

A, B = Target("shop", "a"), Target("shop", "b")


def test_few_attempts_show_nothing() -> None:
    health = Health()
    health.answered(A, 10.0)
    health.failed(A)
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
        health.failed(A)
    assert health.failure_rate(A) == 0.5
    assert health.latency_ms(B, 50) is None
