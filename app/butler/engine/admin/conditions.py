"""`/api/v1/condition-kinds`: what rules can ask, with the form of each kind of condition."""

import dataclasses
from collections.abc import Sequence

from aiohttp import web

from butler.contract.condition_kinds import ConditionField, ConditionKindRow
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import reply_items
from butler.engine.admin.routes import Items, Route
from butler.engine.admin.view import AdminRuntime
from butler.engine.providers.base import Field
from butler.engine.signals.client.listed import TOOLS

_CALL_KINDS = ("main", "title", "subagent", "compaction", "memory")


class ConditionsResource:
    """The kinds of conditions, in the order in which they are listed."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "GET",
                "condition-kinds",
                self._list,
                "What rules can ask, and the form of each.",
                Items(ConditionKindRow),
            )
        ]

    async def _list(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        rows = [
            ConditionKindRow(
                kind=kind.kind,
                title=kind.title,
                private=kind.private,
                fields=[_field(field, runtime) for field in kind.fields],
            )
            for kind in self._control.conditions
        ]
        return reply_items(rows, runtime.revision)


def _field(field: Field, runtime: AdminRuntime) -> ConditionField:
    return ConditionField(
        **dataclasses.asdict(field), suggestions=list(_suggestions(field.name, runtime))
    )


def _suggestions(name: str, runtime: AdminRuntime) -> Sequence[str]:
    """Return what is likely to be meant where a field takes names of any kind."""
    match name:
        case "clients":
            return [tool.id for tool in TOOLS]
        case "kinds":
            return _CALL_KINDS
        case "tokens":
            return [token.name for token in runtime.snapshot.tokens]
    return ()
