"""Setting providers up: forms as data, drafts tried before they are saved, real errors in words."""

from typing import Any

import pytest

from tests.e2e.house import House
from tests.engine.dispatch.test_probe import Listless
from tests.fakes import Upstream

KEY = "sk-a-wrong-key-of-usual-length"


def draft(up: Upstream, **said: Any) -> dict[str, Any]:
    return {
        "kind": "openai_compatible",
        "base_url": up.base_url,
        "api_key": up.key,
        **said,
    }


async def test_forms_and_presets(house: House) -> None:
    kinds = (await house.admin("GET", "provider-kinds")).json["items"]
    names = {kind["id"] for kind in kinds}
    assert names > {"openai_compatible", "anthropic_compatible", "openai_responses"}
    assert "demo" not in names
    assert {"base_url", "api_key"} <= {field["name"] for field in kinds[0]["fields"]}
    presets = {row["id"]: row for row in (await house.admin("GET", "presets")).json["items"]}
    assert {"openai", "anthropic", "ollama", "vllm"} <= set(presets)
    assert (presets["openai"]["needs_key"], presets["ollama"]["needs_key"]) == (True, False)
    assert presets["openai"]["models"]


async def test_a_draft_is_tried_and_not_kept(house: House, up: Upstream) -> None:
    got = (await house.admin("POST", "providers:test", draft(up))).json
    assert (got["ok"], got["listed"], got["model"], got["problems"]) == (True, 2, None, [])
    assert got["detail"] == "It lists 2 models."
    got = (await house.admin("POST", "providers:test", draft(up, model="beta"))).json
    assert (got["ok"], got["model"]) == (True, "beta")
    assert (await house.status())["demo"]


async def test_what_is_wrong_is_told_in_words(house: House, up: Upstream) -> None:
    got = await house.admin("POST", "providers:test", draft(up, api_key=KEY))
    assert (got.status, got.json["ok"]) == (200, False)
    (found,) = got.json["problems"]
    assert (found["code"], bool(found["hint"])) == ("key_rejected", True)
    assert KEY.encode() not in got.raw
    gone = "http://127.0.0.1:1/v1"
    got = await house.admin("POST", "providers:test", draft(up, base_url=gone))
    assert got.json["problems"][0]["code"] == "provider_failed"
    assert "refused" in got.json["detail"]


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"base_url": "nowhere"}, "invalid", "base_url"),
    ({"base_url": "http://169.254.169.254/v1"}, "address_forbidden", "base_url"),
    ({"base_url": "http://0xA9FEA9FE/v1"}, "address_forbidden", "base_url"),
    ({"base_url": "http://192.168.1.5/v1"}, "address_private", "base_url"),
    ({"options": {"speed": 1}}, "invalid", "options.speed"),
    ({"options": {"local": "yes"}}, "invalid", "options.local"),
    ({"options": {"proxy": "socks://x"}}, "invalid", "options.proxy"),
    ({"options": {"max_concurrent": 0}}, "invalid", "options.max_concurrent"),
    ({"options": {"ca_file": "/no/such/file"}}, "invalid", "options.ca_file"),
    ({"options": {"preset": "nobody"}}, "invalid", "options.preset"),
    ({"preset": "nobody"}, "not_found", "preset"),
    ({"preset": "anthropic"}, "invalid", "kind"),
    ({"kind": None}, "missing", "kind"),
    ({"kind": "magic"}, "unknown_kind", "kind"),
    ({"api_key": "sk-\u2026"}, "invalid", "api_key"),
]


async def test_what_could_not_be_saved_is_not_tried(
    house: House, up: Upstream, subtests: pytest.Subtests
) -> None:
    for said, code, field in REFUSED:
        with subtests.test(str(said)):
            body = draft(up, **said)
            got = (await house.admin("POST", "providers:test", body)).json
            (found,) = got["problems"]
            assert (got["ok"], found["code"], found["field"]) == (False, code, field)
            saved = await house.admin("POST", "providers", {**body, "name": "x"})
            assert (saved.status, saved.problem["code"]) == (422, code)
    assert up.seen == []


async def test_our_own_endpoint_is_refused(house: House, up: Upstream) -> None:
    for url in (house.engine.base_url, house.engine.admin_url):
        body = draft(up, base_url=url, name="loop")
        got = await house.admin("POST", "providers", body)
        assert (got.status, got.problem["code"]) == (422, "own_endpoint")
    await house.add(up)
    got = await house.admin("PATCH", "providers/acme", {"base_url": house.engine.base_url})
    assert (got.status, got.problem["code"]) == (422, "own_endpoint")


async def test_private_addresses_need_their_owners_word(house: House) -> None:
    body = {"name": "nas", "kind": "openai_compatible", "base_url": "http://192.168.1.5:8000/v1"}
    assert (await house.admin("POST", "providers", body)).problem["code"] == "address_private"
    local = {**body, "options": {"local": True}, "models": [{"name": "x"}]}
    assert (await house.admin("POST", "providers", local)).status == 201
    assert (await house.admin("GET", "health")).json["targets"][0]["local"]
    got = await house.admin("PATCH", "providers/nas", {"options": {}})
    assert (got.status, got.problem["code"]) == (422, "address_private")


async def test_a_preset_fills_in_what_is_left_out(house: House) -> None:
    got = await house.admin("POST", "providers", {"name": "mine", "preset": "anthropic"})
    assert got.status == 201, got.raw
    row = got.json
    assert (row["kind"], row["base_url"]) == ("anthropic_compatible", "https://api.anthropic.com")
    assert row["models"]
    assert row["models"][0]["guessed"]
    assert row["options"] == {"preset": "anthropic"}
    bare = {"name": "bare", "preset": "openai", "models": []}
    assert (await house.admin("POST", "providers", bare)).json["models"] == []


async def test_a_stored_one_is_tried_and_listed(house: House, up: Upstream) -> None:
    await house.add(up, models=[{"name": "beta"}], enabled=False)
    got = (await house.admin("POST", "providers/acme:test")).json
    assert (got["ok"], got["listed"], got["model"]) == (True, 2, None)
    got = (await house.admin("POST", "providers/acme:test?call=true")).json
    assert (got["ok"], got["model"]) == (True, "beta")
    models = (await house.admin("POST", "providers/acme:models")).json["items"]
    assert [(row["name"], row["configured"], row["chat"]) for row in models] == [
        ("alpha", False, True),
        ("beta", True, True),
    ]
    drafted = await house.admin("POST", "providers:models", draft(up))
    assert [row["name"] for row in drafted.json["items"]] == ["alpha", "beta"]


async def test_one_without_a_list_is_called(house: House, up: Upstream) -> None:
    up.vendor = Listless()
    await house.add(up)
    got = (await house.admin("POST", "providers/acme:test")).json
    assert (got["ok"], got["listed"], got["model"]) == (True, None, "alpha")
    assert got["detail"] == "It gives no list of models; alpha answered a call."
    listed = await house.admin("POST", "providers/acme:models")
    assert (listed.status, listed.problem["code"]) == (502, "provider_failed")
    nothing = (await house.admin("POST", "providers:test", draft(up))).json
    assert (nothing["ok"], "name a model" in nothing["detail"]) == (False, True)


async def test_the_demo_can_be_tried(house: House) -> None:
    got = (await house.admin("POST", "providers/demo:test?call=true")).json
    assert (got["ok"], got["model"]) == (True, "cheap")
    assert (await house.admin("POST", "providers/nobody:test")).status == 404


async def test_looking_around_finds_no_butler(house: House) -> None:
    got = await house.admin("POST", "providers:discover")
    assert got.status == 200
    ours = (house.engine.base_url, house.engine.admin_url)
    assert not [row for row in got.json["items"] if row["base_url"].startswith(ours)]
