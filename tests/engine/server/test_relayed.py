"""Headers of a provider's answer: what libraries make use of travels on, and nothing else."""

from butler.engine.server.relayed import relayed
from tests.e2e.house import House
from tests.e2e.test_fallback import Raw
from tests.fakes import Upstream

SENT = {
    "X-RateLimit-Remaining-Tokens": "12",
    "openai-processing-ms": "7",
    "anthropic-ratelimit-requests-limit": "5",
    "request-id": "req_vendor",
}
KEPT = {
    "Set-Cookie": "a=b",
    "Connection": "x-mine",
    "Alt-Svc": "h3",
    "Content-Encoding": "identity",
    "Server": "vendor",
    "Strict-Transport-Security": "max-age=1",
    "x-butler-target": "liar/liar",
    "Access-Control-Allow-Origin": "*",
}


def test_which_travel() -> None:
    assert relayed({**SENT, **KEPT}) == SENT


def test_control_characters_do_not() -> None:
    assert relayed({"x-request-id": "a\x01b", "request-id": "a\udce9", "cf-ray": "é"}) == {
        "cf-ray": "é"
    }


async def test_they_travel_with_answers_and_refusals(house: House, up: Upstream) -> None:
    await house.add(up)
    whole = b'{"choices":[{"message":{"content":"hi"}}]}'
    event = b'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\n'
    for status, body, stream in ((200, whole, False), (200, event, True), (400, b"{}", True)):
        kind = "text/event-stream" if body == event else "application/json"
        up.script(Raw((body,), status, kind, {**SENT, **KEPT}))
        got = await house.ask(stream=stream)
        assert got.status == status
        assert {name: got.headers[name] for name in SENT} == SENT
        assert got.headers["Server"] == "butler"
        assert got.headers["x-butler-target"] == "acme/alpha"
        assert "Set-Cookie" not in got.headers
        assert "Access-Control-Allow-Origin" not in got.headers
