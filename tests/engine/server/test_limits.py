"""Limits at the door: a minute slides, waits are told, and one peer's failures stay its own."""

import pytest

from butler.engine.call import Caller
from butler.engine.errors import ClientError
from butler.engine.server.limits import _MOST_PEERS, FailedTokens, RequestLimits
from tests.e2e.house import House

ME = Caller("tok_1", "me", requests_per_minute=3)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def refusal(limits: RequestLimits, caller: Caller = ME) -> ClientError:
    with pytest.raises(ClientError) as caught:
        limits.count(caller)
    assert (caught.value.status, caught.value.code) == (429, "rate_limit_exceeded")
    return caught.value


def test_the_minute_slides() -> None:
    clock = Clock()
    limits = RequestLimits(clock)
    for now in (1_000.0, 1_020.0, 1_040.0):
        clock.now = now
        limits.count(ME)
    refused = refusal(limits)
    assert refused.retry_after_s == 20
    assert refused.headers == {"Retry-After": "20"}
    clock.now = 1_059.9
    assert refusal(limits).retry_after_s == 1
    # What was refused did not count.
    clock.now = 1_060.0
    limits.count(ME)
    assert refusal(limits).retry_after_s == 20


def test_each_token_has_its_own_and_most_have_none() -> None:
    limits = RequestLimits(Clock())
    for _ in range(3):
        limits.count(ME)
    refusal(limits)
    limits.count(Caller("tok_2", "you", requests_per_minute=1))
    for _ in range(100):
        limits.count(Caller("tok_3", "free"))


def test_a_lower_limit_counts_what_was_before() -> None:
    clock = Clock()
    limits = RequestLimits(clock)
    for _ in range(3):
        limits.count(ME)
        clock.now += 10
    lower = Caller("tok_1", "me", requests_per_minute=1)
    assert refusal(limits, lower).retry_after_s == 50


def fail(failed: FailedTokens, peer: str, times: int = 60) -> None:
    for _ in range(times):
        failed.count(peer)


def test_wrong_tokens_are_counted_by_peer() -> None:
    clock = Clock()
    failed = FailedTokens(clock=clock)
    fail(failed, "192.0.2.1")
    with pytest.raises(ClientError) as caught:
        failed.count("192.0.2.1")
    assert (caught.value.status, caught.value.code) == (429, "too_many_failures")
    assert caught.value.retry_after_s == 60
    failed.count("192.0.2.2")
    clock.now += 60
    failed.count("192.0.2.1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "unix:", True),
    ],
)
def test_whom_an_address_stands_for(one: str, other: str, same: bool) -> None:
    failed = FailedTokens(clock=Clock())
    fail(failed, one)
    if same:
        with pytest.raises(ClientError):
            failed.count(other)
    else:
        failed.count(other)


def test_many_peers_take_no_more_memory_than_some() -> None:
    failed = FailedTokens(clock=Clock())
    fail(failed, "192.0.2.1")
    for number in range(_MOST_PEERS):
        failed.count(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(failed._failures) == _MOST_PEERS
    failed.count("192.0.2.1")


async def test_a_limited_token_waits_and_an_edit_resets_nothing(house: House) -> None:
    made = await house.admin("POST", "tokens", {"name": "slow", "requests_per_minute": 2})
    secret = made.json["token"]
    body = {"model": "demo/cheap", "messages": [{"role": "user", "content": "hi"}]}
    for _ in range(2):
        assert (await house.post(body, token=secret)).status == 200
    await house.set(routing__enabled=False)
    got = await house.post(body, token=secret)
    assert (got.status, got.error["code"]) == (429, "rate_limit_exceeded")
    assert 1 <= int(got.headers["Retry-After"]) <= 60
    assert (await house.call("GET", "/v1/models", token=secret)).status == 200
    rows = await house.rows(3)
    assert [(row["status"], row["token_name"]) for row in rows] == [
        (200, "slow"),
        (200, "slow"),
        (429, "slow"),
    ]
    await house.admin("PATCH", "tokens/slow", {"requests_per_minute": None})
    assert (await house.post(body, token=secret)).status == 200


async def test_a_flood_of_wrong_tokens_is_told_to_wait(house: House) -> None:
    for number in range(60):
        # Whatever a header says of where it comes from: the peer counts.
        elsewhere = {"X-Forwarded-For": f"192.0.2.{number}"}
        got = await house.call("GET", "/v1/models", token="wrong", headers=elsewhere)
        assert got.status == 401
    got = await house.post({"messages": []}, token="wrong")
    assert (got.status, got.error["code"]) == (429, "too_many_failures")
    assert got.headers["Retry-After"]
    assert (await house.ask()).status == 200
