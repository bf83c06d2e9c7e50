"""`/api/v1/settings`: read all, change some."""

from collections.abc import Mapping

from aiohttp import web

from butler.contract.problems import ProblemCode
from butler.contract.resources import Setting, SettingsPatch
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import expected_revision, read, reply_items
from butler.engine.admin.routes import Items, Route
from butler.engine.errors import ConfigError, problem
from butler.engine.setting_table import BY_KEY
from butler.engine.settings import check
from butler.engine.store import settings


class SettingsResource:
    """The settings table, with the values in force and where they come from."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        listed = Items(Setting)
        return [
            Route("GET", "settings", self._list, "Every setting, and where it comes from.", listed),
            Route(
                "PATCH",
                "settings",
                self._change,
                "Store values by key; null goes back to the default.",
                listed,
                SettingsPatch,
                changes=True,
            ),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        return reply_items(runtime.settings.rows(), runtime.revision)

    async def _change(self, request: web.Request) -> web.Response:
        wanted = known_settings((await read(request, SettingsPatch)).root)
        expected = expected_revision(request)
        async with self._control.changes.edit("settings", expected) as edit:
            for key, value in wanted.items():
                edit.must_be_sound.append(key)
                if value is None:
                    await settings.delete(edit.connection, key)
                else:
                    await settings.put(edit.connection, key, check(BY_KEY[key], value))
        return await self._list(request)


def known_settings(wanted: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values when all of their keys are settings; raises ConfigError."""
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
