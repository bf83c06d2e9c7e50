"""The doctor outside the engine: who answers, whose clock is right, what leads in circles."""

from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Refused, Upstream


async def examined(house: House) -> dict[str, Any]:
    return {check["name"]: check for check in (await house.admin("GET", "doctor")).json["items"]}


async def test_who_answers_and_what_time_it_is_there(house: House, up: Upstream) -> None:
    checks = await examined(house)
    assert checks["reachable"]["detail"] == "no provider to ask"
    assert checks["clock"]["detail"].startswith("not compared")
    await house.add(up)
    checks = await examined(house)
    assert checks["reachable"]["detail"] == "1 of 1"
    assert checks["clock"]["detail"].startswith("within 120 s")
    assert all(checks[name]["ok"] for name in ("embedder", "Ollama", "proxies", "loops"))


async def test_no_network_is_said(house: House) -> None:
    with Refused() as nobody:
        await house.add_address("acme", nobody.base_url)
        checks = await examined(house)
    assert "is there a network" in checks["reachable"]["detail"]
    (found,) = checks["reachable"]["problems"]
    assert (found["code"], "acme: " in found["detail"]) == ("provider_failed", True)
    assert checks["clock"]["ok"]


async def test_a_clock_that_is_off(
    house: House, up: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.add(up)
    monkeypatch.setattr("butler.engine.admin.surroundings._FARTHEST_OFF_S", -1)
    checks = await examined(house)
    assert [found["code"] for found in checks["clock"]["problems"]] == ["clock_off"]


async def test_proxies_are_named_without_their_password(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:s3cret@proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", "socks5://proxy.example:1080")
    check = (await examined(house))["proxies"]
    assert check["detail"] == "http through proxy.example, https through proxy.example"
    assert [found["code"] for found in check["problems"]] == ["proxy_unusable"]
    assert "s3cret" not in str(check)


async def test_local_only_asks_nobody_outside(house: House) -> None:
    await house.add_address("far", "https://api.example.com/v1")
    await house.set(privacy__local_only=True)
    assert (await examined(house))["reachable"]["detail"] == "no provider to ask"


async def test_an_ollama_that_cuts_prompts_is_named(house: House) -> None:
    home = {"base_url": "http://127.0.0.1:9/v1", "models": [{"name": "alpha"}]}
    options = {"preset": "ollama"}
    await house.add_body({"name": "mine", "kind": "ollama", **home, "options": options})
    assert "without a word" not in (await examined(house))["Ollama"]["detail"]
    was = {"name": "old", "kind": "openai_compatible", **home, "options": options}
    await house.add_body(was)
    check = (await examined(house))["Ollama"]
    assert "; old asked by OpenAI's protocol: Ollama cuts long prompts" in check["detail"]
    assert check["ok"]
