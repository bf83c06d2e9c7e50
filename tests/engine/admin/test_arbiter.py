"""The arbiter's routes: how it is, a trial question, fetching its model; and the doctor."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from butler.contract.events import EventName
from tests.e2e.house import House, until
from tests.fakes import Upstream
from tests.fakes.arbiters import ollama
from tests.fakes.ollama import FakeOllama, Says

__all__ = ["ollama"]


@pytest.fixture
async def asking(tmp_path: Path, ollama: FakeOllama) -> AsyncIterator[House]:
    """An engine whose arbiter is at a fake Ollama."""
    given = {"arbiter.enabled": True, "arbiter.url": ollama.url, "arbiter.budget_ms": 2_000}
    async with House(tmp_path / "data", command_line=given) as house:
        await settled(house, "ready", "idle")
        yield house


async def shown(house: House) -> dict[str, Any]:
    found: dict[str, Any] = (await house.admin("GET", "arbiter")).json
    return found


async def settled(house: House, *phases: str) -> None:
    async def is_so() -> bool:
        return (await shown(house))["phase"] in phases

    await until(is_so)


async def test_what_is_shown(asking: House, ollama: FakeOllama) -> None:
    found = await shown(asking)
    assert (found["url"], found["budget_ms"], found["problems"]) == (ollama.url, 2_000, [])
    assert bool(found["answers"]) == bool(ollama.asked)


async def test_a_trial_question(asking: House, ollama: FakeOllama) -> None:
    found = (await asking.admin("POST", "arbiter:test", {"prompt": "Mend this"})).json
    assert (found["route"], found["error"]) == ("coding", None)
    assert "coding" in found["routes"]
    assert found["within_budget"] and found["sure_enough"]
    assert "Mend this" in ollama.asked[-1]["messages"][0]["content"]


async def test_a_trial_question_to_a_liar(asking: House, ollama: FakeOllama) -> None:
    ollama.faults.append(Says('{"route": "the vault"}'))
    found = (await asking.admin("POST", "arbiter:test", {})).json
    assert found["error"] == "the answer names a route that was not offered"


async def test_the_model_is_fetched_and_told_as_it_comes(asking: House, ollama: FakeOllama) -> None:
    await asking.set(arbiter__model="another:1b")
    await settled(asking, "no_model")
    url = f"{asking.engine.admin_url}/api/v1/events"
    headers = {"Authorization": f"Bearer {asking.engine.admin_token}"}
    async with asking.session.get(url, headers=headers) as stream:
        await stream.content.readuntil(b"\n\n")
        got = await asking.admin("POST", "arbiter:pull")
        assert (got.status, got.json["pull"]["running"]) == (202, True)
        block = b""
        while b'"share":1.0' not in block:
            block = await stream.content.readuntil(b"\n\n")
            assert f"event: {EventName.ARBITER}".encode() in block

    async def is_there() -> bool:
        return not (await shown(asking))["pull"]["running"]

    await until(is_there)
    await settled(asking, "ready", "idle")
    assert "another:1b" in ollama.pulled


async def test_a_pull_that_fails_says_so(asking: House, ollama: FakeOllama) -> None:
    ollama.lines = [{"status": "pulling manifest"}, {"error": "no space left"}]
    await asking.admin("POST", "arbiter:pull")

    async def has_failed() -> bool:
        return bool((await shown(asking))["pull"]["error"])

    await until(has_failed)


async def test_another_kind_of_server_is_not_told_to_fetch(asking: House) -> None:
    await asking.set(arbiter__kind="openai")
    got = await asking.admin("POST", "arbiter:pull")
    assert (got.status, got.problem["field"]) == (422, "arbiter.kind")


async def test_the_doctor_offers_the_pull(asking: House, ollama: FakeOllama) -> None:
    async def line() -> dict[str, Any]:
        checks = (await asking.admin("GET", "doctor")).json["items"]
        return next(check for check in checks if check["name"] == "arbiter")

    assert (await line())["ok"]
    await asking.set(arbiter__model="another:1b")
    await settled(asking, "no_model")
    (told,) = (await line())["problems"]
    assert (told["code"], "arbiter pull" in told["hint"]) == ("arbiter_no_model", True)
    await ollama.stop()
    await asking.set(arbiter__model="a-third:1b")
    await settled(asking, "absent")
    absent = await line()
    assert absent["ok"] and "optional" in absent["detail"]


async def test_a_slow_machine_is_told_with_the_figure(
    tmp_path: Path, ollama: FakeOllama, up: Upstream
) -> None:
    ollama.model.delay_s = 0.1
    given = {"arbiter.enabled": True, "arbiter.url": ollama.url, "arbiter.budget_ms": 30}
    async with House(tmp_path / "data", command_line=given) as house:
        await house.add(up)
        body = {"name": "loops", "description": "Loops", "targets": ["acme/alpha"]}
        assert (await house.admin("POST", "categories", body)).status == 201
        await settled(house, "slow")
        (told,) = (await shown(house))["problems"]
        assert "30 ms" in told["detail"] and "arbiter.budget_ms" in told["hint"]
        assert "arbiter_slow" in [found["code"] for found in (await house.status())["warnings"]]
