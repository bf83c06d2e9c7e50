"""Services go to the same server whichever of its dialects conversations are held in."""

import pytest

from tests.e2e.house import House
from tests.fakes.service_upstream import ServiceUpstream

SMALL = "text-embedding-3-small"


@pytest.mark.parametrize("kind", ["ollama", "openai_responses", "openai_compatible"])
async def test_embeddings_of_every_kind(house: House, kind: str) -> None:
    async with ServiceUpstream() as upstream:
        await house.add(upstream, kind=kind)
        got = await house.call("POST", "/v1/embeddings", {"input": "a", "model": SMALL})
        assert (got.status, got.headers["x-butler-target"]) == (200, f"acme/{SMALL}")
        assert upstream.seen[-1].path == "/v1/embeddings"
