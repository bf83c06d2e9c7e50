"""`/api/v1/settings`: read all, change some."""

import orjson
from aiohttp import web

from butler.contract.problems import ProblemCode
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import expected_revision, reply_items
from butler.engine.errors import ConfigError, problem
from butler.engine.settings import BY_KEY, check
from butler.engine.store import settings


class SettingsResource:
    """The settings table, with the values in force and where they come from."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/api/v1/settings", self._list),
            web.patch("/api/v1/settings", self._change),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        return reply_items(runtime.settings.rows(), runtime.revision)

    async def _change(self, request: web.Request) -> web.Response:
        """Store values by key; null goes back to the default."""
        wanted = await _read(request)
        expected = expected_revision(request)
        async with self._control.changes.edit("settings", expected) as edit:
            for key, value in wanted.items():
                edit.must_be_sound.append(key)
                if value is None:
                    await settings.delete(edit.connection, key)
                else:
                    await settings.put(edit.connection, key, check(BY_KEY[key], value))
        return await self._list(request)


async def _read(request: web.Request) -> dict[str, object]:
    try:
        wanted = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        wanted = None
    if not isinstance(wanted, dict):
        raise ConfigError(problem(ProblemCode.INVALID, "The body must be an object of settings."))
    unknown = [key for key in wanted if key not in BY_KEY]
    if unknown:
        known = ", ".join(BY_KEY)
        raise ConfigError(
            *(
                problem(ProblemCode.NOT_FOUND, f"There is no setting {key!r}.", known, key)
                for key in unknown
            )
        )
    return wanted
