"""`/api/v1/cache`: what is kept, what that has saved, and throwing it away."""

from aiohttp import web

from butler.contract.caches import CacheState, ExactCacheState, SemanticCacheState
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import reply
from butler.engine.admin.routes import Route


class CachesResource:
    """The caches."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "cache", self._get, "What the caches hold.", CacheState),
            Route("DELETE", "cache", self._clear, "Throw all kept answers away.", CacheState),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        return self._state()

    async def _clear(self, request: web.Request) -> web.Response:
        cleared = self._control.similar.clear() + await self._control.exact.clear()
        return self._state(cleared)

    def _state(self, cleared: int = 0) -> web.Response:
        runtime, cache = self._control.changes.runtime, self._control.exact
        counts = cache.counts
        exact = ExactCacheState(
            enabled=runtime.settings.flag("cache.exact"),
            entries=cache.entries,
            bytes=cache.bytes,
            most_bytes=cache.most_bytes,
            hits=counts.hits,
            misses=counts.misses,
            kept=counts.kept,
            would_have_hit=counts.would_have_hit,
        )
        semantic = SemanticCacheState(
            enabled=runtime.settings.flag("cache.semantic"), entries=len(self._control.similar)
        )
        state = CacheState(exact=exact, semantic=semantic, cleared=cleared)
        return reply(state, runtime.revision)
