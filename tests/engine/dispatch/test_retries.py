"""Another try at the same target: how often, after how long, and when not at all."""

import asyncio

import pytest

from butler.engine.call import Call
from butler.engine.dispatch.retries import Retries, clients_tries, pause
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.patience import Patience
from tests.engine.calls import HELLO, Revision, new_call


def retries(headers: dict[str, str] | None = None, **patience: int) -> Retries:
    call = new_call(HELLO, headers=headers)
    call.runtime = Revision(patience=Patience(**patience))
    return Retries(call)


def failed(kind: FailureKind = FailureKind.SERVER, after: str | None = None) -> UpstreamError:
    return UpstreamError(kind, "No.", status=503, retry_after=after)


def test_pauses_grow_differ_and_come_to_an_end() -> None:
    def pauses() -> list[float | None]:
        some = retries(retries=4, retry_time_ms=60_000)
        return [some.pause_s(failed()) for _ in range(5)]

    many = [pauses() for _ in range(200)]
    assert all(each[4] is None for each in many)
    longest = [max(each[place] or 0.0 for each in many) for place in range(4)]
    for found, limit in zip(longest, (0.4, 0.8, 1.6, 3.2), strict=True):
        assert limit * 0.9 < found <= limit
    assert min(each[3] or 0.0 for each in many) < 0.3


def test_what_a_provider_asks_for_is_kept_to() -> None:
    some = retries(retries=9, retry_time_ms=5_000)
    for _ in range(5):
        found = some.pause_s(failed(FailureKind.RATE_LIMITED, "2"))
        assert found is not None
        assert 2.0 <= found <= 2.25
    assert some.pause_s(failed(FailureKind.RATE_LIMITED, "6")) is None


@pytest.mark.parametrize(
    "kind",
    [
        *(FailureKind.TIMEOUT, FailureKind.UNREADABLE, FailureKind.KEY_REJECTED),
        *(FailureKind.REFUSED, FailureKind.CONTEXT, FailureKind.OUT_OF_CREDIT),
    ],
)
def test_what_does_not_pass_is_not_tried_again(kind: FailureKind) -> None:
    assert retries().pause_s(failed(kind)) is None


@pytest.mark.parametrize(("count", "tries"), [("0", True), ("1", False), ("7", False)])
def test_a_clients_own_tries_are_not_multiplied(count: str, tries: bool) -> None:
    for name in ("x-stainless-retry-count", "x-retry-count"):
        some = retries({name: count})
        assert (some.pause_s(failed()) is not None) is tries


@pytest.mark.parametrize(
    ("value", "tries"), [("2", 2), ("0", 0), ("", 0), ("many", 0), ("-1", 0), ("9" * 99, 0)]
)
def test_a_clients_own_tries_are_counted(value: str, tries: int) -> None:
    assert clients_tries({"x-stainless-retry-count": value}) == tries
    assert clients_tries({}) == 0


async def test_time_is_limited() -> None:
    some = retries(retries=9, retry_time_ms=30)
    assert some.pause_s(failed()) is not None
    await asyncio.sleep(0.05)
    assert some.pause_s(failed()) is None


def test_none_where_the_owner_wants_none() -> None:
    assert retries(retries=0).pause_s(failed()) is None


async def test_a_pause_is_no_work_of_ours() -> None:
    call: Call = new_call(HELLO)
    await pause(call, 0.05)
    call.mark_answering()
    assert call.pause_ns >= 45_000_000
    assert call.overhead_ms is not None
    assert call.overhead_ms < 40
