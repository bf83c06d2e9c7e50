"""`/api/v1/requests/{id}/body`: the words of a call, where they were kept, and their end."""

from typing import Any

import orjson
from aiohttp import web

from butler.contract.call_filter import Forgotten, Words
from butler.contract.problems import ProblemCode
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import NotFound, reply
from butler.engine.admin.routes import Route
from butler.engine.errors import problem
from butler.engine.store import bodies
from butler.engine.store.bodies import vault_record

_AT_ONCE = 500


class BodiesResource:
    """The sealed words of calls."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "requests/{id}/body", self._get, "What was said in a call.", Words),
            Route("DELETE", "requests/{id}/body", self._delete, "Forget what was said.", Forgotten),
            Route("DELETE", "bodies", self._delete_all, "Forget what was ever said.", Forgotten),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        async with self._control.database.connect() as connection:
            record = None if "\0" in id_ else await bodies.get(connection, id_)
        if record is None:
            raise _nothing_kept(id_)
        opened = self._control.vault.open(vault_record(record.request_id), record.envelope)
        said: dict[str, Any] = orjson.loads(opened)
        words = Words(request_id=record.request_id, started_at=record.started_at, **said)
        return reply(words, self._control.changes.runtime.revision)

    async def _delete(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        async with self._control.database.begin() as connection:
            found = "\0" not in id_ and await bodies.delete(connection, id_)
        if not found:
            raise _nothing_kept(id_)
        return reply(Forgotten(forgotten=1), self._control.changes.runtime.revision)

    async def _delete_all(self, request: web.Request) -> web.Response:
        total = 0
        while True:
            async with self._control.database.begin() as connection:
                gone = await bodies.delete_some(connection, _AT_ONCE)
            total += gone
            if not gone:
                return reply(Forgotten(forgotten=total), self._control.changes.runtime.revision)


def _nothing_kept(id_: str) -> NotFound:
    return NotFound(
        problem(
            ProblemCode.NOT_FOUND,
            f"Nothing was kept of what was said in the request {id_[:80]!r}.",
            "The setting log.bodies turns that on for later calls.",
            "id",
        )
    )
