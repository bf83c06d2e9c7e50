"""A service's answers: what the client hears of the way they took, and what stays behind."""

import pytest

from tests.e2e.house import House
from tests.fakes import Fail
from tests.fakes.service_upstream import ServiceUpstream

EMBEDDINGS = "/v1/embeddings"
SMALL = "acme/text-embedding-3-small"


async def test_the_way_is_told_in_the_headers(house: House, vendor: ServiceUpstream) -> None:
    got = await house.call("POST", EMBEDDINGS, {"input": "a", "model": SMALL})
    told = {name.lower(): value for name, value in got.headers.items()}
    assert told["x-butler-target"] == SMALL
    assert (told["x-butler-cache"], told["x-butler-attempts"]) == ("miss", "1")
    assert float(told["x-butler-overhead-ms"]) >= 0
    assert told["x-request-id"] == "req_fake"
    assert told["content-type"] == "application/json"


async def test_a_failure_is_told_in_openais_shape(house: House, vendor: ServiceUpstream) -> None:
    await house.set(dispatch__retries=0)
    vendor.script(Fail(500))
    got = await house.call("POST", EMBEDDINGS, {"input": "a", "model": SMALL})
    assert (got.status, got.error["type"]) == (500, "server_error")
    row = await house.row()
    assert (row["status"], row["endpoint"], row["target"]) == (500, "embeddings", None)


@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_other_methods_are_refused(house: House, method: str) -> None:
    got = await house.call(method, EMBEDDINGS)
    assert (got.status, got.error["code"]) == (405, "method_not_allowed")


async def test_nobody_is_served_without_a_token(house: House, vendor: ServiceUpstream) -> None:
    got = await house.call("POST", EMBEDDINGS, {"input": "a", "model": SMALL}, token="")
    assert (got.status, got.error["code"]) == (401, "missing_api_key")
    assert vendor.seen == []


async def test_only_the_targets_name_is_told(house: House, vendor: ServiceUpstream) -> None:
    got = await house.call("POST", "/v1/audio/speech", _SPOKEN)
    assert b'{"model": "not a name"}' in got.raw


_SPOKEN = {"model": "tts-1", "voice": "alloy", "input": "Hello"}
