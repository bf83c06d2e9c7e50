"""Settings over the admin API: all are read, some are changed, none by half."""

from pathlib import Path
from typing import Any

import pytest

from butler.engine.setting_table import SETTINGS
from tests.e2e.house import House
from tests.fakes import Upstream


async def rows(house: House) -> dict[str, Any]:
    items = (await house.admin("GET", "settings")).json["items"]
    return {row["key"]: row for row in items}


async def test_all_are_there_with_their_source(tmp_path: Path) -> None:
    environment = {"BUTLER_LOG_LEVEL": "debug", "BUTLER_PORT": "9"}
    async with House(tmp_path, environment) as house:
        await house.set(dispatch__idle_timeout_ms=5_000, server__port=7)
        found = await rows(house)
    assert list(found) == [setting.key for setting in SETTINGS]
    sources = {key: (row["value"], row["source"]) for key, row in found.items()}
    assert sources["log.level"] == ("debug", "environment")
    assert sources["dispatch.idle_timeout_ms"] == (5_000, "stored")
    assert sources["routing.enabled"] == (True, "default")
    # Stored, but the command line has the last word.
    assert sources["server.port"] == (0, "command line")
    assert found["log.level"]["choices"] == ["debug", "info", "warning", "error"]
    assert (found["server.port"]["minimum"], found["server.port"]["applies"]) == (0, "restart")


async def test_a_change_answers_with_all_and_null_is_the_default(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    changed = {"routing.enabled": False, "routing.default_target": "acme/beta"}
    got = await house.admin("PATCH", "settings", changed)
    values = {row["key"]: row["value"] for row in got.json["items"]}
    assert changed.items() <= values.items()
    await house.admin("PATCH", "settings", dict.fromkeys(changed))
    found = await rows(house)
    assert [found[key]["source"] for key in changed] == ["default", "default"]


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"routing.enabled": "yes"}, "invalid", "routing.enabled"),
    ({"dispatch.idle_timeout_ms": 1}, "invalid", "dispatch.idle_timeout_ms"),
    ({"dispatch.idle_timeout_ms": 2**70}, "invalid", "dispatch.idle_timeout_ms"),
    ({"routing.default_target": "acme/gone"}, "unknown_target", "target"),
    ({"routing.default_target": {"a": 1}}, "invalid", "routing.default_target"),
    ({"no.such": 1}, "not_found", "no.such"),
]


async def test_one_value_that_does_not_fit_undoes_all(
    house: House, up: Upstream, subtests: pytest.Subtests
) -> None:
    await house.add(up)
    revision = (await house.status())["revision"]
    for bad, code, field in REFUSED:
        with subtests.test(str(bad)):
            body = {"dispatch.connect_timeout_ms": 500, **bad}
            got = await house.admin("PATCH", "settings", body)
            assert (got.status, got.problem["code"], got.problem["field"]) == (422, code, field)
            assert got.problem["hint"]
    assert (await house.status())["revision"] == revision
    assert (await rows(house))["dispatch.connect_timeout_ms"]["source"] == "default"


async def test_the_default_target_may_be_an_alias(house: House, up: Upstream) -> None:
    await house.add(up, models=[{"name": "alpha"}, {"name": "beta", "alias": "a/b"}])
    await house.set(routing__default_target="a/b")
    assert (await house.ask()).headers["x-butler-target"] == "acme/beta"
