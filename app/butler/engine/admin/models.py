"""`/api/v1/models`: single models, with what is known of them."""

import dataclasses

from aiohttp import web

from butler.contract.models import ModelPatch, NewModel
from butler.contract.problems import ProblemCode
from butler.contract.resources import Model, ModelDetails
from butler.engine.admin.control import Control
from butler.engine.admin.default_target import choose_first, follow
from butler.engine.admin.exchange import (
    ReadOnly,
    expected_revision,
    nothing_called,
    read,
    reply,
    reply_items,
)
from butler.engine.admin.model_records import (
    check_alias,
    details_json,
    labels_of,
    model_row,
    models_of,
    with_price,
)
from butler.engine.admin.routes import Items, Route
from butler.engine.admin.view import AdminRuntime
from butler.engine.errors import ConfigError, problem
from butler.engine.store import models
from butler.engine.store.ids import new_id
from butler.engine.store.models import ModelRecord
from butler.engine.store.snapshot import Snapshot, read_snapshot


class ModelsResource:
    """Models, one by one; a provider's own form changes its whole list."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = "models/{id}"
        return [
            Route("GET", "models", self._list, "Every model of every provider.", Items(Model)),
            Route(
                "POST", "models", self._add, "Add one.", Model, NewModel, status=201, changes=True
            ),
            Route("GET", one, self._get, "One model, by id, target or alias.", Model),
            Route("PATCH", one, self._change, "Change it.", Model, ModelPatch, changes=True),
            Route("DELETE", one, self._delete, "Remove it.", Model, changes=True),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        return reply_items([*_rows(runtime).values(), *self._built_in()], runtime.revision)

    async def _get(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        name = request.match_info["id"]
        for row in [*_rows(runtime).values(), *self._built_in()]:
            if name in (row.id, row.target, row.alias):
                return reply(row, runtime.revision)
        raise nothing_called("model", name)

    async def _add(self, request: web.Request) -> web.Response:
        wanted = await read(request, NewModel)
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            provider_id = _provider(edit.before, wanted.provider)
            present = models_of(edit.before, provider_id)
            _check(edit.before, None, provider_id, wanted.name, wanted.alias)
            record = ModelRecord(
                id=new_id("mod"),
                provider_id=provider_id,
                name=wanted.name,
                alias=wanted.alias,
                enabled=wanted.enabled,
                position=1 + max((model.position for model in present), default=-1),
                details=details_json(wanted),
            )
            await models.add(edit.connection, record)
            await choose_first(edit, await read_snapshot(edit.connection))
        return self._answer(record.id, 201)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, ModelPatch)
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            changed = _patched(record, patch)
            _check(edit.before, record.id, record.provider_id, changed.name, changed.alias)
            await models.update(edit.connection, changed)
            await follow(edit, await read_snapshot(edit.connection))
        return self._answer(record.id)

    async def _delete(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            row = _rows(self._control.changes.runtime)[record.id]
            await models.delete(edit.connection, record.id)
        return reply(row, self._control.changes.runtime.revision)

    def _find(self, snapshot: Snapshot, name: str) -> ModelRecord:
        """Return the model of this id, target or alias; raises NotFound, ReadOnly (the demo's)."""
        for label, record in labels_of(snapshot).items():
            if name in (record.id, label, record.alias):
                return record
        if any(name in (row.id, row.target) for row in self._built_in()):
            raise ReadOnly(
                problem(
                    ProblemCode.READ_ONLY,
                    "The demo's models are built in.",
                    "They leave by themselves when you add a provider.",
                )
            )
        raise nothing_called("model", name)

    def _answer(self, id_: str, status: int = 200) -> web.Response:
        runtime = self._control.changes.runtime
        return reply(_rows(runtime)[id_], runtime.revision, status)

    def _built_in(self) -> list[Model]:
        runtime = self._control.changes.runtime
        if not runtime.demo:
            return []
        return [demo_model(str(model.target), model.target.model) for model in runtime.names.models]


def demo_model(target: str, name: str) -> Model:
    """Return a model of the demo as it travels; its target is its id."""
    return Model(id=target, name=name, target=target)


def _rows(runtime: AdminRuntime) -> dict[str, Model]:
    snapshot = runtime.snapshot
    names = {provider.id: provider.name for provider in snapshot.providers}
    return {
        model.id: with_price(model_row(model, names[model.provider_id]), runtime)
        for model in snapshot.models
    }


def _provider(snapshot: Snapshot, name: str) -> str:
    for provider in snapshot.providers:
        if name in (provider.id, provider.name):
            return provider.id
    raise ConfigError(
        problem(
            ProblemCode.NOT_FOUND,
            f"There is no provider {name[:80]!r}.",
            "Add it first, or name another one.",
            "provider",
        )
    )


def _check(
    snapshot: Snapshot, id_: str | None, provider_id: str, name: str, alias: str | None
) -> None:
    """Refuse a name that the provider has already, and an alias that anybody has."""
    others = [model for model in snapshot.models if model.id != id_]
    if any(model.name == name and model.provider_id == provider_id for model in others):
        raise ConfigError(
            problem(
                ProblemCode.CONFLICT,
                f"The provider has a model {name!r} already.",
                "Change that one.",
                "name",
            )
        )
    check_alias(alias, {model.alias for model in others if model.alias}, "alias")


def _patched(record: ModelRecord, patch: ModelPatch) -> ModelRecord:
    """Return a model with what the patch names changed; what was a guess and is said is none."""
    details = ModelDetails.model_validate(record.details, strict=False)
    said = patch.model_fields_set & set(ModelDetails.model_fields)
    told = {field: getattr(patch, field) for field in said}
    if "guessed" not in said:
        told["guessed"] = [field for field in details.guessed if field not in said]
    return dataclasses.replace(
        record,
        name=patch.name or record.name,
        alias=patch.alias if "alias" in patch.model_fields_set else record.alias,
        enabled=record.enabled if patch.enabled is None else patch.enabled,
        details=details_json(details.model_copy(update=told)),
    )
