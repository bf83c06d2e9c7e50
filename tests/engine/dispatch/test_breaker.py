"""Breakers open for cause, stay open for longer each time, and close after one good answer."""

import pytest

from butler.engine.call import Target
from butler.engine.dispatch.breaker import Breakers, Standing
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.patience import Patience

A, B = Target("shop", "a"), Target("shop", "b")
PATIENCE = Patience(breaker_failures=3, breaker_cooldown_ms=10_000, retry_time_ms=10_000)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breakers(clock: Clock) -> Breakers:
    return Breakers(clock)


def fail(
    breakers: Breakers,
    times: int = 1,
    kind: FailureKind = FailureKind.SERVER,
    retry_after: str | None = None,
    target: Target = A,
) -> None:
    error = UpstreamError(kind, "Broken.", status=500, retry_after=retry_after)
    for _ in range(times):
        breakers.failed(target, error, PATIENCE)


def is_open(breakers: Breakers, target: Target = A) -> bool:
    return breakers.keeps_away(target) is not None


def test_it_takes_some_failures(breakers: Breakers) -> None:
    fail(breakers, 2)
    assert not is_open(breakers)
    fail(breakers)
    assert breakers.keeps_away(A) == "kept away for another 10 s: Broken."
    assert not is_open(breakers, B)
    assert breakers.standings() == [Standing(A, FailureKind.SERVER, "Broken.", 10.0, 1)]


def test_failures_among_many_answers_do_not_count(breakers: Breakers) -> None:
    for _ in range(10):
        breakers.answered(A)
    fail(breakers, 9)
    assert not is_open(breakers)
    fail(breakers)
    assert is_open(breakers)


def test_old_failures_are_forgotten(breakers: Breakers, clock: Clock) -> None:
    fail(breakers, 2)
    clock.now += 61
    fail(breakers)
    assert not is_open(breakers)


def test_one_call_at_a_time_tries_again(breakers: Breakers, clock: Clock) -> None:
    fail(breakers, 3)
    assert not breakers.begin(A)
    clock.now += 10
    assert not is_open(breakers)
    assert breakers.begin(A)
    assert breakers.keeps_away(A) == "another call is trying it: Broken."
    assert not breakers.begin(A)
    # A probe that ends without a result (its client left) makes room for another one.
    breakers.end_probe(A)
    assert breakers.begin(A)
    breakers.answered(A)
    breakers.end_probe(A)
    assert not is_open(breakers)
    assert breakers.standings() == []


def test_each_failed_probe_doubles_the_wait_up_to_a_limit(breakers: Breakers, clock: Clock) -> None:
    fail(breakers, 3)
    waits = []
    for _ in range(9):
        waits.append(breakers.standings()[0].left_s)
        clock.now += waits[-1]
        assert breakers.begin(A)
        fail(breakers)
        breakers.end_probe(A)
    assert waits == [10, 20, 40, 80, 160, 320, 600, 600, 600]


def test_an_answer_starts_over(breakers: Breakers, clock: Clock) -> None:
    fail(breakers, 3)
    clock.now += 10
    fail(breakers)
    assert breakers.standings()[0].left_s == 20
    breakers.answered(A)
    clock.now += 61
    fail(breakers, 3)
    assert breakers.standings()[0].left_s == 10


def test_failures_of_who_comes_in_all_the_same_change_nothing(
    breakers: Breakers, clock: Clock
) -> None:
    fail(breakers, 3)
    clock.now += 4
    fail(breakers, 5)
    assert breakers.standings() == [Standing(A, FailureKind.SERVER, "Broken.", 6.0, 1)]


def test_a_long_retry_after_is_kept_to_from_the_first_failure(
    breakers: Breakers, clock: Clock
) -> None:
    fail(breakers, kind=FailureKind.RATE_LIMITED, retry_after="300")
    clock.now += 299
    assert is_open(breakers)
    clock.now += 1
    assert not is_open(breakers)
    fail(breakers, kind=FailureKind.RATE_LIMITED, retry_after="9999999", target=B)
    assert {each.target: each.left_s for each in breakers.standings()} == {A: 0.0, B: 3600.0}


def test_a_short_retry_after_counts_like_any_failure(breakers: Breakers) -> None:
    fail(breakers, 2, FailureKind.RATE_LIMITED, "2")
    assert not is_open(breakers)


@pytest.mark.parametrize("kind", [FailureKind.KEY_REJECTED, FailureKind.OUT_OF_CREDIT])
def test_what_only_the_owner_can_mend_opens_at_once(breakers: Breakers, kind: FailureKind) -> None:
    fail(breakers, kind=kind)
    assert is_open(breakers)


@pytest.mark.parametrize("kind", [FailureKind.REFUSED, FailureKind.CONTEXT, FailureKind.POLICY])
def test_a_requests_own_fault_never_opens_it(breakers: Breakers, kind: FailureKind) -> None:
    fail(breakers, 50, kind)
    assert not is_open(breakers)


def test_it_can_be_switched_off(breakers: Breakers) -> None:
    error = UpstreamError(FailureKind.KEY_REJECTED, "No.", status=401, retry_after="300")
    for _ in range(9):
        breakers.failed(A, error, Patience(breaker_failures=0))
    assert not is_open(breakers)


def test_reset_by_hand(breakers: Breakers) -> None:
    fail(breakers, 3)
    fail(breakers, 3, target=B)
    breakers.reset(A)
    assert (is_open(breakers, A), is_open(breakers, B)) == (False, True)
    fail(breakers, 2)
    assert not is_open(breakers, A)
    breakers.reset()
    assert not is_open(breakers, B)


def test_the_last_resort_is_who_is_let_in_first(breakers: Breakers, clock: Clock) -> None:
    fail(breakers, 3)
    clock.now += 5
    fail(breakers, 3, target=B)
    assert breakers.soonest([B, A]) == A


def test_an_opening_is_told_once(clock: Clock) -> None:
    told: list[Standing] = []
    breakers = Breakers(clock, told.append)
    fail(breakers, 3)
    clock.now += 10
    fail(breakers)
    assert [(each.target, each.kind, each.opened) for each in told] == [(A, FailureKind.SERVER, 1)]
    breakers.answered(A)
    fail(breakers, kind=FailureKind.KEY_REJECTED)
    assert len(told) == 2
