"""Trying providers out: lists, one-token calls, and failures in the provider's own words."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import pytest

from butler.engine.dispatch.probe import NoList, Probe
from butler.engine.dispatch.upstream import Upstream
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.base import Connection, Provider
from butler.engine.providers.ollama import OllamaProvider
from butler.engine.providers.openai_compatible import OpenAICompatible
from tests import fakes
from tests.fakes.errors import VendorError
from tests.fakes.openai import OpenAI


class Listless(OpenAI):
    """A vendor that has models, but no list of them."""

    def listing(self, path: str, query: Mapping[str, str], models: Sequence[str]) -> Any:
        raise VendorError(404, "Not here")


@pytest.fixture
async def probe() -> AsyncIterator[Probe]:
    upstream = Upstream()
    yield Probe(upstream)
    await upstream.close()


@pytest.fixture
async def up() -> AsyncIterator[fakes.Upstream]:
    async with fakes.Upstream() as upstream:
        yield upstream


def provider(url: str, key: str | None = "sk-upstream") -> Provider:
    return OpenAICompatible(Connection("acme", "openai_compatible", url, key))


async def test_a_list_is_enough(probe: Probe, up: fakes.Upstream) -> None:
    found = await probe.test(provider(up.base_url), None)
    assert [model.id for model in found.listed or ()] == ["alpha", "beta"]
    assert (found.model, found.error, len(up.seen)) == (None, None, 1)


async def test_a_call_where_it_is_wanted(probe: Probe, up: fakes.Upstream) -> None:
    found = await probe.test(provider(up.base_url), None, call=True)
    assert (found.model, found.error) == ("alpha", None)
    assert up.seen[1].body["max_tokens"] == 1
    found = await probe.test(provider(up.base_url), "nobody", call=True)
    assert found.error is not None
    assert found.error.kind is FailureKind.NO_MODEL


async def test_no_list_is_no_failure(probe: Probe, up: fakes.Upstream) -> None:
    up.vendor = Listless()
    with pytest.raises(NoList):
        await probe.models(provider(up.base_url))
    found = await probe.test(provider(up.base_url), "beta")
    assert (found.listed, found.model, found.error) == (None, "beta", None)
    found = await probe.test(provider(up.base_url), None)
    assert (found.listed, found.model, found.error) == (None, None, None)


async def test_the_real_error_comes_out(probe: Probe, up: fakes.Upstream) -> None:
    found = await probe.test(provider(up.base_url, "sk-a-wrong-key-of-usual-length"), "alpha")
    assert found.error is not None
    assert (found.error.kind, found.listed) == (FailureKind.KEY_REJECTED, None)
    assert "sk-a-wrong-key" not in found.error.message
    with fakes.Refused() as nobody:
        found = await probe.test(provider(nobody.base_url), "alpha")
    assert found.error is not None
    assert found.error.kind is FailureKind.CONNECT
    with pytest.raises(UpstreamError):
        await probe.models(provider(up.base_url, None))


async def test_servers_that_run_are_found(probe: Probe, up: fakes.Upstream) -> None:
    with fakes.Refused() as nobody:
        here, gone = provider(up.base_url), provider(nobody.base_url)
        assert await probe.running([gone, here]) == [(here, ["alpha", "beta"])]


async def test_models_that_a_list_tells_little_of_are_asked_about(probe: Probe) -> None:
    for old, context in ((False, 131_072), (True, None)):
        async with fakes.OllamaUpstream(old=old) as up:
            found = OllamaProvider(Connection("home", "ollama", up.base_url))
            listed = await probe.models(found)
            assert [model.details.context_tokens for model in listed] == [context, context]
            up.seen.clear()
            # Who only looks which servers run asks no more than that.
            assert await probe.running([found]) == [(found, ["alpha:latest", "beta:latest"])]
            assert [seen.path for seen in up.seen] == ["/api/tags"]
