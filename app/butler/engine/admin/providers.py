"""`/api/v1/providers`: where models live, with keys that go in and never come out."""

import dataclasses
from datetime import UTC, datetime

from aiohttp import web
from pydantic import SecretStr

from butler.contract.problems import ProblemCode
from butler.contract.resources import (
    Provider,
    ProviderIn,
    ProviderPatch,
)
from butler.engine.admin.control import Control
from butler.engine.admin.default_target import choose_first, follow, forget_with_the_last
from butler.engine.admin.exchange import (
    ReadOnly,
    expected_revision,
    nothing_called,
    read,
    reply,
    reply_items,
)
from butler.engine.admin.kinds import Kinds
from butler.engine.admin.model_records import (
    check_aliases,
    check_models,
    model_row,
    models_of,
    write_models,
)
from butler.engine.admin.models import demo_model
from butler.engine.admin.routes import Items, Route
from butler.engine.errors import ConfigError, problem
from butler.engine.store import providers
from butler.engine.store.ids import new_id
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot, read_snapshot


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
        check_models(wanted.models)
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            _check_name(edit.before, wanted.name, id_)
            check_aliases(edit.before.models, wanted.models)
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
            await write_models(edit.connection, id_, (), wanted.models)
            await choose_first(edit, await read_snapshot(edit.connection))
            edit.must_be_sound.append(id_)
        return self._answer(id_, 201)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, ProviderPatch)
        check_models(patch.models or [])
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            changed = self._patched(record, patch)
            _check_name(edit.before, changed.name, record.id)
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
        return self._answer(record.id)

    async def _delete(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            row = self._row(edit.before, record)
            await providers.delete(edit.connection, record.id)
            await forget_with_the_last(edit, await read_snapshot(edit.connection))
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
            models=[model_row(model, record.name) for model in models_of(snapshot, record.id)],
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
            models=[demo_model(str(target), target.model) for target in targets],
        )


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
