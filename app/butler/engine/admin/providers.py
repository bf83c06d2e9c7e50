"""`/api/v1/providers`: where models live, with keys that go in and never come out."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.contract.problems import ProblemCode
from butler.contract.resources import (
    Model,
    ModelDetails,
    ModelIn,
    Provider,
    ProviderIn,
    ProviderPatch,
)
from butler.engine.admin.changes import Edit
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import (
    ReadOnly,
    expected_revision,
    nothing_called,
    read,
    reply,
    reply_items,
)
from butler.engine.admin.kinds import Kinds
from butler.engine.admin.routes import Items, Route
from butler.engine.call import Target
from butler.engine.errors import ConfigError, problem
from butler.engine.routing.names import AUTO
from butler.engine.store import models, providers, settings
from butler.engine.store.ids import new_id
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot

_DEFAULT_TARGET = "routing.default_target"


class ProvidersResource:
    """Providers and their models."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._kinds: Kinds = control.kinds

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
            Route("DELETE", one, self._delete, "Delete it and its models.", Provider, changes=True),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        rows = [self._row(runtime.snapshot, record) for record in runtime.snapshot.providers]
        if runtime.demo:
            rows = [self._demo_row()]
        return reply_items(rows, runtime.revision)

    async def _get(self, request: web.Request) -> web.Response:
        return self._answer(request.match_info["id"])

    async def _add(self, request: web.Request) -> web.Response:
        wanted = await read(request, ProviderIn)
        now = datetime.now(UTC)
        id_ = new_id("prov")
        _check_models(wanted.models)
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            _check_name(edit.before, wanted.name, id_)
            _check_aliases(edit.before, wanted.models, id_)
            record = ProviderRecord(
                id=id_,
                name=wanted.name,
                kind=wanted.kind,
                base_url=self._kinds.base_url(wanted.kind, wanted.base_url),
                key_envelope=self._sealed(id_, wanted.api_key),
                options=wanted.options,
                enabled=wanted.enabled,
                position=1 + max((other.position for other in edit.before.providers), default=-1),
                created_at=now,
                updated_at=now,
            )
            await providers.add(edit.connection, record)
            await _write_models(edit.connection, id_, (), wanted.models)
            await _first_default(edit, wanted.name, wanted.models)
            edit.must_be_sound.append(id_)
        return self._answer(id_, 201)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, ProviderPatch)
        _check_models(patch.models or [])
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            changed = self._patched(record, patch)
            _check_name(edit.before, changed.name, record.id)
            await providers.update(edit.connection, changed)
            if patch.models is not None:
                _check_aliases(edit.before, patch.models, record.id)
                old = _models_of(edit.before, record.id)
                await _write_models(edit.connection, record.id, old, patch.models)
                await _first_default(edit, changed.name, patch.models)
            await _follow_rename(edit, record.name, changed.name)
            edit.must_be_sound.append(record.id)
        return self._answer(record.id)

    async def _delete(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            row = self._row(edit.before, record)
            await providers.delete(edit.connection, record.id)
            if len(edit.before.providers) == 1:
                # The demo is back, and nothing is left that a choice could be among.
                await settings.delete(edit.connection, _DEFAULT_TARGET)
        return reply(row, self._control.changes.runtime.revision)

    def _patched(self, record: ProviderRecord, patch: ProviderPatch) -> ProviderRecord:
        changed = dataclasses.replace(
            record,
            name=patch.name or record.name,
            base_url=patch.base_url or record.base_url,
            enabled=record.enabled if patch.enabled is None else patch.enabled,
            options=record.options if patch.options is None else patch.options,
            updated_at=datetime.now(UTC),
        )
        if "api_key" in patch.model_fields_set:
            envelope = self._sealed(record.id, patch.api_key)
            changed = dataclasses.replace(changed, key_envelope=envelope)
        return changed

    def _sealed(self, provider_id: str, key: SecretStr | None) -> bytes | None:
        text = key.get_secret_value().strip() if key else ""
        if not text:
            return None
        if not text.isascii() or not text.isprintable():
            raise ConfigError(
                problem(
                    ProblemCode.INVALID,
                    "The API key holds characters that no key has.",
                    "Copy it once more.",
                    "api_key",
                )
            )
        return self._control.vault.seal(self._kinds.key_record(provider_id), text.encode())

    def _find(self, snapshot: Snapshot, name: str) -> ProviderRecord:
        for record in snapshot.providers:
            if name in (record.id, record.name):
                return record
        if self._control.changes.runtime.demo and name == "demo":
            raise ReadOnly(
                problem(
                    ProblemCode.READ_ONLY,
                    "The demo provider is built in.",
                    "It leaves by itself when you add a provider.",
                )
            )
        raise nothing_called("provider", name)

    def _answer(self, name: str, status: int = 200) -> web.Response:
        runtime = self._control.changes.runtime
        if runtime.demo and name == "demo":
            return reply(self._demo_row(), runtime.revision)
        record = self._find(runtime.snapshot, name)
        return reply(self._row(runtime.snapshot, record), runtime.revision, status)

    def _row(self, snapshot: Snapshot, record: ProviderRecord) -> Provider:
        return Provider(
            id=record.id,
            name=record.name,
            kind=record.kind,
            title=self._kinds.title(record.kind),
            base_url=record.base_url,
            has_key=record.key_envelope is not None,
            enabled=record.enabled,
            built_in=False,
            options=dict(record.options),
            models=[
                Model(
                    id=model.id,
                    name=model.name,
                    alias=model.alias,
                    enabled=model.enabled,
                    target=f"{record.name}/{model.name}",
                    **_details(model).model_dump(),
                )
                for model in _models_of(snapshot, record.id)
            ],
        )

    def _demo_row(self) -> Provider:
        runtime = self._control.changes.runtime
        connection = runtime.providers["demo"].connection
        targets = [model.target for model in runtime.names.models]
        return Provider(
            id="demo",
            name="demo",
            kind="demo",
            title=self._kinds.title("demo"),
            base_url=connection.base_url,
            has_key=True,
            enabled=True,
            built_in=True,
            options={},
            models=[
                Model(id=str(target), name=target.model, target=str(target)) for target in targets
            ],
        )


def _details(model: ModelRecord) -> ModelDetails:
    return ModelDetails.model_validate(model.details, strict=False)


def _details_json(model: ModelIn) -> dict[str, Any]:
    """Return what is said of a model, as it is stored: what is not known is left out."""
    told = set(ModelDetails.model_fields)
    return model.model_dump(mode="json", include=told, exclude_none=True, exclude_defaults=True)


def _models_of(snapshot: Snapshot, provider_id: str) -> tuple[ModelRecord, ...]:
    return tuple(model for model in snapshot.models if model.provider_id == provider_id)


async def _write_models(
    connection: AsyncConnection,
    provider_id: str,
    old: Sequence[ModelRecord],
    wanted: Sequence[ModelIn],
) -> None:
    """Make the list of models what is wanted; a model of the same name keeps its id, and rules."""
    before = {model.name: model for model in old}
    await _free_aliases(connection, old, {model.name: model.alias for model in wanted})
    for position, model in enumerate(wanted):
        known = before.get(model.name)
        record = ModelRecord(
            id=known.id if known else new_id("mod"),
            provider_id=provider_id,
            name=model.name,
            alias=model.alias,
            enabled=model.enabled,
            position=position,
            details=_details_json(model),
        )
        await (models.update if known else models.add)(connection, record)


async def _free_aliases(
    connection: AsyncConnection, old: Sequence[ModelRecord], wanted: Mapping[str, str | None]
) -> None:
    """Remove the models that are gone, and take back the aliases that others are to have."""
    for model in old:
        if model.name not in wanted:
            await models.delete(connection, model.id)
        elif model.alias not in (None, wanted[model.name]):
            await models.update(connection, dataclasses.replace(model, alias=None))


async def _first_default(edit: Edit, provider: str, models_: Sequence[ModelIn]) -> None:
    """Make the first model the default where none is chosen, or the chosen one is gone.

    It is stored, so that switching a provider off never hands its calls to another one.
    """
    labels = _labels(edit.before)
    enabled = [model.name for model in models_ if model.enabled]
    if enabled and edit.before.settings.get(_DEFAULT_TARGET) not in labels:
        await settings.put(edit.connection, _DEFAULT_TARGET, str(Target(provider, enabled[0])))


def _labels(snapshot: Snapshot) -> set[str]:
    names = {provider.id: provider.name for provider in snapshot.providers}
    return {f"{names[model.provider_id]}/{model.name}" for model in snapshot.models}


async def _follow_rename(edit: Edit, old: str, new: str) -> None:
    """Keep the default target on its model when its provider gets another name."""
    chosen = edit.before.settings.get(_DEFAULT_TARGET)
    target = Target.parse(chosen) if isinstance(chosen, str) else None
    if old != new and target is not None and target.provider == old:
        await settings.put(edit.connection, _DEFAULT_TARGET, str(Target(new, target.model)))


def _check_name(snapshot: Snapshot, name: str, id_: str) -> None:
    taken = any(other.name == name and other.id != id_ for other in snapshot.providers)
    if taken:
        raise ConfigError(
            problem(
                ProblemCode.CONFLICT,
                f"There is a provider {name!r} already.",
                "Choose another name, or edit that one.",
                "name",
            )
        )


def _check_aliases(snapshot: Snapshot, wanted: Sequence[ModelIn], provider_id: str) -> None:
    taken = {model.alias for model in snapshot.models if model.provider_id != provider_id}
    for model in wanted:
        if model.alias in taken - {None}:
            raise ConfigError(
                problem(
                    ProblemCode.CONFLICT,
                    f"There is a model with the alias {model.alias!r} already.",
                    "Choose another alias.",
                    "models",
                )
            )
        taken.add(model.alias)


def _check_models(wanted: Sequence[ModelIn]) -> None:
    names = [model.name for model in wanted]
    for name in names:
        if names.count(name) > 1:
            raise _bad_models(f"The model {name!r} is listed twice.", "Name it once.")
    for model in wanted:
        if model.alias and model.alias.lower() == AUTO:
            raise _bad_models("`auto` can not be an alias.", "It leaves the choice to the butler.")


def _bad_models(detail: str, hint: str) -> ConfigError:
    return ConfigError(problem(ProblemCode.INVALID, detail, hint, "models"))
