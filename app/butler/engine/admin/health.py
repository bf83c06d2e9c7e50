"""`/api/v1/health` and `/api/v1/breakers`: how the targets are, and letting calls in again."""

from aiohttp import web

from butler.contract.health import Breaker, Health, TargetHealth
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import nothing_called, reply, reply_items
from butler.engine.admin.routes import Items, Route
from butler.engine.call import Target
from butler.engine.dispatch.breaker import Standing


class HealthResource:
    """The state of the targets."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        listed = Items(Breaker)
        return [
            Route("GET", "health", self._get, "How the targets are.", Health),
            Route("GET", "breakers", self._list, "The breakers that are not closed.", listed),
            Route("POST", "breakers:reset", self._reset_all, "Close every breaker.", listed),
            Route("POST", "breakers/{id}:reset", self._reset, "Close a target's breaker.", listed),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        broken = self._breakers()
        targets = [self._row(model.target, broken) for model in runtime.names.models]
        away = sum(row.breaker is not None for row in targets)
        health = Health(state="ok", targets=targets)
        if away:
            health.state = "down" if away == len(targets) else "degraded"
        return reply(health, runtime.revision)

    async def _list(self, request: web.Request) -> web.Response:
        return reply_items(self._breakers().values(), self._control.changes.runtime.revision)

    async def _reset_all(self, request: web.Request) -> web.Response:
        self._control.health.breakers.reset()
        return await self._list(request)

    async def _reset(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        target = self._control.changes.runtime.names.names.get(name)
        if target is None and name in self._breakers():
            target = Target.parse(name)
        if target is None:
            raise nothing_called("target", name)
        self._control.health.breakers.reset(target)
        return await self._list(request)

    def _breakers(self) -> dict[str, Breaker]:
        standings = self._control.health.breakers.standings()
        return {str(standing.target): breaker_row(standing) for standing in standings}

    def _row(self, target: Target, broken: dict[str, Breaker]) -> TargetHealth:
        health = self._control.health
        return TargetHealth(
            target=str(target),
            local=self._control.changes.runtime.facts(target).local,
            breaker=broken.get(str(target)),
            failure_rate=health.failure_rate(target),
            p50_ttft_ms=health.latency_ms(target, 50),
            p95_ttft_ms=health.latency_ms(target, 95),
        )


def breaker_row(standing: Standing) -> Breaker:
    """Return a breaker as it travels."""
    return Breaker(
        target=str(standing.target),
        state="open" if standing.left_s > 0 else "half_open",
        kind=standing.kind.value,
        reason=standing.reason,
        left_ms=round(standing.left_s * 1000),
        opened=standing.opened,
    )
