"""One embedding for all who ask, in one budget."""

import asyncio

from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.model import Embedding, NoEmbedding, Why
from butler.engine.signals.embedder.shared import SharedEmbedding

LONG = "some words of a long text " * 2_000


async def test_it_is_made_once_and_only_when_asked(ready: Embedder) -> None:
    shared = SharedEmbedding(ready, "sort a list")
    assert shared.known is None
    first, second = await asyncio.gather(shared.get(5_000), shared.get(5_000))
    assert isinstance(first, Embedding)
    assert first is second is await shared.get(5_000) is await shared.get(None) is shared.known


async def test_a_layer_that_is_cancelled_leaves_the_work_to_the_others(ready: Embedder) -> None:
    shared = SharedEmbedding(ready, LONG)
    layer = asyncio.create_task(shared.get(5_000))
    await asyncio.sleep(0)
    layer.cancel()
    other = await shared.get(5_000)
    assert isinstance(other, Embedding)
    assert layer.cancelled()


async def test_the_budget_is_one_for_all(ready: Embedder) -> None:
    shared = SharedEmbedding(ready, LONG)
    late = await shared.get(0.01)
    again = await shared.get(5_000)
    for found in (late, again):
        assert isinstance(found, NoEmbedding)
        assert found.why is Why.LATE


async def test_who_has_time_gets_what_came_too_late_for_others(ready: Embedder) -> None:
    shared = SharedEmbedding(ready, LONG)
    hurried = asyncio.create_task(shared.get(0.01))
    await asyncio.sleep(0)
    assert isinstance(await shared.get(None), Embedding)
    assert isinstance(await hurried, NoEmbedding)
    assert isinstance(await shared.get(5_000), Embedding)


async def test_time_does_not_teach_a_model_to_read(ready: Embedder) -> None:
    shared = SharedEmbedding(ready, "请帮我写一首关于秋天的诗")
    first = await shared.get(5_000)
    assert isinstance(first, NoEmbedding)
    assert first.why is Why.UNREADABLE
    assert await shared.get(None) is first


async def test_the_end_of_the_call_ends_the_work(ready: Embedder) -> None:
    shared = SharedEmbedding(ready, LONG)
    shared.cancel()
    layer = asyncio.create_task(shared.get(5_000))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    shared.cancel()
    done = await asyncio.gather(layer, return_exceptions=True)
    assert isinstance(done[0], asyncio.CancelledError)
