"""Contents are judged by the model that is named, or by the default; rules hold for them, too."""

import pytest

from tests.e2e.house import House
from tests.fakes.service_upstream import ServiceUpstream

MODEL = "acme/omni-moderation-latest"


@pytest.mark.parametrize("given", ["a", ["a", "b"], [{"type": "text", "text": "a"}]])
async def test_the_sdk_gets_a_judgement(
    house: House, vendor: ServiceUpstream, given: object
) -> None:
    await house.set(routing__default_moderation_target=MODEL)
    async with house.sdk() as sdk:
        got = await sdk.moderations.create(input=given)  # type: ignore[arg-type]
    assert (got.model, got.results[0].flagged) == (MODEL, False)
    assert vendor.wanted[0].fields == {"model": MODEL.partition("/")[2], "input": given}
    assert (await house.row())["endpoint"] == "moderations"


async def test_without_a_default_it_says_what_to_set(house: House, vendor: ServiceUpstream) -> None:
    got = await house.call("POST", "/v1/moderations", {"input": "a"})
    assert (got.status, got.error["code"]) == (400, "no_default_model")
    assert "routing.default_moderation_target" in got.error["message"]


async def test_privacy_rules_hold_for_what_is_judged(house: House, vendor: ServiceUpstream) -> None:
    when = {"all": [{"kind": "contains_secrets"}, {"kind": "private"}]}
    await house.rule("acme/gpt-4o", when=when)
    secret = "my key is sk-proj-4f9aK2mQ8xW1zR7tB3nV6cY0"
    for given in (secret, [{"type": "text", "text": secret}]):
        got = await house.call("POST", "/v1/moderations", {"input": given, "model": MODEL})
        assert (got.status, got.error["code"]) == (400, "refused_by_privacy_rule")
    assert vendor.seen == []


async def test_a_provider_of_another_kind_can_not_serve_it(house: House) -> None:
    await house.add_body(
        {
            "name": "ant",
            "kind": "anthropic_compatible",
            "base_url": "http://127.0.0.1:9",
            "models": [{"name": "alpha"}],
        }
    )
    got = await house.call("POST", "/v1/moderations", {"input": "a", "model": "ant/alpha"})
    assert (got.status, got.error["code"]) == (400, "model_not_capable")
