"""Pages of other origins: none by default, those that the owner has listed when they are."""

import pytest

from tests.e2e.house import HELLO, Got, House
from tests.fakes import Upstream

PAGE = "https://chat.example"
ASK = {
    "Origin": PAGE,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type, x-stainless-os",
}
PATH = "/v1/chat/completions"


async def ask_from(house: House, origin: str, *, stream: bool = False, model: str = "auto") -> Got:
    body = {"model": model, "messages": HELLO, "stream": stream}
    return await house.post(body, headers={"Origin": origin})


async def test_no_page_by_default(house: House, up: Upstream) -> None:
    await house.add(up)
    got = await house.call("OPTIONS", PATH, headers=ASK, token="")
    assert got.status == 405
    got = await ask_from(house, PAGE)
    assert (got.status, got.error["code"]) == (403, "forbidden_origin")
    assert not [name for name in got.headers if name.startswith("Access-Control")]
    assert not up.seen


@pytest.fixture
async def listed(house: House, up: Upstream) -> None:
    """Two origins that may."""
    await house.add(up)
    await house.set(server__allowed_origins=f"app://notes, {PAGE.upper()}")


@pytest.mark.usefixtures("listed")
async def test_a_listed_page_may_ask_first(house: House) -> None:
    for path in (PATH, "/v1/models", "/nowhere"):
        got = await house.call("OPTIONS", path, headers=ASK, token="")
        assert (got.status, got.raw) == (204, b"")
        assert got.headers["Access-Control-Allow-Origin"] == PAGE
        assert got.headers["Access-Control-Allow-Headers"] == ASK["Access-Control-Request-Headers"]
        assert "POST" in got.headers["Access-Control-Allow-Methods"]
        assert got.headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in got.headers


@pytest.mark.usefixtures("listed")
async def test_a_listed_page_reads_answers_streams_and_refusals(house: House) -> None:
    for got in (
        await ask_from(house, PAGE),
        await ask_from(house, PAGE, stream=True),
        await ask_from(house, PAGE, model="grok-9"),
        await ask_from(house, "app://notes"),
        await house.call("GET", "/v1/models", headers={"Origin": PAGE}),
        await house.call("GET", "/health", headers={"Origin": PAGE}),
    ):
        assert got.headers["Access-Control-Allow-Origin"] in (PAGE, "app://notes")
        assert got.headers["Access-Control-Expose-Headers"] == "*"
    assert (await ask_from(house, PAGE)).status == 200


@pytest.mark.usefixtures("listed")
async def test_other_pages_still_may_not(house: House) -> None:
    for page in ("https://chat.example.evil", "http://chat.example", "null", f"{PAGE}:444"):
        got = await ask_from(house, page)
        assert (got.status, got.error["code"]) == (403, "forbidden_origin")
        assert "Access-Control-Allow-Origin" not in got.headers
        asked = await house.call("OPTIONS", PATH, headers={**ASK, "Origin": page}, token="")
        assert asked.status == 405
        assert "Access-Control-Allow-Origin" not in asked.headers


@pytest.mark.usefixtures("listed")
async def test_a_listed_page_needs_a_token_and_our_name(house: House) -> None:
    got = await house.call("POST", PATH, {"messages": HELLO}, headers={"Origin": PAGE}, token="")
    assert got.status == 401
    rebound = {**ASK, "Host": "evil.example"}
    assert (await house.call("OPTIONS", PATH, headers=rebound, token="")).status == 403


@pytest.mark.usefixtures("listed")
async def test_the_admin_api_has_none_of_it(house: House) -> None:
    got = await house.admin("GET", "status", headers={"Origin": PAGE})
    assert got.status == 403
    assert "Access-Control-Allow-Origin" not in got.headers


@pytest.mark.usefixtures("listed")
async def test_odd_header_names_are_not_repeated(house: House) -> None:
    odd = {**ASK, "Access-Control-Request-Headers": "x;y<script>"}
    got = await house.call("OPTIONS", PATH, headers=odd, token="")
    assert got.status == 204
    assert "Access-Control-Allow-Headers" not in got.headers
    private = {**ASK, "Access-Control-Request-Private-Network": "true"}
    got = await house.call("OPTIONS", PATH, headers=private, token="")
    assert got.headers["Access-Control-Allow-Private-Network"] == "true"
