"""The doctor finds what is wrong and says what to do."""

from pathlib import Path
from typing import Any

import aiohttp

from butler.engine.engine import Engine, StartOptions
from tests.e2e.house import MASTER_KEY, House
from tests.fakes import Upstream


async def examined(house: House) -> dict[str, Any]:
    return {check["name"]: check for check in (await house.admin("GET", "doctor")).json["items"]}


async def test_a_healthy_house(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.ask()
    await house.row()
    checks = await examined(house)
    assert list(checks) == [
        "endpoint", "ports", "master key", "database", "disk", "providers", "rules",
        "default target", "arbiter", "reachable", "clock", "Ollama", "embedder", "proxies", "loops",
    ]  # fmt: skip
    assert all(check["ok"] and not check["problems"] for check in checks.values())
    assert checks["endpoint"]["detail"] == house.engine.base_url
    assert checks["database"]["detail"].endswith("1 requests today")
    assert checks["default target"]["detail"] == "acme/alpha"
    assert checks["disk"]["detail"].endswith("GiB free")


async def test_the_demo_is_told(house: House) -> None:
    assert (await examined(house))["providers"]["detail"] == "the demo answers"


async def test_a_key_in_a_file_is_repeated(tmp_path: Path) -> None:
    async with House(tmp_path, {"BUTLER_MASTER_KEY": ""}) as house:
        check = (await examined(house))["master key"]
        assert not check["ok"]
        assert [found["code"] for found in check["problems"]] == ["key_file_in_use"]
        assert check["problems"][0]["hint"]
        warnings = (await house.status())["warnings"]
        assert [found["code"] for found in warnings] == ["key_file_in_use"]


async def test_broken_rules_and_a_missing_default_are_found(house: House, up: Upstream) -> None:
    added = await house.add(up)
    await house.rule("acme/beta")
    await house.set(routing__default_target="acme/beta")
    await house.admin("PATCH", f"providers/{added['id']}", {"models": [{"name": "alpha"}]})
    checks = await examined(house)
    assert [name for name, check in checks.items() if not check["ok"]] == [
        "rules",
        "default target",
    ]
    assert checks["default target"]["detail"] == "none"
    assert all("acme/beta" in check["problems"][0]["detail"] for check in checks.values()
               if not check["ok"])  # fmt: skip


async def test_ports_that_somebody_else_has_are_told(tmp_path: Path) -> None:
    async with Upstream() as other, House(tmp_path) as house:
        assert (await examined(house))["ports"]["ok"]
        await house.set(server__port=other.port)
    engine = Engine(StartOptions(tmp_path, {"BUTLER_MASTER_KEY": MASTER_KEY}, serving=False))
    async with Upstream(port=other.port):
        await engine.start()
        try:
            headers = {"Authorization": f"Bearer {engine.admin_token}"}
            async with (
                aiohttp.ClientSession(headers=headers) as session,
                session.get(f"{engine.admin_url}/api/v1/doctor") as reply,
            ):
                checks = {check["name"]: check for check in (await reply.json())["items"]}
        finally:
            await engine.stop()
    assert [found["code"] for found in checks["ports"]["problems"]] == ["port_taken"]
