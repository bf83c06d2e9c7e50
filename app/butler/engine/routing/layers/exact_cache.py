"""Layer `exact_cache` (L0): the same was asked before, and its answer is sent again."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from butler.engine.caches.exact.cache import ExactCache
from butler.engine.caches.exact.entry import Entry
from butler.engine.caches.exact.key import Keys, asked_by, key_of
from butler.engine.caches.exact.suitable import (
    MOST_BODY_BYTES,
    Wanted,
    may_vary,
    not_kept,
    unsuitable,
    wanted_by,
)
from butler.engine.caches.normalise.tools import without_injected
from butler.engine.call import Call, Replay, Target, Verdict
from butler.engine.dialects.capture import Capture
from butler.engine.kept import KeptAnswer
from butler.engine.permission import allows
from butler.engine.settings import Settings

_DRY_RUN = "explain"
_CLOCKS_DIFFER_S = 5.0


@dataclass(frozen=True, slots=True)
class ExactPolicy:
    """How the owner has set it; `generation` names the rules, models and categories in force."""

    is_on: bool = True
    ttl_s: int = 86_400
    shared: bool = False
    temperature: bool = True
    tool_calls: bool = False
    normalise: bool = True
    keeps_after_edits: bool = False
    generation: str = ""

    @classmethod
    def of(cls, settings: Settings, generation: str) -> Self:
        """Read how it is set."""
        return cls(
            is_on=settings.flag("cache.exact"),
            ttl_s=settings.number("cache.exact_ttl_s"),
            shared=settings.text("cache.scope") == "shared",
            temperature=settings.flag("cache.temperature"),
            tool_calls=settings.flag("cache.tool_calls"),
            normalise=settings.flag("cache.normalise"),
            keeps_after_edits=settings.flag("cache.keep_after_edits"),
            generation=generation,
        )


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a call that was not asked before shares with the same one that comes meanwhile."""

    key: bytes
    answer: Callable[[], KeptAnswer | None]


@dataclass(frozen=True, slots=True)
class Caching:
    """What the layer needs: the cache, how it is set, and the targets of this revision.

    `by_target` names how each model is asked: other answers to who names it when that changes.
    """

    cache: ExactCache
    policy: ExactPolicy = field(default_factory=ExactPolicy)
    living: Container[Target] = frozenset()
    by_target: Mapping[Target, str] = field(default_factory=dict)


class ExactCacheLayer:
    """Answers identical requests; keeps what others answer.

    Sending a kept answer lets nothing out of the machine: privacy rules and the local-only
    switch do not stand in its way.
    """

    name = "exact_cache"
    budget_ms = 50.0

    def __init__(self, caching: Caching) -> None:
        self._cache = caching.cache
        self._policy = caching.policy
        self._living = caching.living
        self._by_target = caching.by_target

    async def decide(self, call: Call) -> Verdict | None:
        """Send a kept answer again, where there is one and it may be sent."""
        wanted = wanted_by(call.headers)
        why_not = self._why_not(call, wanted)
        if why_not is not None:
            call.step.skip(why_not)
            return None
        keys = self._keys(call)
        if call.endpoint != _DRY_RUN:
            # Before the disk is asked, which may take too long.
            call.capture = call.capture or Capture(call)
            call.known.memo(ExactCacheLayer, lambda: keys)
        if wanted.anew:
            call.step.skip("the client wants a new answer")
            return None
        entry = await self._found(call, keys.used)
        if entry is not None:
            return self._replay(call, keys, entry)
        if call.endpoint != _DRY_RUN:
            if self._policy.tool_calls or not call.known.has_tools:
                # Else its answer may call tools, and nobody would have waited for anything.
                call.shared = _Shared(keys.used, lambda: self._answer(call))
            self._cache.counts.misses += 1
            if keys.bare != keys.plain and self._cache.would_have_hit(keys):
                call.step.reason += f", but for what {' and '.join(keys.tools)} injects"
        return None

    async def observe(self, call: Call) -> None:
        """Keep the answer, where it is complete and the layer has listened for it."""
        keys: Keys | None = call.known.memo(ExactCacheLayer, lambda: None)
        if keys is None or isinstance(call.verdict, Replay):
            return
        answer = self._answer(call)
        if answer is None:
            return
        expires_at = answer.at.timestamp() + self._policy.ttl_s
        entry = Entry(answer, keys.plain, self._generation(call), expires_at)
        self._cache.keep(keys, entry)

    def _answer(self, call: Call) -> KeptAnswer | None:
        """Return what may be kept of an answer that is over."""
        answer = call.capture.kept() if call.capture is not None else None
        if answer is None or not_kept(call, answer, tool_calls=self._policy.tool_calls):
            return None
        return answer

    def _why_not(self, call: Call, wanted: Wanted) -> str | None:
        policy, asked = self._policy, call.asked
        if not policy.is_on:
            return "the exact cache is switched off"
        if wanted.untouched:
            return "the client wants no cache"
        if call.explicit is None and not call.runtime.routing_enabled:
            return "routing is switched off"
        if len(asked.raw) > MOST_BODY_BYTES:
            return "the request is too large"
        if not policy.temperature and may_vary(asked.data):
            return "its temperature is above 0"
        why_not = unsuitable(asked.data)
        if why_not is None and not policy.tool_calls and call.known.turn == "loop":
            return "a tool loop goes on"
        return why_not

    def _keys(self, call: Call) -> Keys:
        """Return the key of the request as written, and without what its tool injects."""
        cache, policy = self._cache, self._policy
        asked, data = asked_by(call, shared=policy.shared), call.asked.data
        plain = key_of(asked, data, cache.key_secret)
        found = without_injected(call)
        if found is None:
            return Keys(plain, plain, plain)
        bare = key_of(asked, found.body, cache.key_secret)
        return Keys(plain, bare, bare if policy.normalise else plain, found.tools)

    async def _found(self, call: Call, key: bytes) -> Entry | None:
        """Return the entry under a key, where it may be sent; else say why not."""
        known = self._cache.known(key)
        if known is None:
            call.step.reason = "this was not asked before"
            return None
        if known.generation != self._generation(call) and not self._policy.keeps_after_edits:
            call.step.reason = "it was answered under other settings"
            return None
        entry = self._cache.at_hand(key) or await self._cache.read(key)
        if entry is None:
            call.step.reason = "its kept answer could not be read"
            return None
        age_s = (datetime.now(UTC) - entry.answer.at).total_seconds()
        if not -_CLOCKS_DIFFER_S <= age_s <= self._policy.ttl_s:
            # The clock was set, or the owner wants them fresher now.
            self._cache.forget(key)
            call.step.reason = "its kept answer is too old"
            return None
        target = Target(entry.answer.provider, entry.answer.model)
        if target not in self._living:
            call.step.reason = f"{target}, which answered it, is not enabled any more"
            return None
        if not allows(call.caller, target):
            call.step.reason = f"{target}, which answered it, is not for this token"
            return None
        if entry.answer.calls and not self._policy.tool_calls:
            call.step.reason = "its kept answer calls tools"
            return None
        return entry

    def _replay(self, call: Call, keys: Keys, entry: Entry) -> Replay:
        if call.endpoint != _DRY_RUN:
            self._cache.used(keys.used)
        age = datetime.now(UTC) - entry.answer.at
        reason = f"the same was asked {_ago(age.total_seconds())}"
        if entry.plain != keys.plain:
            reason += f", but for what {' and '.join(keys.tools)} injects"
        return Replay(entry.answer, self.name, reason)

    def _generation(self, call: Call) -> str:
        """Return what an edit changes: of the rules, or of the model that the client names."""
        if call.explicit is None:
            return self._policy.generation
        return self._by_target.get(call.explicit, "")


def _ago(seconds: float) -> str:
    """Return how long ago something was, in the largest unit that fits."""
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit} ago"
    return f"{max(seconds, 0):.0f} s ago"
