"""`/api/v1/vault`: where the master key lies, and a new one for everything."""

import dataclasses

from aiohttp import web

from butler.contract.problems import ProblemCode
from butler.contract.vault import VaultRotated, VaultRotation, VaultState
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import Clash, read, reply
from butler.engine.admin.rotation import Places, Rotated, rotate
from butler.engine.admin.routes import Route
from butler.engine.errors import problem


class VaultResource:
    """The master key."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "vault", self._get, "Where the master key lies.", VaultState),
            Route(
                "POST",
                "vault:rotate",
                self._rotate,
                "Make a new master key and seal everything anew, here or in another place.",
                VaultRotated,
                VaultRotation,
                refusals=(409,),
            ),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        facts = self._control.facts
        state = VaultState(source=facts.master_key_source, problems=list(facts.warnings))
        return reply(state, self._control.changes.runtime.revision)

    async def _rotate(self, request: web.Request) -> web.Response:
        wanted = await read(request, VaultRotation)
        # Nobody may read the store while it is sealed under a key that is not yet ours.
        async with self._control.changes.aside("another master key"):
            done = await self._rotated(wanted)
        answer = VaultRotated(
            source=done.source,
            problems=list(done.warnings),
            revision=done.revision,
            resealed=done.resealed,
            unreadable=done.unreadable,
        )
        return reply(answer, done.revision)

    async def _rotated(self, wanted: VaultRotation) -> Rotated:
        control = self._control
        if control.database.is_shared and not wanted.alone:
            raise Clash(
                problem(
                    ProblemCode.CONFLICT,
                    "Other servers on this database would lose their key.",
                    "Stop them, then ask again with `alone`, and give them the new key.",
                    "alone",
                )
            )
        old = control.facts.master_key_source
        known = {source.name: source for source in control.key_sources}
        places = Places(known[old], known[wanted.source or old])
        done = await rotate(control.database, control.vault, places)
        control.facts = dataclasses.replace(
            control.facts, master_key_source=done.source, warnings=done.warnings
        )
        return done
