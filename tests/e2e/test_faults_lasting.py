"""Faults that last: breakers, places at a provider, and what the owner is told."""

import asyncio
from typing import Any

import pytest

from tests.e2e.house import House, until
from tests.e2e.test_fallback import Raw
from tests.fakes import Answer, Fail, Silence, Upstream


@pytest.fixture
async def two(house: House, up: Upstream, other: Upstream) -> None:
    """A model and its fallback, a breaker that opens after three failures, and no retries."""
    await house.add(up)
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    await house.set(dispatch__breaker_failures=3, dispatch__retries=0)


async def outcomes(house: House, count: int) -> list[str]:
    """How each attempt of the latest call ended."""
    attempts: list[dict[str, Any]] = (await house.rows(count))[-1]["attempts"]
    return [f"{attempt['target']} {attempt['outcome']}" for attempt in attempts]


async def sicken(house: House, up: Upstream) -> None:
    up.default = Fail(500)
    for _ in range(3):
        assert (await house.ask()).headers["x-butler-target"] == "backup/gamma"


@pytest.mark.usefixtures("two")
async def test_a_sick_model_is_left_alone_and_the_log_says_so(house: House, up: Upstream) -> None:
    await sicken(house, up)
    got = await house.ask(stream=True)
    assert (got.headers["x-butler-target"], got.headers["x-butler-attempts"]) == (
        "backup/gamma",
        "1",
    )
    assert len(up.seen) == 3
    assert await outcomes(house, 4) == ["acme/alpha skipped", "backup/gamma answered"]
    skipped = (await house.rows(4))[-1]["attempts"][0]
    assert "status 500" in skipped["error"]
    assert (skipped["failure"], skipped["status"], skipped["ms"]) == (None, None, 0.0)


@pytest.mark.usefixtures("two")
async def test_it_stays_so_when_the_rules_change(house: House, up: Upstream) -> None:
    await sicken(house, up)
    await house.rule("acme/alpha", "backup/delta", name="another", priority=900)
    assert (await house.ask()).headers["x-butler-target"] == "backup/delta"
    assert len(up.seen) == 3


@pytest.mark.usefixtures("two")
async def test_who_names_it_gets_through_and_an_answer_closes_the_breaker(
    house: House, up: Upstream
) -> None:
    await sicken(house, up)
    up.default = Answer()
    assert (await house.ask()).headers["x-butler-target"] == "backup/gamma"
    assert (await house.ask("acme/alpha")).status == 200
    assert (await house.ask()).headers["x-butler-target"] == "acme/alpha"


@pytest.mark.usefixtures("two")
async def test_after_a_while_one_call_tries_it_and_the_others_do_not(
    house: House, up: Upstream
) -> None:
    await house.set(dispatch__breaker_cooldown_ms=200)
    await sicken(house, up)
    await asyncio.sleep(0.25)
    up.default = Answer(chunk_delay_s=0.05)
    up.script(Silence(0.2))
    answers = await asyncio.gather(*(house.ask() for _ in range(5)))
    assert len(up.seen) == 4
    assert {got.headers["x-butler-target"] for got in answers} == {"backup/gamma"}
    await asyncio.sleep(0.45)
    assert (await house.ask()).headers["x-butler-target"] == "acme/alpha"
    assert (await house.ask()).headers["x-butler-target"] == "acme/alpha"


@pytest.mark.usefixtures("two")
async def test_a_probe_whose_client_leaves_makes_room_for_another(
    house: House, up: Upstream
) -> None:
    await house.set(dispatch__breaker_cooldown_ms=200)
    await sicken(house, up)
    await asyncio.sleep(0.25)
    up.default = Answer()
    up.script(Silence())
    probing = asyncio.create_task(house.ask())
    await until(lambda: len(up.seen) == 4)
    probing.cancel()
    await up.saw_disconnect(2)
    await house.until_idle()
    assert (await house.ask()).headers["x-butler-target"] == "acme/alpha"


@pytest.mark.usefixtures("two")
async def test_when_all_are_kept_away_the_first_due_is_tried(
    house: House, up: Upstream, other: Upstream
) -> None:
    other.default = Fail(500)
    up.default = Fail(500)
    for _ in range(3):
        assert (await house.ask()).status == 500
    up.default = Answer()
    got = await house.ask()
    assert (got.status, got.headers["x-butler-target"]) == (200, "acme/alpha")
    assert await outcomes(house, 4) == [
        "acme/alpha skipped",
        "backup/gamma skipped",
        "acme/alpha answered",
    ]


@pytest.mark.usefixtures("two")
async def test_a_rejected_key_is_not_tried_twice_until_it_is_mended(
    house: House, up: Upstream
) -> None:
    up.default = Fail(401)
    for _ in range(2):
        assert (await house.ask()).headers["x-butler-target"] == "backup/gamma"
    assert len(up.seen) == 1
    told = (await house.status())["warnings"]
    assert [warning["code"] for warning in told] == ["key_rejected"]
    up.default = Answer()
    found = (await house.admin("GET", "providers/acme")).json
    await house.admin("PATCH", f"providers/{found['id']}", {"api_key": up.key})
    assert (await house.ask()).headers["x-butler-target"] == "acme/alpha"
    assert (await house.status())["warnings"] == []


@pytest.mark.usefixtures("two")
async def test_an_alert_is_sent_once_to_who_listens(house: House, up: Upstream) -> None:
    up.default = Fail(402)
    url = f"{house.engine.admin_url}/api/v1/events"
    headers = {"Authorization": f"Bearer {house.engine.admin_token}"}
    async with house.session.get(url, headers=headers) as events:
        for _ in range(2):
            await house.ask()
        await house.rows(2)
        got = b""
        async with asyncio.timeout(5):
            while got.count(b"event: call") < 2:
                got += await events.content.readany()
    assert got.count(b"event: alert") == 1
    assert b'"out_of_credit"' in got
    assert b'"acme/alpha"' in got


@pytest.mark.usefixtures("two")
async def test_a_long_retry_after_is_respected_from_the_first_time(
    house: House, up: Upstream
) -> None:
    up.default = Fail(429, retry_after="300")
    for _ in range(3):
        assert (await house.ask()).headers["x-butler-target"] == "backup/gamma"
    assert len(up.seen) == 1
    up.default = Answer()
    # Who names the model asks it: that is for its owner to decide.
    assert (await house.ask("acme/alpha")).status == 200


# --- places at a provider ---


async def test_no_more_at_once_than_a_provider_takes(house: House, up: Upstream) -> None:
    await house.add(up, options={"max_concurrent": 2})
    up.default = Answer(chunk_delay_s=0.03)
    most = 0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, len(up.seen) - len(done))
            await asyncio.sleep(0.005)

    done: list[int] = []

    async def ask() -> None:
        assert (await house.ask(stream=True)).status == 200
        done.append(1)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(ask() for _ in range(6)))
    watching.cancel()
    assert (most, len(up.seen)) == (2, 6)
    for row in await house.rows(6):
        assert row["overhead_ms"] < 100


async def test_who_finds_no_place_is_answered_by_another(
    house: House, up: Upstream, other: Upstream
) -> None:
    await house.add(up, options={"max_concurrent": 1})
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    await house.set(dispatch__queue_ms=100)
    up.script(Answer(chunk_delay_s=0.1))
    first = asyncio.create_task(house.ask(stream=True))
    await until(lambda: up.seen)
    auto, named = await asyncio.gather(house.ask(), house.ask("acme/alpha"))
    assert auto.headers["x-butler-target"] == "backup/gamma"
    assert (named.status, named.headers["Retry-After"]) == (429, "1")
    assert named.error["code"] == "busy"
    assert (await first).status == 200
    # Its place is free again.
    assert (await house.ask("acme/alpha")).status == 200


async def test_a_client_that_leaves_leaves_its_place(house: House, up: Upstream) -> None:
    await house.add(up, options={"max_concurrent": 1})
    for behaviour in (Silence(), Silence(after=3)):
        up.script(behaviour)
        asking = asyncio.create_task(house.ask(stream=True))
        seen = len(up.seen)
        await until(lambda seen=seen: len(up.seen) > seen)
        asking.cancel()
        assert (await house.ask()).status == 200


# --- guards outrank comfort ---


async def test_no_attempt_gets_past_the_gate(house: House, up: Upstream, other: Upstream) -> None:
    await house.add(up, options={"local": False})
    await house.add(other, "backup")
    await house.rule("acme/alpha", "backup/gamma")
    await house.set(privacy__local_only=True)
    assert (await house.ask()).headers["x-butler-target"] == "backup/gamma"
    other.default = Fail(500)
    assert (await house.ask()).status == 500
    got = await house.ask("acme/alpha")
    assert (got.status, got.error["code"]) == (400, "refused_by_local_only")
    assert not up.seen


# --- whatever cuts it ---


async def test_a_key_that_is_cut_by_the_network_is_masked_as_well(house: House) -> None:
    key = "sk-provider-4f1d0c9a8b7e6f5d"
    event = b'data: {"choices":[{"delta":{"content":"%s"},"finish_reason":"stop"}]}\n\n'
    data = event % f"your key is {key}.".encode()
    async with Upstream(key=key) as up:
        await house.add(up)
        at = data.index(b"4f1d")
        up.script(
            Raw((data[:at], data[at:])), Raw(tuple(data[i : i + 1] for i in range(len(data))))
        )
        for _ in range(2):
            assert (await house.ask(stream=True)).text == "your key is [key]."
