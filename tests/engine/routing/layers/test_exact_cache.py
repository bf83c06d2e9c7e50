"""The layer says why it does not answer, and answers only for whom it may."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from butler.engine.caches.exact.cache import ExactCache
from butler.engine.call import Call, Caller, Replay, Step, Target
from butler.engine.kept import KeptAnswer
from butler.engine.routing.layers.exact_cache import Caching, ExactCacheLayer, ExactPolicy
from butler.engine.vault.vault import Vault
from tests.engine.calls import HELLO, Revision, new_call

TARGET = Target("acme", "alpha")


class Heard:
    """A capture that has heard a whole answer."""

    def hear(self, dialect: Any, deltas: Any) -> None:
        """Hear nothing more."""

    def kept(self) -> KeptAnswer:
        """Return the answer."""
        return KeptAnswer("acme", "alpha", "Hi.", (), "stop", 1, 1, datetime.now(UTC))


def layer_of(cache: ExactCache, **policy: Any) -> ExactCacheLayer:
    return ExactCacheLayer(Caching(cache, ExactPolicy(**policy), frozenset({TARGET})))


async def asked(layer: ExactCacheLayer, call: Call | None = None) -> tuple[Any, str, Call]:
    call = call or new_call(HELLO)
    call.trace.append(Step(layer.name))
    verdict = await layer.decide(call)
    return verdict, call.step.reason, call


async def kept(layer: ExactCacheLayer) -> None:
    _, _, call = await asked(layer)
    call.capture, call.target = Heard(), TARGET
    await layer.observe(call)


async def test_the_same_is_answered_again_where_it_may_be(tmp_path: Path) -> None:
    cache = ExactCache(tmp_path, Vault(bytes(32)))
    layer = layer_of(cache, generation="g1")
    assert (await asked(layer))[1] == "this was not asked before"
    await kept(layer)
    verdict, _, _ = await asked(layer)
    assert isinstance(verdict, Replay)
    narrow = new_call(HELLO)
    narrow.caller = Caller("tok_1", "narrow", allowed_models=("auto", "acme/beta"))
    gone = ExactCacheLayer(Caching(cache, ExactPolicy(generation="g1")))
    off = dataclasses.replace(new_call(HELLO), runtime=Revision(routing_enabled=False))
    off.known = new_call(HELLO).known
    for other, call, why in (
        (layer, narrow, "not for this token"),
        (gone, None, "not enabled"),
        (layer_of(cache, generation="g2"), None, "other settings"),
        (layer_of(cache, is_on=False), None, "switched off"),
        (layer_of(cache, temperature=False), None, "temperature"),
        (layer, off, "routing is switched off"),
    ):
        verdict, reason, _ = await asked(other, call)
        assert verdict is None
        assert why in reason
    after = layer_of(cache, generation="g2", keeps_after_edits=True)
    assert isinstance((await asked(after))[0], Replay)
    await cache.close()


async def test_a_dry_run_counts_and_keeps_nothing(tmp_path: Path) -> None:
    cache = ExactCache(tmp_path, Vault(bytes(32)))
    layer = layer_of(cache)
    await kept(layer)
    before = dataclasses.replace(cache.counts)
    for text in ("Hello there!", "Something else"):
        call = new_call({"messages": [{"role": "user", "content": text}]})
        call.endpoint = "explain"
        _, _, call = await asked(layer, call)
        assert call.capture is None
    assert cache.counts == before
    await cache.close()


async def test_a_named_model_that_is_asked_otherwise_now_answers_anew(tmp_path: Path) -> None:
    cache = ExactCache(tmp_path, Vault(bytes(32)))
    living = frozenset({TARGET})
    before = ExactCacheLayer(Caching(cache, living=living, by_target={TARGET: "one"}))
    after = ExactCacheLayer(Caching(cache, living=living, by_target={TARGET: "other"}))

    def naming() -> Call:
        call = new_call(HELLO)
        call.explicit = TARGET
        return call

    _, _, call = await asked(before, naming())
    call.capture, call.target = Heard(), TARGET
    await before.observe(call)
    assert isinstance((await asked(before, naming()))[0], Replay)
    verdict, reason, _ = await asked(after, naming())
    assert verdict is None
    assert "other settings" in reason
    await cache.close()


async def test_a_shorter_life_counts_for_what_is_kept_already(tmp_path: Path) -> None:
    cache = ExactCache(tmp_path, Vault(bytes(32)))
    layer = layer_of(cache)
    await kept(layer)
    assert (await asked(layer_of(cache, ttl_s=0)))[1] == "its kept answer is too old"
    assert (await asked(layer))[1] == "this was not asked before"
    await cache.close()
