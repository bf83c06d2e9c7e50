"""Names lead only where calls may go, whatever they led to when they were saved."""

import socket

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from butler.engine.call import Timeouts
from butler.engine.dispatch.upstream import GuardedResolver, Upstream
from butler.engine.errors import UpstreamError
from butler.engine.providers.base import Outgoing
from tests import fakes

PATIENT = Timeouts(1_000, 5_000, 5_000, 5_000)


class Zone(AbstractResolver):
    """A name server that knows what it was told."""

    def __init__(self, **addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in self._addresses[host].split()
        ]

    async def close(self) -> None:
        pass


async def test_public_names_pass() -> None:
    guarded = GuardedResolver(Zone(api="93.184.215.14 2606:2800:21f:cb07::1"))
    assert [found["host"] for found in await guarded.resolve("api", 443)] == [
        "93.184.215.14",
        "2606:2800:21f:cb07::1",
    ]


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "fd00::1", "8.8.8.8 192.168.1.1"])
async def test_private_ones_need_trust(address: str) -> None:
    guarded = GuardedResolver(Zone(nas=address))
    with pytest.raises(OSError, match="private address"):
        await guarded.resolve("nas", 8000)
    guarded.trust("nas")
    assert await guarded.resolve("nas", 8000)


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254"])
async def test_metadata_and_link_local_are_never_called(address: str) -> None:
    guarded = GuardedResolver(Zone(evil=address))
    guarded.trust("evil")
    with pytest.raises(OSError, match="nothing may be sent there"):
        await guarded.resolve("evil", 80)


async def test_a_name_of_this_machine_is_reached_through_it() -> None:
    upstream = Upstream()
    async with fakes.Upstream() as up:
        url = up.base_url.replace("127.0.0.1", "localhost") + "/models"
        headers = {"authorization": f"Bearer {up.key}"}
        exchange = await upstream.send(
            Outgoing(url, headers, b"", method="GET"), PATIENT, streamed=False
        )
        assert exchange.status == 200
        await exchange.body()
        exchange.close()
    await upstream.close()


async def test_it_stands_before_a_real_one() -> None:
    guarded = GuardedResolver(aiohttp.ThreadedResolver())
    assert await guarded.resolve("localhost", 80)
    await guarded.close()


async def test_the_reason_comes_out_in_words() -> None:
    upstream = Upstream()
    upstream._resolver._inner = Zone(evil="169.254.169.254")
    with pytest.raises(UpstreamError, match=r"could not be found \(evil is .*nothing may be sent"):
        await upstream.send(
            Outgoing("http://evil/v1/models", {}, b"", method="GET"), PATIENT, streamed=False
        )
    await upstream.close()
