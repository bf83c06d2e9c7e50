"""Who may talk to the endpoint: a token of ours, from a page of ours or from no page at all."""

import hashlib

import pytest

from butler.engine.call import Caller
from butler.engine.errors import ClientError
from butler.engine.server.guard import authenticate, check_hops, check_origin
from tests.e2e.house import HELLO, House, http, talk

ME = Caller("tok_1", "me")
TOKENS = {hashlib.sha256(b"sk-1").digest(): ME}


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer sk-1"},
        {"Authorization": "bearer   sk-1 "},
        {"Authorization": "BEARER sk-1"},
        {"x-api-key": " sk-1"},
        {"Authorization": "Basic abc", "x-api-key": "sk-1"},
        {"Authorization": "Bearer ", "x-api-key": "sk-1"},
    ],
)
def test_whose_token_it_is(headers: dict[str, str]) -> None:
    assert authenticate(headers, TOKENS) == ME


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "missing_api_key"),
        ({"Authorization": ""}, "missing_api_key"),
        ({"Authorization": "Bearer"}, "missing_api_key"),
        ({"Authorization": "sk-1"}, "missing_api_key"),
        ({"Authorization": "Bearer sk-2"}, "invalid_api_key"),
        ({"Authorization": "Bearer SK-1"}, "invalid_api_key"),
        ({"Authorization": "Bearer sk-1 sk-1"}, "invalid_api_key"),
        ({"Authorization": "Bearer \udcff"}, "invalid_api_key"),
        ({"x-api-key": "sk-"}, "invalid_api_key"),
        ({"Authorization": "Bearer wrong", "x-api-key": "sk-1"}, "invalid_api_key"),
    ],
)
def test_whose_token_it_is_not(headers: dict[str, str], code: str) -> None:
    with pytest.raises(ClientError) as caught:
        authenticate(headers, TOKENS)
    assert (caught.value.status, caught.value.code) == (401, code)
    assert caught.value.type == "authentication_error"
    assert "sk-" not in caught.value.message


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "192.168.0.7", "butler.localhost"],
)
def test_hosts_that_no_name_server_can_bend(host: str) -> None:
    check_origin({"Host": host})


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "1", "[::1", "a:b:c", "@x"],
)
def test_hosts_that_one_can(host: str) -> None:
    with pytest.raises(ClientError, match="not answered here") as caught:
        check_origin({"Host": host})
    assert (caught.value.status, caught.value.code) == (403, "forbidden_host")


def test_a_name_that_the_owner_gave_this_machine() -> None:
    check_origin({"Host": "butler.lan:8080"}, {"butler.lan"})
    check_origin({"Host": "BUTLER.lan."}, {"butler.lan"})
    check_origin({"Host": "butler.lan", "Origin": "http://butler.lan"}, {"butler.lan"})
    for host, origin in (("other.lan", ""), ("butler.lan", "http://evil.example")):
        with pytest.raises(ClientError):
            check_origin({"Host": host, "Origin": origin}, {"butler.lan"})


async def test_a_given_name_holds_at_both_doors(house: House) -> None:
    named = {"Host": "butler.lan"}
    assert (await house.call("GET", "/health", headers=named)).status == 403
    assert (await house.admin("GET", "status", headers=named)).status == 403
    await house.set(server__allowed_hosts="a.example, Butler.LAN")
    for path in ("/health", "/v1/models"):
        assert (await house.call("GET", path, headers=named)).status == 200
    assert (await house.admin("GET", "status", headers=named)).status == 200
    assert (await house.call("GET", "/health", headers={"Host": "x.lan"})).status == 403


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8080", "http://localhost:3000"),
        ("localhost", "https://127.0.0.1"),
        ("127.0.0.1", "http://[::1]:5173"),
        ("192.168.0.7:8080", "http://192.168.0.7:3000"),
        ("localhost", "vscode-webview://abc"),
        ("localhost", "app://obsidian.md"),
        ("localhost", "chrome-extension://abc"),
        ("localhost", ""),
    ],
)
def test_pages_of_this_machine_and_desktop_apps(host: str, origin: str) -> None:
    check_origin({"Host": host, "Origin": origin})


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost.evil.example",
        "http://203.0.113.9",
        "http://[2001:db8::1]",
        "null",
        "http://",
        "http://[",
        "HTTP://Evil.example",
        "http://\udcff",
    ],
)
def test_pages_from_elsewhere(origin: str) -> None:
    with pytest.raises(ClientError) as caught:
        check_origin({"Host": "localhost", "Origin": origin})
    assert (caught.value.status, caught.value.code) == (403, "forbidden_origin")
    caught.value.message.encode()


async def test_every_door_has_its_guard(house: House) -> None:
    for method, path in (("POST", "/v1/chat/completions"), ("GET", "/v1/models")):
        body = {"messages": HELLO} if method == "POST" else None
        for headers, token, status in (
            ({}, "", 401),
            ({}, "wrong", 401),
            ({"Host": "evil.example"}, None, 403),
            ({"Origin": "https://evil.example"}, None, 403),
            ({"x-api-key": house.token}, "", 200),
            ({"Authorization": f"bearer {house.token}"}, "", 200),
        ):
            got = await house.call(method, path, body, headers=headers, token=token)
            assert got.status == status, (method, headers, got.raw)
    assert (await house.call("GET", "/health", headers={"Host": "evil.example"})).status == 403


async def test_a_token_counts_until_the_request_after_it_was_revoked(house: House) -> None:
    made = (await house.admin("POST", "tokens", {"name": "laptop"})).json
    assert (await house.call("GET", "/v1/models", token=made["token"])).status == 200
    await house.admin("DELETE", f"tokens/{made['id']}")
    got = await house.call("GET", "/v1/models", token=made["token"])
    assert (got.status, got.error["code"]) == (401, "invalid_api_key")
    assert (await house.call("GET", "/v1/models")).status == 200


async def test_a_refused_upload_is_refused_before_it_is_read(house: House) -> None:
    sent = http(b"x" * 1_000_000, "wrong").replace(b"Length: 1000000", b"Length: 50000000")
    got = await talk(house.port, sent)
    assert got.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize("hops", ["0", "1", "3"])
def test_a_call_through_a_few_engines_passes(hops: str) -> None:
    check_hops({"x-butler-hops": hops})


def test_a_call_that_goes_in_circles_is_refused() -> None:
    with pytest.raises(ClientError) as refused:
        check_hops({"x-butler-hops": "4"})
    assert (refused.value.status, refused.value.code) == (400, "loop_detected")
