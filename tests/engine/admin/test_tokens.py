"""Client tokens: shown once, kept as a digest, with a sealed copy by choice."""

import hashlib
from collections.abc import Callable
from typing import Any

from tests.e2e.house import House


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
    assert set(listed[1]) == {"id", "name", "has_copy", "created_at"}
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
