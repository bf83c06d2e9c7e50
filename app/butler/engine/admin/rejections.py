"""`/api/v1/requests/{id}/hit` and `:reject`: why a kept answer was sent, and that it was wrong."""

from aiohttp import web

from butler.contract.rejections import Rejection, SimilarHit
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import nothing_called, reply
from butler.engine.admin.routes import Route
from butler.engine.caches.similar.lessons import NEVER

_HIT = "hit of the semantic cache"


class RejectionsResource:
    """What the semantic cache has answered, for its owner to judge."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "GET",
                "requests/{id}/hit",
                self._get,
                "How alike the question was whose kept answer was sent, and what differed.",
                SimilarHit,
            ),
            Route(
                "POST",
                "requests/{id}/reject",
                self._reject,
                "Take a kept answer back that was wrong, and ask more of such words.",
                Rejection,
            ),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        hit = await self._control.similar.hit(id_)
        if hit is None:
            raise nothing_called(_HIT, id_)
        found = SimilarHit(
            request=id_, similarity=round(hit.score, 4), differences=list(hit.differences)
        )
        return reply(found, self._control.changes.runtime.revision)

    async def _reject(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        rejection = await self._control.similar.reject(id_)
        if rejection is None:
            raise nothing_called(_HIT, id_)
        least = None if rejection.least >= NEVER else round(rejection.least, 4)
        told = Rejection(request=id_, least_similarity=least)
        return reply(told, self._control.changes.runtime.revision)
