"""Client tokens: shown once, kept as a digest, with a sealed copy by choice."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream


async def test_a_token_is_shown_once(house: House) -> None:
    got = await house.admin("POST", "tokens", {"name": " laptop "})
    assert got.status == 201
    secret = got.json
    assert set(secret) == {"id", "name", "token"}
    assert secret["name"] == "laptop"
    assert secret["token"].startswith("sk-butler-")
    assert len(secret["token"]) >= 50
    listed = (await house.admin("GET", "tokens")).json["items"]
    assert [row["name"] for row in listed] == ["default", "laptop"]
    assert set(listed[1]) == {
        *("id", "name", "has_copy", "created_at", "expires_at"),
        *("allowed_models", "requests_per_minute", "last_used_at"),
    }
    assert listed[1]["has_copy"] is False
    refused = await house.admin("GET", f"tokens/{secret['id']}/secret")
    assert (refused.status, refused.problem["code"]) == (404, "no_copy")
    assert refused.problem["hint"]


async def test_a_copy_is_kept_by_choice(house: House) -> None:
    secret = (await house.admin("POST", "tokens", {"name": "kept", "keep_copy": True})).json
    for name in (secret["id"], "kept"):
        assert (await house.admin("GET", f"tokens/{name}/secret")).json == secret
    default = (await house.admin("GET", "tokens/default/secret")).json
    assert default["token"] == house.token


async def test_only_its_digest_lies_in_the_store(
    house: House, sql: Callable[[str], list[Any]]
) -> None:
    secret = (await house.admin("POST", "tokens", {"name": "n", "keep_copy": True})).json
    rows = sql("SELECT * FROM tokens")
    digest = hashlib.sha256(secret["token"].encode()).digest()
    assert any(digest in row for row in rows)
    assert secret["token"] not in str(rows)


async def test_renaming(house: House) -> None:
    before = (await house.admin("GET", "tokens")).json["items"][0]
    got = await house.admin("PATCH", "tokens/default", {"name": "laptop"})
    assert (got.status, got.json) == (200, {**before, "name": "laptop"})
    assert (await house.admin("PATCH", "tokens/laptop", {})).json["name"] == "laptop"
    assert (await house.ask()).status == 200
    assert (await house.row())["token_name"] == "laptop"


async def test_a_name_is_given_once_among_the_living(house: House) -> None:
    for method, path in (("POST", "tokens"), ("PATCH", "tokens/other")):
        await house.admin("POST", "tokens", {"name": "other"})
        got = await house.admin(method, path, {"name": "default"})
        assert (got.status, got.problem["code"]) == (409, "conflict")
    assert (await house.admin("DELETE", "tokens/default")).status == 200
    again = await house.admin("POST", "tokens", {"name": "default"})
    assert again.status == 201
    assert again.json["token"] != house.token


async def test_revoking(house: House) -> None:
    got = await house.admin("DELETE", "tokens/default")
    assert (got.status, got.json["name"]) == (200, "default")
    assert (await house.admin("GET", "tokens")).json["items"] == []
    assert (await house.ask()).status == 401
    assert (await house.admin("DELETE", "tokens/default")).status == 404


async def test_unknown_ones(house: House) -> None:
    for method, path, body in (
        ("GET", "tokens/nobody/secret", None),
        ("PATCH", "tokens/nobody", {"name": "x"}),
        ("DELETE", "tokens/nobody", None),
    ):
        got = await house.admin(method, path, body)
        assert (got.status, got.problem["code"]) == (404, "not_found")


LIMITS = {
    "expires_at": "2096-03-01T12:00:00+02:00",
    "allowed_models": ["auto", "acme/*"],
    "requests_per_minute": 60,
}


async def test_limits_are_kept_changed_and_lifted(house: House) -> None:
    await house.admin("POST", "tokens", {"name": "tight", **LIMITS})
    (row,) = (await house.admin("GET", "tokens")).json["items"][1:]
    kept = {**LIMITS, "expires_at": "2096-03-01T10:00:00Z"}
    assert {name: row[name] for name in LIMITS} == kept
    renamed = (await house.admin("PATCH", "tokens/tight", {"name": "t"})).json
    assert {name: renamed[name] for name in LIMITS} == kept
    lifted = (await house.admin("PATCH", "tokens/t", dict.fromkeys(LIMITS))).json
    assert [lifted[name] for name in LIMITS] == [None, [], None]
    again = (await house.admin("PATCH", "tokens/t", LIMITS)).json
    assert {name: again[name] for name in LIMITS} == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("expires_at", "2020-01-01T00:00:00Z"),
        ("expires_at", "2096-01-01T00:00:00"),
        ("expires_at", 4_000_000_000),
        ("allowed_models", ["gpt"]),
        ("allowed_models", ["/x"]),
        ("allowed_models", "auto"),
        ("requests_per_minute", 0),
        ("requests_per_minute", True),
        ("requests_per_minute", 1.5),
    ],
)
async def test_limits_that_do_not_fit(house: House, field: str, value: object) -> None:
    for method, path in (("POST", "tokens"), ("PATCH", "tokens/default")):
        got = await house.admin(method, path, {"name": "x", field: value})
        assert (got.status, got.problem["code"]) == (422, "invalid")
        assert str(got.problem["field"]).startswith(field)
    (row,) = (await house.admin("GET", "tokens")).json["items"]
    assert row["name"] == "default"


async def test_an_expiry_holds_from_the_request_after_it(house: House) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.7)
    got = await house.admin("PATCH", "tokens/default", {"expires_at": soon.isoformat()})
    assert got.status == 200
    assert (await house.ask()).status == 200
    await asyncio.sleep(0.75)
    got = await house.ask()
    assert (got.status, got.error["code"]) == (401, "expired_api_key")
    assert "'default' expired" in got.error["message"]
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    await house.admin("PATCH", "tokens/default", {"expires_at": later})
    assert (await house.ask()).status == 200


async def test_allowed_models_bind_names_and_listing(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.admin("PATCH", "tokens/default", {"allowed_models": ["acme/al*"]})
    listed = (await house.call("GET", "/v1/models")).json["data"]
    assert [row["id"] for row in listed] == ["acme/alpha"]
    assert (await house.ask("acme/alpha")).status == 200
    for name in ("acme/beta", "auto"):
        got = await house.ask(name)
        assert (got.status, got.error["code"], got.error["param"]) == (
            403,
            "model_not_allowed",
            "model",
        )
        assert (await house.call("GET", f"/v1/models/{name}")).status == 403
    assert (await house.call("GET", "/v1/models/alpha")).status == 200


async def test_rotating_gives_another_text_and_ends_the_old_one(house: House) -> None:
    made = (await house.admin("POST", "tokens", {"name": "n", "requests_per_minute": 7})).json
    got = await house.admin("POST", f"tokens/{made['id']}:rotate")
    assert (got.status, got.json["id"], got.json["name"]) == (200, made["id"], "n")
    assert got.json["token"] != made["token"]
    assert (await house.call("GET", "/v1/models", token=made["token"])).status == 401
    assert (await house.call("GET", "/v1/models", token=got.json["token"])).status == 200
    (row,) = (await house.admin("GET", "tokens")).json["items"][1:]
    assert (row["requests_per_minute"], row["has_copy"]) == (7, False)
    assert (await house.admin("POST", "tokens/nobody:rotate")).status == 404


async def test_a_rotated_copy_is_the_new_text(house: House) -> None:
    got = await house.admin("POST", "tokens/default:rotate")
    assert (await house.admin("GET", "tokens/default/secret")).json == got.json
    assert got.json["token"] != house.token
