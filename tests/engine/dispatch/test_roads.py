"""Roads to providers: whose proxy is taken, and whom TLS trusts; over real proxies and TLS."""

import asyncio
import datetime
import ipaddress
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from butler.engine.dispatch.roads import DIRECT, Road, Roads
from butler.engine.dispatch.upstream import Upstream
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.base import Outgoing
from tests.engine.calls import PATIENT

URL = "https://api.example.com/v1/chat/completions"
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def proxy_to(url: str = URL, **options: object) -> str | None:
    roads = Roads()
    road = await roads.to(url, options)
    # Who is told that it goes straight there must not miss anything.
    assert road == Road() or not roads.straight(url, options)
    return road.proxy


async def test_straight_where_nobody_says_otherwise() -> None:
    assert await Roads().to(URL, {}) == Road()
    assert Roads().straight(URL, {})
    assert not Roads().straight(URL, {"ca_file": "x"})


async def test_the_systems_proxy_by_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://secure.example:3128")
    monkeypatch.setenv("http_proxy", "plain.example:3128")
    assert await proxy_to() == "http://secure.example:3128"
    assert await proxy_to("http://api.example.com/v1") == "http://plain.example:3128"


async def test_all_proxy_and_what_is_no_way_for_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://any.example:1")
    assert await proxy_to() == "http://any.example:1"
    monkeypatch.setenv("HTTPS_PROXY", "socks5://socks.example:1")
    assert await proxy_to() is None


async def test_no_proxy_names_hosts_and_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://p.example:1")
    monkeypatch.setenv("NO_PROXY", "internal.example, .corp, api.example.com:8443")
    assert await proxy_to("https://internal.example/v1") is None
    assert await proxy_to("https://llm.corp/v1") is None
    assert await proxy_to("https://api.example.com:8443/v1") is None
    assert await proxy_to() == "http://p.example:1"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "a.localhost"])
async def test_never_to_this_machine(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://p.example:1")
    assert await proxy_to(f"http://{host}:11434/v1", proxy="http://own.example:1") is None


async def test_the_systems_proxy_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    roads = Roads(clock)
    assert (await roads.to(URL, {})).proxy is None
    monkeypatch.setenv("HTTPS_PROXY", "http://p.example:1")
    assert (await roads.to(URL, {})).proxy is None
    clock.now += 6
    assert (await roads.to(URL, {})).proxy == "http://p.example:1"
    monkeypatch.delenv("HTTPS_PROXY")
    clock.now += 6
    assert (await roads.to(URL, {})).proxy is None


async def test_a_providers_own_proxy_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://p.example:1")
    assert (
        await proxy_to(proxy="http://me:secret@own.example:2") == "http://me:secret@own.example:2"
    )
    assert await proxy_to(proxy=DIRECT) is None
    assert await proxy_to(proxy=None) == "http://p.example:1"


@pytest.mark.parametrize(
    "proxy", ["own.example:1", "socks5://u:secret@h:1", "http://[", 7, "http://"]
)
async def test_a_proxy_that_is_none_is_told_without_its_password(proxy: object) -> None:
    with pytest.raises(UpstreamError, match="its proxy is not") as caught:
        await proxy_to(proxy=proxy)
    assert caught.value.kind is FailureKind.CONNECT
    assert "secret" not in str(caught.value)


# --- with sockets ---

REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Listener:
    """Answers every request the same way, and keeps the first lines of all."""

    def __init__(self, reply: bytes = REPLY, tls: ssl.SSLContext | None = None) -> None:
        self._reply = reply
        self._tls = tls
        self.asked: list[bytes] = []
        self.port = 0

    async def __aenter__(self) -> "Listener":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(self._reply)
        await writer.drain()
        writer.close()


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    upstream = Upstream()
    yield upstream
    await upstream.close()


async def send(upstream: Upstream, url: str, **options: object) -> int:
    outgoing = Outgoing(url, {"authorization": "Bearer sk-x"}, b"{}")
    exchange = await upstream.send(outgoing, PATIENT, streamed=False, options=options)
    exchange.close()
    return exchange.status


async def test_a_request_goes_through_the_proxy(upstream: Upstream) -> None:
    async with Listener() as proxy:
        url = "http://models.invalid/v1/chat/completions"
        assert await send(upstream, url, proxy=f"http://me:pass@127.0.0.1:{proxy.port}") == 200
    assert proxy.asked[0].startswith(b"POST http://models.invalid/v1/chat/completions HTTP/1.1")
    assert b"Proxy-Authorization: Basic" in proxy.asked[0]


async def test_a_proxy_that_will_not(upstream: Upstream) -> None:
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    async with Listener(refusal) as proxy:
        with pytest.raises(UpstreamError, match="its proxy answered with status 407") as caught:
            await send(upstream, URL, proxy=f"http://127.0.0.1:{proxy.port}")
    assert caught.value.kind is FailureKind.CONNECT
    assert proxy.asked[0].startswith(b"CONNECT api.example.com:443")
    assert b"sk-x" not in proxy.asked[0]
    with pytest.raises(UpstreamError, match="its proxy refused the connection"):
        await send(upstream, URL, proxy=f"http://127.0.0.1:{proxy.port}")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that no authority has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "models.corp")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


async def test_an_authority_of_ones_own(upstream: Upstream, certificate: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    async with Listener(tls=tls) as server:
        url = f"https://127.0.0.1:{server.port}/v1"
        with pytest.raises(UpstreamError, match="could not be trusted") as caught:
            await send(upstream, url)
        assert caught.value.kind is FailureKind.CONNECT
        assert await send(upstream, url, ca_file=str(certificate)) == 200


async def test_a_file_of_authorities_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "not.pem").write_text("hello")
    for name in ("not.pem", "gone.pem"):
        with pytest.raises(UpstreamError, match=r"\.pem can not be read"):
            await Roads().to(URL, {"ca_file": str(tmp_path / name)})


@pytest.fixture
def ca_file(certificate: Path, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_bytes(certificate.read_bytes())
    return path


async def test_authorities_are_read_again(ca_file: Path) -> None:
    clock = Clock()
    roads = Roads(clock)
    options = {"ca_file": str(ca_file)}
    first = await roads.to(URL, options)
    clock.now += 6
    assert (await roads.to(URL, options)).tls is first.tls
    await asyncio.to_thread(ca_file.unlink)
    clock.now += 6
    with pytest.raises(UpstreamError):
        await roads.to(URL, options)
