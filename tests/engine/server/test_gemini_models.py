"""`GET /v1beta/models` for Google's clients, who may also ask where others do."""

from tests.e2e.house import House
from tests.fakes import Upstream

GOOGLES = {"x-goog-api-client": "google-genai-sdk/3.4.0"}


async def test_auto_first_then_every_model_with_what_is_known_of_it(
    house: House, up: Upstream
) -> None:
    models = [{"name": "org/model", "alias": "快", "context_tokens": 1000}, {"name": "b"}]
    await house.add(up, models=models)
    auto, first, second = (await house.call("GET", "/v1beta/models?pageSize=1")).json["models"]
    assert [row["name"] for row in (auto, first, second)] == [
        "models/auto",
        "models/acme/org/model",
        "models/acme/b",
    ]
    assert (first["displayName"], first["inputTokenLimit"]) == ("快", 1000)
    assert "inputTokenLimit" not in auto.keys() | second.keys()
    assert auto["supportedGenerationMethods"] == ["generateContent", "countTokens"]
    googles = await house.call("GET", "/v1/models", headers=GOOGLES)
    assert googles.json["models"] == [auto, first, second]
    assert "data" in (await house.call("GET", "/v1/models")).json


async def test_one_model_by_any_of_its_names(house: House, up: Upstream) -> None:
    await house.add(up, models=[{"name": "org/model", "alias": "快"}])
    for name in ("acme/org/model", "org/model", "%E5%BF%AB", "models/acme%2Forg/model"):
        got = await house.call("GET", f"/v1beta/models/{name}")
        assert got.json["name"] == "models/acme/org/model"
    assert (await house.call("GET", "/v1beta/models/auto")).json["name"] == "models/auto"
    googles = await house.call("GET", "/v1/models/org/model", headers=GOOGLES)
    assert googles.json["name"] == "models/acme/org/model"
    for name in ("acme/nothing", "%20"):
        got = await house.call("GET", f"/v1beta/models/{name}")
        assert (got.status, got.json["error"]["status"]) == (404, "NOT_FOUND")
