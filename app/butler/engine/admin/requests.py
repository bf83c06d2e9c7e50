"""`/api/v1/requests`: the log, newest first, and one call of it."""

import re
from datetime import datetime

from aiohttp import web

from butler.contract.problems import ProblemCode
from butler.engine.admin.control import Control, call_row
from butler.engine.admin.exchange import nothing_called, reply, reply_items
from butler.engine.errors import ConfigError, problem
from butler.engine.store import requests

_USUAL_PAGE = 50
_LARGEST_PAGE = 1000


class RequestsResource:
    """The recorded calls."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/api/v1/requests", self._list),
            web.get("/api/v1/requests/{id}", self._get),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        """Answer with a page; `before` is the id of the last call of the page above."""
        limit = _limit(request.query.get("limit"))
        before_id = request.query.get("before")
        async with self._control.database.connect() as connection:
            before: tuple[datetime, str] | None = None
            if before_id:
                last = await requests.get(connection, before_id)
                if last is None:
                    raise nothing_called("request", before_id)
                before = (last.started_at, last.id)
            page = await requests.page(connection, before, limit)
        return reply_items([call_row(row) for row in page], self._control.changes.runtime.revision)

    async def _get(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        async with self._control.database.connect() as connection:
            row = await requests.get(connection, id_)
        if row is None:
            raise nothing_called("request", id_)
        return reply(call_row(row), self._control.changes.runtime.revision)


def _limit(text: str | None) -> int:
    if text is None:
        return _USUAL_PAGE
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= _LARGEST_PAGE:
        hint = f"It is a whole number from 1 to {_LARGEST_PAGE}."
        raise ConfigError(problem(ProblemCode.INVALID, "`limit` does not fit.", hint, "limit"))
    return int(text)
