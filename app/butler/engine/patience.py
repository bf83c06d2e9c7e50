"""How hard a call tries: retries, waits, breakers; one value that every call can see."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How hard a call tries before it gives up.

    `retries` and `retry_time_ms` bound what is tried again at one target, `queue_ms` the wait
    for a free place at a busy provider. A breaker opens after `breaker_failures` within a minute
    (0: never) for `breaker_cooldown_ms` and more. A waiting client hears from us every
    `heartbeat_ms`. `policy_moves_on` lets another model try what one refuses to talk about.
    `twin_wait_ms` bounds the wait for the same request that is in flight already, and for
    `failure_memory_ms` the same request meets the same failure without anybody being asked.
    """

    retries: int = 2
    retry_time_ms: int = 10_000
    queue_ms: int = 10_000
    heartbeat_ms: int = 15_000
    breaker_failures: int = 5
    breaker_cooldown_ms: int = 15_000
    policy_moves_on: bool = False
    twin_wait_ms: int = 30_000
    failure_memory_ms: int = 1_500
