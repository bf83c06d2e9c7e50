"""One exchange with a provider: its limits, its faults, and the connection it leaves behind."""

import asyncio
import errno
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import aiohttp
import pytest

from butler.engine.call import Timeouts
from butler.engine.dispatch import upstream as module
from butler.engine.dispatch.upstream import Exchange, Upstream, explain
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.base import Outgoing
from tests import fakes
from tests.e2e.test_fallback import Raw
from tests.engine.calls import PATIENT
from tests.fakes import exchange as fakes_exchange

BODY = b'{"model":"alpha","messages":[{"role":"user","content":"hi"}]}'


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    upstream = Upstream()
    yield upstream
    await upstream.close()


def outgoing(up: fakes.Upstream, body: bytes = BODY, secret: bytes | None = None) -> Outgoing:
    headers = {"authorization": f"Bearer {up.key}", "content-type": "application/json"}
    return Outgoing(f"{up.base_url}/chat/completions", headers, body, secret)


async def send(
    upstream: Upstream, up: fakes.Upstream, timeouts: Timeouts = PATIENT, *, streamed: bool = False
) -> Exchange:
    return await upstream.send(outgoing(up), timeouts, streamed=streamed)


@dataclass(frozen=True, slots=True)
class Peers:
    """Answers, and notes over which connections it was asked."""

    seen: set[object] = field(default_factory=set)

    async def play(self, exchange: fakes_exchange.Exchange) -> None:
        self.seen.add(exchange._transport.get_extra_info("peername"))
        await fakes.Answer().play(exchange)


async def test_a_connection_is_used_again_after_a_whole_answer(
    upstream: Upstream, up: fakes.Upstream
) -> None:
    peers = Peers()
    up.default = peers
    for _ in range(3):
        exchange = await send(upstream, up)
        assert b"Hello" in await exchange.body()
        exchange.close()
    assert len(peers.seen) == 1


async def test_only_our_headers_arrive(upstream: Upstream, up: fakes.Upstream) -> None:
    exchange = await send(upstream, up)
    await exchange.body()
    exchange.close()
    names = {name.lower() for name in up.seen[0].headers}
    # Accept-Encoding stands in what a provider prepares.
    assert names <= {"host", "authorization", "content-type", "content-length", "accept",
                     "accept-encoding"}  # fmt: skip


async def test_redirects_are_not_followed_and_cookies_not_kept(
    upstream: Upstream, up: fakes.Upstream
) -> None:
    cookie = {"Set-Cookie": "a=b", "Location": f"{up.base_url}/elsewhere"}
    up.script(Raw((b"",), 307, headers=cookie))
    first = await send(upstream, up)
    assert first.status == 307
    first.close()
    second = await send(upstream, up)
    second.close()
    assert len(up.seen) == 2
    assert "Cookie" not in up.seen[1].headers


async def test_a_large_body_goes_out_whole(upstream: Upstream, up: fakes.Upstream) -> None:
    large = BODY[:-1] + b',"user":"' + b"x" * 3_000_000 + b'"}'
    exchange = await upstream.send(outgoing(up, large), PATIENT, streamed=False)
    exchange.close()
    assert up.seen[0].body_bytes == large
    assert up.seen[0].headers["Content-Length"] == str(len(large))


@pytest.mark.parametrize("streamed", [True, False])
async def test_the_shorter_limit_ends_the_wait_for_a_head(
    upstream: Upstream, up: fakes.Upstream, streamed: bool
) -> None:
    up.default = fakes.Silence()
    limits = [replace(PATIENT, total_ms=50)]
    if streamed:
        limits.append(replace(PATIENT, first_byte_ms=50))
    for limit in limits:
        with pytest.raises(
            UpstreamError, match=r"did not begin to answer within 0\.05 s"
        ) as caught:
            await send(upstream, up, limit, streamed=streamed)
        assert (caught.value.kind, caught.value.status) == (FailureKind.TIMEOUT, 504)


async def test_a_stream_may_be_slow_but_not_silent(upstream: Upstream, up: fakes.Upstream) -> None:
    up.script(Raw((b"a", b"b", b"c")), fakes.Silence(after=0))
    limit = replace(PATIENT, idle_ms=300)
    exchange = await send(upstream, up, limit)
    assert b"".join([piece async for piece in exchange.pieces()]) == b"abc"
    exchange.close()
    exchange = await send(upstream, up, limit)
    with pytest.raises(UpstreamError) as caught:
        await anext(exchange.pieces())
    assert caught.value.kind is FailureKind.TIMEOUT
    exchange.close()
    await up.saw_disconnect(2)


async def test_a_body_without_an_end_is_given_up(
    upstream: Upstream, up: fakes.Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_BODY_BYTES", 100_000)
    up.script(Raw((b" " * 60_000, b" " * 60_000), content_type="application/json"))
    exchange = await send(upstream, up)
    with pytest.raises(UpstreamError, match="more than an answer can be"):
        await exchange.body()
    exchange.close()


async def test_an_endless_body_ends_with_the_time(upstream: Upstream, up: fakes.Upstream) -> None:
    up.script(fakes.Endless(chunk_delay_s=0.01))
    exchange = await send(upstream, up, replace(PATIENT, total_ms=200))
    with pytest.raises(UpstreamError) as caught:
        await exchange.body()
    assert caught.value.kind is FailureKind.TIMEOUT
    exchange.close()
    await up.saw_disconnect(2)


async def test_a_refusal_is_read_as_far_as_it_goes(upstream: Upstream, up: fakes.Upstream) -> None:
    endless = Raw((b"x" * 200_000,) * 3, 400)
    up.script(Raw((b"a", b"b", b"c"), 400), fakes.CutAfter(1), fakes.Silence(after=1), endless)
    limit = replace(PATIENT, idle_ms=100)
    lengths = []
    for _ in range(4):
        exchange = await send(upstream, up, limit)
        lengths.append(len(await exchange.error_body()))
        exchange.close()
    assert lengths[0] == 3
    assert 100 < lengths[1] == lengths[2]
    assert lengths[3] == 256 * 1024


async def test_an_echoed_key_goes_no_further(upstream: Upstream, up: fakes.Upstream) -> None:
    secret = b"sk-1234567890abcdef"
    up.default = Raw((b"1 " + secret + b" 2",))
    for read in ("pieces", "body", "error_body"):
        exchange = await upstream.send(outgoing(up, secret=secret), PATIENT, streamed=True)
        got = (
            b"".join([piece async for piece in exchange.pieces()])
            if read == "pieces"
            else await getattr(exchange, read)()
        )
        assert got == b"1 [key] 2"
        exchange.close()


async def test_a_header_with_an_echoed_key_goes_no_further(
    upstream: Upstream, up: fakes.Upstream
) -> None:
    key = "sk-0123456789abcdef"
    up.script(Raw((b"{}",), headers={"x-request-id": f"for {key}", "cf-ray": "7"}))
    exchange = await upstream.send(outgoing(up, secret=key.encode()), PATIENT, streamed=False)
    assert exchange.headers["cf-ray"] == "7"
    assert key not in repr(exchange.headers)
    exchange.close()


async def test_a_key_in_two_reads_is_masked_and_nothing_else_is_lost(
    upstream: Upstream, up: fakes.Upstream
) -> None:
    secret = b"sk-1234567890abcdef"
    up.default = Raw((b"1 sk-12345", b"67890abcdef 2 sk-", b"34 sk-12"))
    exchange = await upstream.send(outgoing(up, secret=secret), PATIENT, streamed=True)
    pieces = [piece async for piece in exchange.pieces()]
    exchange.close()
    assert b"".join(pieces) == b"1 [key] 2 sk-34 sk-12"
    assert all(pieces)


async def test_what_is_said_to_be_complete_is_not_waited_for(
    upstream: Upstream, up: fakes.Upstream
) -> None:
    up.default = fakes.Silence(after=1)
    exchange = await send(upstream, up, streamed=True)
    async with asyncio.timeout(1):
        async for _ in exchange.pieces():
            exchange.is_complete = True
    exchange.close()
    # Not at once: the provider has a moment to end, and the connection to be used again.
    assert not up.disconnects
    await up.saw_disconnect(4)


NETWORK = aiohttp.client_reqrep.ConnectionKey("h", 1, True, None, None, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "kind", "status"),
    [
        (aiohttp.ConnectionTimeoutError(), FailureKind.CONNECT, 504),
        (TimeoutError(), FailureKind.TIMEOUT, 504),
        (aiohttp.SocketTimeoutError(), FailureKind.TIMEOUT, 504),
        (
            aiohttp.ClientConnectorError(NETWORK, OSError(errno.ECONNREFUSED, "refused")),
            FailureKind.CONNECT,
            502,
        ),
        (
            aiohttp.ClientConnectorDNSError(NETWORK, OSError(-2, "unknown name")),
            FailureKind.CONNECT,
            502,
        ),
        (
            aiohttp.ClientConnectorCertificateError(NETWORK, ssl.CertificateError("who?")),
            FailureKind.CONNECT,
            502,
        ),
        (aiohttp.ClientConnectorSSLError(NETWORK, OSError(1, "tls")), FailureKind.CONNECT, 502),
        (aiohttp.ServerDisconnectedError(), FailureKind.CUT, 502),
        (aiohttp.ClientPayloadError(), FailureKind.CUT, 502),
        (ConnectionResetError(), FailureKind.CUT, 502),
        (aiohttp.ClientOSError(errno.EPIPE, "broken pipe"), FailureKind.CUT, 502),
        (aiohttp.InvalidURL("x"), FailureKind.UNREADABLE, 502),
    ],
)
def test_every_network_error_has_its_words(
    error: Exception, kind: FailureKind, status: int
) -> None:
    found = explain(error, "was late")
    assert found is not None
    assert (found.kind, found.status) == (kind, status)
    assert found.message.startswith("The provider ")


@pytest.mark.parametrize("error", [asyncio.CancelledError(), KeyError("x"), ValueError("x")])
def test_errors_of_our_own_making_are_left_alone(error: BaseException) -> None:
    assert explain(error, "was late") is None
