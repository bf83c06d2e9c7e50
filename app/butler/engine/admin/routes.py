"""One declaration for each route: what registers it documents it, so that the two can not drift."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from pydantic import BaseModel

from butler.engine.admin.exchange import BODY, CHANGES, QUERY

ROOT = "/api/v1/"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Items:
    """An answer `{"items": [...]}` of one type."""

    of: type[BaseModel]


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer that is no JSON resource: a stream, a file; `others` may be asked for instead."""

    media_type: str
    summary: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One route below `/api/v1/`: who answers it, and what goes in and comes out.

    `body` and `query` are what the handler reads with `read` and `read_query`; reading another
    type is a bug and fails. `changes` says that it writes configuration: it takes `If-Match`,
    and it may find the revision stale (412) or a name taken (409). `refusals` are statuses
    beyond those that follow from the rest.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    answer: type[BaseModel] | Items | Raw
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    status: int = 200
    changes: bool = False
    refusals: tuple[int, ...] = ()

    def registered(self) -> web.RouteDef:
        """Return the route as the server wants it."""
        return web.route(self.method, ROOT + self.path, self.answered)

    async def answered(self, request: web.Request) -> web.StreamResponse:
        """Answer a request, which from now on knows what its route declares."""
        request[BODY], request[QUERY], request[CHANGES] = self.body, self.query, self.changes
        return await self.handler(request)

    def statuses(self) -> tuple[int, ...]:
        """Return every status with which it may refuse."""
        found = {401, 403, 503, *self.refusals}
        if "{" in self.path:
            found.add(404)
        if self.body is not None:
            found |= {413, 422}
        if self.query is not None:
            found.add(422)
        if self.changes:
            found |= {409, 412, 422}
        return tuple(sorted(found))
