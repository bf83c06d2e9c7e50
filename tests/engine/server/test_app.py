"""The endpoint's addresses: spelled tolerantly, and refused in JSON that vendors' clients read."""

import pytest

from butler.engine.errors import ClientError
from butler.engine.server.app import error_reply
from tests.e2e.house import HELLO, House, http, talk
from tests.fakes import Upstream

BASES = ("", "/v1", "/v1/v1", "//v1", "/v1/", "/")


async def test_base_urls_as_people_paste_them(
    house: House, up: Upstream, subtests: pytest.Subtests
) -> None:
    await house.add(up)
    for base in BASES:
        for end in ("", "/", "?api-version=1"):
            with subtests.test(base=base, end=end):
                path = f"{base}/chat/completions{end}"
                assert (await house.call("POST", path, {"messages": HELLO})).status == 200
                listed = await house.call("GET", f"{base}/models{end}")
                assert listed.json["data"][0]["id"] == "auto"
        assert (await house.call("GET", f"{base}/models/acme/alpha")).json["id"] == "acme/alpha"


REFUSED = {
    ("GET", "/v1/nowhere"): (404, "not_found"),
    ("POST", "/v1/batches"): (404, "not_found"),
    ("GET", "/"): (404, "not_found"),
    ("GET", "/v1/v1/v1/models"): (404, "not_found"),
    ("POST", "/v1/../../etc/passwd"): (404, "not_found"),
    ("GET", "/%ff%00"): (404, "not_found"),
    ("GET", "/v1/chat/completions"): (405, "method_not_allowed"),
    ("PUT", "/v1/chat/completions"): (405, "method_not_allowed"),
    ("OPTIONS", "/v1/chat/completions"): (405, "method_not_allowed"),
    ("DELETE", "/v1/models"): (405, "method_not_allowed"),
    ("POST", "/health"): (405, "method_not_allowed"),
}


async def test_other_addresses_are_refused_in_json(house: House, subtests: pytest.Subtests) -> None:
    for (method, path), (status, code) in REFUSED.items():
        with subtests.test(method=method, path=path):
            got = await house.call(method, path)
            assert (got.status, got.error["code"]) == (status, code)
            assert got.headers["Content-Type"].startswith("application/json")
            assert "Access-Control-Allow-Origin" not in got.headers
            assert ("Allow" in got.headers) is (status == 405)


async def test_a_405_says_what_is_allowed(house: House) -> None:
    assert (await house.call("PUT", "/v1/chat/completions")).headers["Allow"] == "POST"
    assert (await house.call("DELETE", "/v1/models")).headers["Allow"] == "GET, HEAD"


async def test_health_with_a_slash(house: House) -> None:
    assert (await house.call("GET", "/health/", token="")).json["status"] == "ok"


async def test_a_401_says_how_to_get_in(house: House) -> None:
    for got in (await house.call("GET", "/v1/models", token=""), await house.post({}, token="x")):
        assert (got.status, got.headers["WWW-Authenticate"]) == (401, 'Bearer realm="butler"')


async def test_a_request_that_is_no_http_gets_a_400_and_no_more(house: House) -> None:
    for sent in (b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n\r\n"):
        got = await talk(house.port, sent)
        assert got == b"" or b" 400 " in got.split(b"\r\n")[0]
        assert b"Traceback" not in got
    assert (await house.ask()).status == 200


async def test_a_connection_is_kept_through_good_and_bad_requests(house: House) -> None:
    good = http('{"messages":[{"role":"user","content":"hi"}]}', house.token)
    bad = http("{", house.token)
    kept = [part.replace(b"Connection: close\r\n", b"") for part in (good, bad, good, bad)]
    got = await talk(house.port, b"".join(kept))
    assert got.count(b"HTTP/1.1 200 OK") == 2
    assert got.count(b"HTTP/1.1 400 Bad Request") == 2


def test_an_error_has_all_four_fields() -> None:
    reply = error_reply(ClientError(418, "teapot", "No.", param="p", type_="t"), "/v1/models")
    assert reply.status == 418
    assert reply.body == b'{"error":{"message":"No.","type":"t","param":"p","code":"teapot"}}'
