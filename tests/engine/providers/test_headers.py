"""Headers travel on unless they are the connection's, the client's secrets, or ours."""

import pytest
from multidict import CIMultiDict

from butler.engine.providers.headers import hops_of, passed_on

ALWAYS = {
    "accept-encoding": "identity",
    "content-type": "application/json",
    "x-butler-hops": "1",
}


@pytest.mark.parametrize(
    "name",
    [
        "Authorization", "X-Api-Key", "api-key", "X-Goog-Api-Key", "Proxy-Authorization", "Cookie",
        "Origin", "Referer", "Host", "Content-Length", "Transfer-Encoding", "Connection", "TE",
        "Upgrade", "Expect", "Accept-Encoding", "Content-Encoding", "Content-Type", "Keep-Alive",
        "X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "Sec-Fetch-Mode", "Proxy-Connection",
        "x-butler-request-id", "X-BUTLER-ANYTHING",
    ],
)  # fmt: skip
def test_these_stay_behind(name: str) -> None:
    assert passed_on(CIMultiDict({name: "secret"})) == ALWAYS


@pytest.mark.parametrize(
    "name",
    ["User-Agent", "anthropic-version", "OpenAI-Organization", "HTTP-Referer", "X-Title", "Accept"],
)
def test_these_travel_on(name: str) -> None:
    assert passed_on(CIMultiDict({name: "v"})) == ALWAYS | {name.lower(): "v"}


def test_what_the_connection_header_names_stays_behind() -> None:
    headers = CIMultiDict({"Connection": "close, X-Hop ,x-other", "x-hop": "1", "X-Stay": "2"})
    assert passed_on(headers) == ALWAYS | {"x-stay": "2"}


def test_a_header_that_is_sent_twice_is_one_list() -> None:
    headers = CIMultiDict([("Anthropic-Beta", "a"), ("anthropic-beta", "b"), ("X", "c")])
    assert passed_on(headers) == ALWAYS | {"anthropic-beta": "a, b", "x": "c"}


@pytest.mark.parametrize(
    ("text", "hops"), [("2", 2), ("", 0), ("x", 0), ("-1", 0), ("1e9", 0), ("99999", 0), ("²", 0)]
)
def test_hops_are_counted(text: str, hops: int) -> None:
    headers = CIMultiDict({"x-butler-hops": text})
    assert hops_of(headers) == hops
    assert passed_on(headers)["x-butler-hops"] == str(hops + 1)
