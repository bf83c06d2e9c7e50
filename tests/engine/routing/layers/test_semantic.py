"""The layer: it decides where it is sure, and says why where it does not."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from butler.engine.call import Call, Outcome, Step, Target, Verdict
from butler.engine.routing.categories import Category
from butler.engine.routing.layers.semantic import SemanticLayer, Understanding
from butler.engine.routing.meanings import Meanings
from butler.engine.settings import Settings
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.sources import shipped
from tests.engine.calls import new_call

pytestmark = pytest.mark.skipif(shipped() is None, reason="the embedding model is not built")
STRONG = Target("acme", "strong")
LAW = Category(
    "cat_1", "law", "", ("Is this lease valid?", "Can I sue?", "A clause in my contract"), (STRONG,)
)
VERSE = Category("cat_2", "verse", "", ("Write a poem about rain", "A haiku", "Rhyme with me"), ())
BOTH = (LAW, VERSE)


@pytest.fixture
async def embedding(tmp_path: Path) -> AsyncIterator[ChosenEmbedder]:
    chosen = ChosenEmbedder(tmp_path)
    chosen.follow(Settings({}))
    yield chosen
    await chosen.close()


@pytest.fixture
async def meanings(embedding: ChosenEmbedder) -> AsyncIterator[Meanings]:
    made = Meanings(embedding)
    made.follow(text for category in BOTH for text in category.utterances)
    async with asyncio.timeout(30):
        while made.why_not is not None:  # noqa: ASYNC110 - a thread does the work
            await asyncio.sleep(0.01)
    yield made
    made.close()


def call_of(text: str, embedding: ChosenEmbedder) -> Call:
    call = new_call({"messages": [{"role": "user", "content": text}]})
    revision = dataclasses.replace(
        call.runtime,  # type: ignore[type-var]  # a test's Runtime is a dataclass
        embedder=embedding.embedder,
        embedding_budget_ms=5_000,
    )
    call.runtime = revision
    call.trace.append(Step("semantic"))
    return call


async def decided(by: Understanding, call: Call) -> Verdict | None:
    return await SemanticLayer(by).decide(call)


async def test_what_is_clearly_near_goes_to_the_target(
    embedding: ChosenEmbedder, meanings: Meanings
) -> None:
    call = call_of("Is the lease contract that I signed valid?", embedding)
    verdict = await decided(Understanding(BOTH, meanings), call)
    assert verdict is not None
    assert (verdict.targets, verdict.layer) == ((STRONG,), "semantic")
    assert verdict.thinking is None
    assert verdict.score is not None
    assert 0.6 <= verdict.score <= 1
    assert verdict.reason.startswith("law is nearest (")


async def test_a_category_without_a_target_keeps_what_is_its_own(
    embedding: ChosenEmbedder, meanings: Meanings
) -> None:
    call = call_of("Write me a poem about the rain in spring", embedding)
    assert await decided(Understanding(BOTH, meanings), call) is None
    assert call.step.outcome is Outcome.PASSED
    assert call.step.reason.startswith("verse is nearest (")
    assert call.step.reason.endswith("and it has no target")


async def test_where_it_is_not_sure_it_abstains_with_its_score(
    embedding: ChosenEmbedder, meanings: Meanings
) -> None:
    call = call_of("banana", embedding)
    assert await decided(Understanding(BOTH, meanings, least=0.99), call) is None
    assert call.step.score is not None
    assert call.step.reason.endswith("99% are asked for)")


async def test_text_that_the_model_can_not_read_is_left_alone(
    embedding: ChosenEmbedder, meanings: Meanings
) -> None:
    call = call_of("这份租房合同有法律效力吗？", embedding)
    assert await decided(Understanding(BOTH, meanings), call) is None
    assert call.step.outcome is Outcome.SKIPPED
    assert call.step.reason.startswith("the model can not read")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_on": False}, "routing by meaning is switched off"),
        ({"categories": ()}, "there are no categories"),
        ({"categories": (VERSE,)}, "no category has a target"),
        ({"meanings": None}, "there is no embedding model"),
    ],
)
async def test_it_says_why_it_does_not_look(
    change: dict[str, object], why: str, embedding: ChosenEmbedder, meanings: Meanings
) -> None:
    call = call_of("Is this lease valid?", embedding)
    by = dataclasses.replace(Understanding(BOTH, meanings), **change)  # type: ignore[arg-type]
    assert await decided(by, call) is None
    assert (call.step.outcome, call.step.reason) == (Outcome.SKIPPED, why)
    assert call.known.embedding_if_asked is None
