"""Embeddings, asked for as the vendor's own client and others do."""

import json

import openai
import pytest

from tests.e2e.house import House
from tests.fakes import Fail
from tests.fakes.service_upstream import ServiceUpstream
from tests.fakes.services import vector

SMALL = "text-embedding-3-small"
SECRET = "my key is sk-proj-4f9aK2mQ8xW1zR7tB3nV6cY0"


async def test_the_sdk_gets_numbers_though_base64_travels(
    house: House, vendor: ServiceUpstream
) -> None:
    await house.set(routing__default_embedding_target=f"acme/{SMALL}")
    async with house.sdk() as sdk:
        got = await sdk.embeddings.create(model="auto", input=["one", "two"])
    assert [each.embedding for each in got.data] == [vector(0, 3), vector(1, 3)]
    assert got.model == f"acme/{SMALL}"
    assert vendor.wanted[0].fields["encoding_format"] == "base64"
    row = await house.row()
    assert (row["endpoint"], row["target"], row["layer"]) == (
        "embeddings",
        f"acme/{SMALL}",
        "default",
    )
    assert (row["input_tokens"], row["output_tokens"], row["usage_source"]) == (4, 0, "reported")
    assert row["trace"][-1]["reason"].startswith("embeddings are not routed")


@pytest.mark.parametrize("given", ["a", ["a", "b"], [1, 2, 3], [[1, 2], [3]]])
async def test_every_kind_of_input_arrives_as_it_was_sent(
    house: House, vendor: ServiceUpstream, given: object
) -> None:
    body = {"input": given, "dimensions": 2, "encoding_format": "float", "model": f"acme/{SMALL}"}
    got = await house.call("POST", "/v1/embeddings", body)
    assert got.status == 200, got.raw
    assert got.json["data"][0]["embedding"] == vector(0, 2)
    assert got.json["model"] == f"acme/{SMALL}"
    assert vendor.seen[0].body_bytes == json.dumps({**body, "model": SMALL}).encode()
    assert got.headers["x-butler-target"] == f"acme/{SMALL}"
    assert got.headers["x-butler-layer"] == "direct"


async def test_without_a_default_it_says_what_to_set(house: House, vendor: ServiceUpstream) -> None:
    got = await house.call("POST", "/v1/embeddings", {"input": "a"})
    assert (got.status, got.error["code"]) == (400, "no_default_model")
    assert "routing.default_embedding_target" in got.error["message"]
    assert f"acme/{SMALL}" in got.error["message"]
    assert vendor.seen == []


async def test_a_model_that_makes_something_else_is_refused(
    house: House, vendor: ServiceUpstream
) -> None:
    got = await house.call("POST", "/v1/embeddings", {"input": "a", "model": "tts-1"})
    assert (got.status, got.error["code"]) == (400, "model_not_capable")
    assert f"acme/{SMALL}" in got.error["message"]
    assert vendor.seen == []


async def test_the_owners_word_about_a_model_counts(house: House, vendor: ServiceUpstream) -> None:
    got = await house.admin("PATCH", "models/acme%2Fgpt-4o", {"makes": ["chat", "embedding"]})
    assert got.status == 200, got.raw
    asked = await house.call("POST", "/v1/embeddings", {"input": "a", "model": "gpt-4o"})
    assert asked.status == 200, asked.raw


async def test_an_unknown_name_is_a_404_with_the_nearest(
    house: House, vendor: ServiceUpstream
) -> None:
    async with house.sdk() as sdk:
        with pytest.raises(openai.NotFoundError, match=SMALL):
            await sdk.embeddings.create(model="text-embedding-3-smal", input="a")


async def test_auto_chat_never_goes_to_an_embedding_model(
    house: House, vendor: ServiceUpstream
) -> None:
    await house.rule(f"acme/{SMALL}")
    assert (await house.ask()).headers["x-butler-target"] == "acme/gpt-4o"
    await house.set(routing__default_target=f"acme/{SMALL}")
    got = await house.ask()
    assert (got.status, got.error["code"]) == (400, "refused_by_makes")


async def test_a_vendors_refusal_passes_in_its_own_words(
    house: House, vendor: ServiceUpstream
) -> None:
    body = {"input": "a", "dimensions": 2, "model": "acme/text-embedding-ada-002"}
    got = await house.call("POST", "/v1/embeddings", body)
    assert (got.status, got.error["param"]) == (400, "dimensions")


async def test_a_busy_vendor_is_asked_again(house: House, vendor: ServiceUpstream) -> None:
    vendor.script(Fail(503))
    got = await house.call("POST", "/v1/embeddings", {"input": "a", "model": f"acme/{SMALL}"})
    assert (got.status, got.headers["x-butler-attempts"]) == (200, "2")


async def test_privacy_rules_read_what_is_embedded(house: House, vendor: ServiceUpstream) -> None:
    when = {"all": [{"kind": "contains_secrets"}, {"kind": "private"}]}
    await house.rule("acme/gpt-4o", when=when)
    body = {"input": ["harmless", SECRET], "model": f"acme/{SMALL}"}
    got = await house.call("POST", "/v1/embeddings", body)
    assert (got.status, got.error["code"]) == (400, "refused_by_privacy_rule")
    assert vendor.seen == []
    free = await house.call("POST", "/v1/embeddings", {**body, "input": "harmless"})
    assert free.status == 200


async def test_a_tokens_models_bind_services_too(house: House, vendor: ServiceUpstream) -> None:
    made = await house.admin("POST", "tokens", {"name": "few", "allowed_models": ["acme/gpt-4o"]})
    body = {"input": "a", "model": f"acme/{SMALL}"}
    got = await house.call("POST", "/v1/embeddings", body, token=made.json["token"])
    assert (got.status, got.error["code"]) == (403, "model_not_allowed")


@pytest.mark.parametrize("path", ["/embeddings", "/v1/embeddings/", "/v1/v1/embeddings"])
async def test_base_urls_are_taken_with_and_without_v1(
    house: House, vendor: ServiceUpstream, path: str
) -> None:
    got = await house.call("POST", path, {"input": "a", "model": SMALL})
    assert got.status == 200


async def test_azures_deployments_have_their_own_addresses(house: House) -> None:
    async with ServiceUpstream() as upstream:
        await house.add(upstream, options={"api_version": "2024-10-21"})
        await house.call("POST", "/v1/embeddings", {"input": "a", "model": SMALL})
        place = f"/openai/deployments/{SMALL}/embeddings?api-version=2024-10-21"
        assert upstream.seen[0].path == place
