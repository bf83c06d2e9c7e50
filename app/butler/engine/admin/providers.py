"""`/api/v1/providers`: where models live; their keys come out only when the owner asks."""

from aiohttp import web

from butler.contract.problems import ProblemCode
from butler.contract.resources import (
    Provider,
    ProviderIn,
    ProviderKey,
    ProviderPatch,
)
from butler.engine.admin.control import Control
from butler.engine.admin.default_target import choose_first, follow, forget_with_the_last
from butler.engine.admin.exchange import (
    NotFound,
    ReadOnly,
    expected_revision,
    read,
    reply,
    reply_items,
)
from butler.engine.admin.model_records import (
    check_aliases,
    check_models,
    models_of,
    with_price,
    write_models,
)
from butler.engine.admin.models import demo_model
from butler.engine.admin.provider_options import completed
from butler.engine.admin.provider_records import ProviderForms, check_name, find_provider
from butler.engine.admin.routes import Items, Route
from butler.engine.call import Target
from butler.engine.errors import problem
from butler.engine.store import providers
from butler.engine.store.ids import new_id
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot, read_snapshot

_MENDS = {"base_url", "api_key", "options"}
"""What an owner changes where a provider does not answer: its targets get another chance."""


class ProvidersResource:
    """Providers and their models."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._forms = ProviderForms(control.kinds, control.vault)

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = "providers/{id}"
        return [
            Route("GET", "providers", self._list, "The providers.", Items(Provider)),
            Route(
                "POST",
                "providers",
                self._add,
                "Add one.",
                Provider,
                ProviderIn,
                status=201,
                changes=True,
            ),
            Route("GET", one, self._get, "One provider.", Provider),
            Route("PATCH", one, self._change, "Change it.", Provider, ProviderPatch, changes=True),
            Route(
                "POST",
                one + ":reveal",
                self._reveal,
                "The text of its key, for its owner's eyes.",
                ProviderKey,
            ),
            Route("DELETE", one, self._delete, "Delete it and its models.", Provider, changes=True),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        rows = [self._row(record) for record in runtime.snapshot.providers]
        if runtime.demo:
            rows = [self._demo_row()]
        return reply_items(rows, runtime.revision)

    async def _get(self, request: web.Request) -> web.Response:
        return self._answer(request.match_info["id"])

    async def _add(self, request: web.Request) -> web.Response:
        wanted = completed(await read(request, ProviderIn))
        id_ = new_id("prov")
        check_models(wanted.models)
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            check_name(edit.before, wanted.name, id_)
            check_aliases(edit.before.models, wanted.models)
            position = 1 + max((other.position for other in edit.before.providers), default=-1)
            record = self._forms.record(wanted, id_, position)
            await self._forms.check(record, self._control.own_ports())
            await providers.add(edit.connection, record)
            await write_models(edit.connection, id_, (), wanted.models)
            await choose_first(edit, await read_snapshot(edit.connection))
            edit.must_be_sound.append(id_)
        return self._answer(id_, 201)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, ProviderPatch)
        check_models(patch.models or [])
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            changed = self._forms.patched(record, patch)
            check_name(edit.before, changed.name, record.id)
            if patch.model_fields_set & {"base_url", "options"}:
                await self._forms.check(changed, self._control.own_ports())
            await providers.update(edit.connection, changed)
            if patch.models is not None:
                old = models_of(edit.before, record.id)
                check_aliases(
                    [model for model in edit.before.models if model not in old], patch.models
                )
                await write_models(edit.connection, record.id, old, patch.models)
            after = await read_snapshot(edit.connection)
            await follow(edit, after)
            await choose_first(edit, after)
            edit.must_be_sound.append(record.id)
        if patch.model_fields_set & _MENDS:
            for model in models_of(after, record.id):
                self._control.health.breakers.reset(Target(changed.name, model.name))
        return self._answer(record.id)

    async def _reveal(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        record = self._find(runtime.snapshot, request.match_info["id"])
        text = self._forms.key(record)
        if text is None:
            raise NotFound(
                problem(
                    ProblemCode.NO_COPY,
                    f"The provider {record.name!r} has no key.",
                    "Give it one, if it wants one.",
                )
            )
        return reply(ProviderKey(id=record.id, name=record.name, api_key=text), runtime.revision)

    async def _delete(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            row = self._forms.row(edit.before, record)
            await providers.delete(edit.connection, record.id)
            await forget_with_the_last(edit, await read_snapshot(edit.connection))
        return reply(row, self._control.changes.runtime.revision)

    def _find(self, snapshot: Snapshot, name: str) -> ProviderRecord:
        if self._control.changes.runtime.demo and name == "demo":
            raise ReadOnly(
                problem(
                    ProblemCode.READ_ONLY,
                    "The demo provider is built in.",
                    "It leaves by itself when you add a provider.",
                )
            )
        return find_provider(snapshot, name)

    def _answer(self, name: str, status: int = 200) -> web.Response:
        runtime = self._control.changes.runtime
        if runtime.demo and name == "demo":
            return reply(self._demo_row(), runtime.revision)
        record = self._find(runtime.snapshot, name)
        return reply(self._row(record), runtime.revision, status)

    def _row(self, record: ProviderRecord) -> Provider:
        runtime = self._control.changes.runtime
        row = self._forms.row(runtime.snapshot, record)
        return row.model_copy(update={"models": [with_price(one, runtime) for one in row.models]})

    def _demo_row(self) -> Provider:
        runtime = self._control.changes.runtime
        connection = runtime.providers["demo"].connection
        targets = [model.target for model in runtime.names.models]
        return Provider(
            id="demo",
            name="demo",
            kind="demo",
            title=self._control.kinds.title("demo"),
            base_url=connection.base_url,
            has_key=True,
            enabled=True,
            built_in=True,
            options={},
            models=[demo_model(str(target), target.model) for target in targets],
        )
