"""`/api/v1/config`: the whole configuration out as one document, and in again."""

import dataclasses
from collections.abc import Mapping, Sequence

from aiohttp import web

from butler.contract.configuration import (
    VERSION,
    ConfigProvider,
    ConfigQuery,
    Configuration,
)
from butler.contract.problems import ProblemCode
from butler.contract.resources import ModelDetails, ModelIn, ProviderIn
from butler.contract.rule_sets import RuleSetItem
from butler.engine.admin.category_records import category_item, replace_categories
from butler.engine.admin.changes import Edit
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import document, expected_revision, read, read_query
from butler.engine.admin.model_records import (
    check_aliases,
    check_models,
    make_room,
    models_of,
    write_models,
)
from butler.engine.admin.provider_records import ProviderForms
from butler.engine.admin.routes import Route
from butler.engine.admin.rule_records import rule_row
from butler.engine.admin.rule_sets import replace_rules
from butler.engine.admin.settings import known_settings
from butler.engine.errors import ConfigError, problem
from butler.engine.setting_table import BY_KEY
from butler.engine.settings import check
from butler.engine.store import providers, settings
from butler.engine.store.ids import new_id
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot, read_snapshot

_WRITTEN = frozenset(RuleSetItem.model_fields)
"""What of a rule is configuration; the rest is found out about it."""


class ConfigurationResource:
    """The configuration as one document."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._forms = ProviderForms(control.kinds, control.vault)

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "GET",
                "config",
                self._get,
                "All that is configured; keys only with `secrets=true`.",
                Configuration,
                query=ConfigQuery,
            ),
            Route(
                "PUT",
                "config",
                self._put,
                "Make the configuration what the document says.",
                Configuration,
                Configuration,
                changes=True,
            ),
        ]

    async def _get(self, request: web.Request) -> web.Response:
        wanted = read_query(request, ConfigQuery)
        snapshot = self._control.changes.runtime.snapshot
        return document(self._document(snapshot, secrets=wanted.secrets), snapshot.revision)

    async def _put(self, request: web.Request) -> web.Response:
        """Exchange everything in one transaction; what is broken stays so and is reported."""
        wanted = await read(request, Configuration)
        async with self._control.changes.edit("providers", expected_revision(request)) as edit:
            edit.resources += ["rules", "settings"]
            await self._write_providers(edit, wanted.providers)
            between = dataclasses.replace(edit, before=await read_snapshot(edit.connection))
            await replace_rules(between, wanted.rules, lenient=True)
            if wanted.categories is not None:
                edit.resources.append("categories")
                await replace_categories(between, wanted.categories)
            await _write_settings(edit, wanted.settings)
        snapshot = self._control.changes.runtime.snapshot
        return document(self._document(snapshot, secrets=False), snapshot.revision)

    def _document(self, snapshot: Snapshot, *, secrets: bool) -> Configuration:
        return Configuration(
            version=VERSION,
            settings=dict(snapshot.settings),
            providers=[
                ConfigProvider(
                    id=record.id,
                    name=record.name,
                    kind=record.kind,
                    base_url=record.base_url,
                    api_key=self._forms.key(record) if secrets else None,
                    enabled=record.enabled,
                    options=dict(record.options),
                    models=[_model_in(model) for model in models_of(snapshot, record.id)],
                )
                for record in snapshot.providers
            ],
            rules=[
                RuleSetItem.model_validate(
                    rule_row(rule, ()).model_dump(include=set(_WRITTEN)), strict=False
                )
                for rule in snapshot.rules
            ],
            categories=[category_item(record) for record in snapshot.categories],
        )

    async def _write_providers(self, edit: Edit, wanted: Sequence[ConfigProvider]) -> None:
        known = _matched(edit.before, wanted)
        _check(wanted)
        await _make_room(edit, known, wanted)
        for place, item in enumerate(wanted):
            before = known.get(place)
            record = self._record(item, before, place)
            if before is None or (before.base_url, before.options) != (item.base_url, item.options):
                await self._forms.check(record, self._control.own_ports())
            await (providers.update if before else providers.add)(edit.connection, record)
            old = models_of(edit.before, record.id)
            await write_models(edit.connection, record.id, old, item.models)
            if before is None or not _same(before, record):
                edit.must_be_sound.append(record.id)

    def _record(
        self, item: ConfigProvider, before: ProviderRecord | None, position: int
    ) -> ProviderRecord:
        """Return the provider to store; a stored key goes to no other address than its own."""
        written = item.model_dump_json(exclude={"id", "models"})
        id_ = before.id if before else new_id("prov")
        record = self._forms.record(ProviderIn.model_validate_json(written), id_, position)
        if before is None:
            return record
        record = dataclasses.replace(record, created_at=before.created_at)
        if record.key_envelope is None and (before.base_url, before.kind) == (
            record.base_url,
            record.kind,
        ):
            record = dataclasses.replace(record, key_envelope=before.key_envelope)
        return record


def _model_in(record: ModelRecord) -> ModelIn:
    details = ModelDetails.model_validate(record.details, strict=False)
    return ModelIn(name=record.name, alias=record.alias, enabled=record.enabled, **dict(details))


def _matched(snapshot: Snapshot, wanted: Sequence[ConfigProvider]) -> Mapping[int, ProviderRecord]:
    """Return, by its place, the stored provider that each is: of its id, else of its name."""
    by_id = {record.id: record for record in snapshot.providers}
    found = {place: by_id.pop(item.id) for place, item in enumerate(wanted) if item.id in by_id}
    by_name = {record.name: record for record in by_id.values()}
    for place, item in enumerate(wanted):
        if place not in found and item.name in by_name:
            found[place] = by_name.pop(item.name)
    return found


def _check(wanted: Sequence[ConfigProvider]) -> None:
    names = [item.name for item in wanted]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(
                problem(
                    ProblemCode.INVALID,
                    f"The provider {name!r} is listed twice.",
                    "Name it once.",
                    "providers",
                )
            )
    for item in wanted:
        check_models(item.models)
    check_aliases((), [model for item in wanted for model in item.models], "providers")


async def _make_room(
    edit: Edit, known: Mapping[int, ProviderRecord], wanted: Sequence[ConfigProvider]
) -> None:
    """Remove what is gone and take back names and aliases, so that others can have them."""
    kept = {record.id for record in known.values()}
    for record in edit.before.providers:
        if record.id not in kept:
            await providers.delete(edit.connection, record.id)
    for place, record in known.items():
        if record.name != wanted[place].name:
            await providers.update(edit.connection, dataclasses.replace(record, name=record.id))
        await make_room(edit.connection, models_of(edit.before, record.id), wanted[place].models)


def _same(one: ProviderRecord, other: ProviderRecord) -> bool:
    return dataclasses.replace(other, updated_at=one.updated_at, position=one.position) == one


async def _write_settings(edit: Edit, wanted: Mapping[str, object]) -> None:
    known = known_settings(wanted)
    for key in edit.before.settings.keys() - known.keys():
        await settings.delete(edit.connection, key)
    for key, value in known.items():
        await settings.put(edit.connection, key, check(BY_KEY[key], value))
