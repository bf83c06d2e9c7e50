"""The addresses of Google's clients: every spelling of them, and what each word asks for."""

from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Upstream

BODY: dict[str, Any] = {"contents": [{"role": "user", "parts": [{"text": "Hello there!"}]}]}
GENERATE = "models/auto:generateContent"


@pytest.fixture
async def added(house: House, up: Upstream) -> Upstream:
    await house.add(up)
    return up


@pytest.mark.parametrize(
    "path",
    [
        f"/v1beta/{GENERATE}",
        f"/v1/{GENERATE}",
        f"/v1alpha/{GENERATE}",
        f"//v1beta/{GENERATE}",
        f"/v1beta/v1beta/{GENERATE}/",
        "/v1beta/models/models/acme/alpha:generateContent",
        "/v1beta/models/acme%2Falpha%3AgenerateContent",
    ],
)
async def test_every_spelling(house: House, added: Upstream, path: str) -> None:
    got = await house.call("POST", path, BODY)
    assert (got.status, got.json["modelVersion"]) == (200, "acme/alpha")


async def test_streams_by_alt(house: House, added: Upstream) -> None:
    for query, kind in (("?alt=sse", "text/event-stream"), ("", "application/json")):
        got = await house.call("POST", f"/v1beta/models/auto:streamGenerateContent{query}", BODY)
        assert (got.status, got.headers["Content-Type"].partition(";")[0]) == (200, kind)


async def test_counting_asks_nobody(house: House, added: Upstream) -> None:
    path = "/v1beta/models/auto:countTokens"
    alone = (await house.call("POST", path, BODY)).json["totalTokens"]
    wrapped = {"generateContentRequest": {"model": "models/auto", **BODY}}
    assert (await house.call("POST", path, wrapped)).json == {"totalTokens": alone}
    assert 0 < alone < 20
    assert added.seen == []
    assert (await house.call("POST", path, BODY, token="no")).status == 401


@pytest.mark.parametrize(
    ("path", "body", "status", "word"),
    [
        ("/v1beta/models/auto:predict", BODY, 404, "NOT_FOUND"),
        ("/v1beta/models/auto", BODY, 404, "NOT_FOUND"),
        ("/v1beta/files", BODY, 404, "NOT_FOUND"),
        (f"/v1beta/{GENERATE}", {}, 400, "INVALID_ARGUMENT"),
        ("/v1/models/acme/no:generateContent", BODY, 404, "NOT_FOUND"),
        ("/v1/models/auto:countTokens", {}, 400, "INVALID_ARGUMENT"),
    ],
)
async def test_errors_in_googles_words(
    house: House, added: Upstream, path: str, body: Any, status: int, word: str
) -> None:
    got = await house.call("POST", path, body)
    error = got.json["error"]
    assert (got.status, error["code"], error["status"]) == (status, status, word)
