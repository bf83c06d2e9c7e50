"""`POST /v1/messages/count_tokens`: an estimate at once, and refusals in the vendor's shape."""

from tests.e2e.house import HELLO, House


async def test_it_counts(house: House) -> None:
    body = {"model": "claude-opus-5-5", "messages": HELLO}
    got = await house.call("POST", "/v1/messages/count_tokens?beta=true", body)
    assert got.status == 200
    assert 5 <= got.json["input_tokens"] <= 20
    assert (await house.admin("GET", "requests")).json["items"] == []


async def test_it_refuses(house: House) -> None:
    got = await house.call("POST", "/v1/messages/count_tokens", {"model": "auto"})
    assert (got.status, got.json["type"]) == (400, "error")
    assert got.json["error"]["type"] == "invalid_request_error"
    got = await house.call("POST", "/v1/messages/count_tokens", {}, token="wrong")
    assert (got.status, got.json["error"]["type"]) == (401, "authentication_error")
