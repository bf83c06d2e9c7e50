"""Layer `semantic_cache`: the guard first, then the model; why not is told."""

from pathlib import Path
from typing import Any

from butler.engine.caches.similar.memory import SimilarCache
from butler.engine.caches.similar.question import Manners, question_of
from butler.engine.call import Call, Replay, Step, Target
from butler.engine.plan import Plan
from butler.engine.routing.layers.semantic_cache import SemanticCacheLayer, Similarity
from butler.engine.routing.weighing import Weighed
from tests.engine.caches.similar.samples import ANOTHER, EDITED, REWORDED, TEXT, answer, hit
from tests.engine.caches.similar.samples import cache as new_cache
from tests.engine.calls import new_call

ALPHA = Target("acme", "alpha")
MANNERS = Manners()


def call_of(text: str, **fields: Any) -> Call:
    messages = [{"role": "user", "content": text}]
    call = new_call({"model": "auto", "messages": messages, **fields})
    call.trace.append(Step("semantic_cache"))
    return call


async def filled(folder: Path, text: str = TEXT) -> SimilarCache:
    cache = new_cache(folder)
    cache.start()
    question = question_of(call_of(text), MANNERS)
    assert not isinstance(question, str)
    cache.keep(question, answer(), "req_0", None)
    await cache.settled()
    return cache


def layer_of(cache: SimilarCache, manners: Manners = MANNERS, *living: Target) -> Any:
    return SemanticCacheLayer(Similarity(cache, manners, frozenset(living or (ALPHA,))))


async def test_a_trivial_edit_needs_no_model(tmp_path: Path) -> None:
    cache = await filled(tmp_path)
    call = call_of(EDITED)
    verdict = await layer_of(cache).decide(call)
    assert isinstance(verdict, Replay)
    assert (verdict.answer, verdict.score) == (answer(), 1.0)
    assert "req_0" in verdict.reason
    assert "list" not in verdict.reason
    assert call.known.embedding_if_asked is None
    await cache.close()


async def test_without_a_candidate_nobody_embeds(tmp_path: Path) -> None:
    cache = await filled(tmp_path)
    call = call_of(ANOTHER)
    assert await layer_of(cache).decide(call) is None
    assert call.step.reason == "no question like it is kept"
    assert call.known.embedding_if_asked is None
    assert call.capture is not None
    await cache.close()


async def test_other_words_wait_for_a_model_that_can_read_them(tmp_path: Path) -> None:
    cache = await filled(tmp_path)
    call = call_of(REWORDED)
    assert await layer_of(cache).decide(call) is None
    assert call.step.reason == "a question like it is kept, but no embedding model is chosen"
    await cache.close()


async def test_an_answer_of_a_model_that_is_gone_is_not_sent(tmp_path: Path) -> None:
    cache = await filled(tmp_path)
    call = call_of(TEXT)
    assert await layer_of(cache, MANNERS, Target("acme", "beta")).decide(call) is None
    assert "may not answer" in call.step.reason
    await cache.close()


async def test_what_depends_on_the_time_is_asked_anew(tmp_path: Path) -> None:
    text = "What is the weather today?"
    cache = await filled(tmp_path, text)
    call = call_of(text)
    assert await layer_of(cache).decide(call) is None
    assert call.step.reason == "the answer depends on the time"
    await cache.close()


async def test_switched_off_it_does_nothing(tmp_path: Path) -> None:
    cache = await filled(tmp_path)
    call = call_of(TEXT)
    assert await layer_of(cache, Manners(enabled=False)).decide(call) is None
    assert call.capture is None
    await cache.close()


async def test_a_wrong_hit_is_not_repeated(tmp_path: Path) -> None:
    cache = await filled(tmp_path)
    layer = layer_of(cache)
    call = call_of(EDITED)
    verdict = await layer.decide(call)
    layer.note(call, Weighed(verdict, Plan((ALPHA,)), None))
    noted = await cache.hit(call.id)
    assert noted is not None
    assert noted.caller == hit().caller
    assert await cache.reject(call.id) is not None
    question = question_of(call, MANNERS)
    assert not isinstance(question, str)
    cache.keep(question, answer(), "req_1", None)
    await cache.settled()
    # Such words are answered anew for good: the text alone was wrong once.
    assert await layer.decide(call_of(EDITED)) is None
    await cache.close()


async def test_only_what_was_listened_to_is_kept(tmp_path: Path) -> None:
    cache = await filled(tmp_path)
    await layer_of(cache).observe(call_of(ANOTHER))
    await cache.settled()
    assert len(cache) == 1
    await cache.close()
