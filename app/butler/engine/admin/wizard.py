"""`/api/v1/wizard`: what the wizard asks, and the rules that it makes of the answers."""

import asyncio

from aiohttp import web

from butler.contract.drafts import Draft
from butler.contract.wizard import WizardAnswers, WizardForm, WizardQuery
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import read, read_query, reply
from butler.engine.admin.menu import menu_of
from butler.engine.admin.routes import Route
from butler.engine.assistant.menu import Menu
from butler.engine.assistant.samples import tried
from butler.engine.assistant.wizard import build, form
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.groups import GroupReader


class WizardResource:
    """The wizard. It stores nothing: what it proposes goes to `rules:apply`."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "GET",
                "wizard",
                self._form,
                "What the wizard asks, for the models that are configured.",
                WizardForm,
                query=WizardQuery,
            ),
            Route(
                "POST",
                "wizard:build",
                self._build,
                "Make a complete set of rules of the answers; nothing is stored.",
                Draft,
                body=WizardAnswers,
            ),
        ]

    async def _form(self, request: web.Request) -> web.Response:
        language = read_query(request, WizardQuery).language
        runtime = self._control.changes.runtime
        # Its words are read from a file at the first use.
        asked = await asyncio.to_thread(form, self._menu(), language)
        return reply(asked, runtime.revision)

    async def _build(self, request: web.Request) -> web.Response:
        answers = await read(request, WizardAnswers)
        runtime = self._control.changes.runtime
        draft = await asyncio.to_thread(self._tried, answers)
        return reply(draft, runtime.revision)

    def _menu(self) -> Menu:
        """Return the enabled models; none of the demo's, to which no stored rule can lead."""
        runtime = self._control.changes.runtime
        return Menu(()) if runtime.demo else menu_of(runtime)

    def _tried(self, answers: WizardAnswers) -> Draft:
        """Return the rules, their examples tried on them."""
        kinds = {kind.kind: kind for kind in self._control.conditions}
        reader = GroupReader(kinds, Compiling())
        return tried(build(answers, self._menu()), self._control.changes.runtime, reader)
