"""Models between their two shapes: as they travel and as they are stored."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.contract.problems import ProblemCode
from butler.contract.resources import Model, ModelDetails, ModelIn, Prices
from butler.engine.call import NO_FACTS, RuntimeView, Target
from butler.engine.errors import ConfigError, problem
from butler.engine.routing.names import AUTO
from butler.engine.store import models
from butler.engine.store.ids import new_id
from butler.engine.store.models import ModelRecord
from butler.engine.store.snapshot import Snapshot


def model_row(record: ModelRecord, provider: str) -> Model:
    """Return a stored model of a provider of this name as it travels."""
    details = ModelDetails.model_validate(record.details, strict=False)
    return Model(
        id=record.id,
        name=record.name,
        alias=record.alias,
        enabled=record.enabled,
        target=f"{provider}/{record.name}",
        **details.model_dump(),
    )


def with_price(row: Model, runtime: RuntimeView) -> Model:
    """Add what a model costs now, and who says so."""
    target = Target.parse(row.target)
    facts = runtime.facts(target) if target else NO_FACTS
    price = facts.price
    if price is None:
        return row.model_copy(update={"local": facts.local})
    told = {name: getattr(price, name) for name in Prices.model_fields}
    return row.model_copy(
        update={"local": facts.local, "price": Prices(**told), "priced_by": price.source}
    )


def details_json(details: ModelDetails) -> dict[str, Any]:
    """Return what is said of a model, as it is stored: what is not known is left out."""
    told = set(ModelDetails.model_fields)
    return details.model_dump(mode="json", include=told, exclude_none=True, exclude_defaults=True)


def models_of(snapshot: Snapshot, provider_id: str) -> tuple[ModelRecord, ...]:
    """Return a provider's models in its order."""
    return tuple(model for model in snapshot.models if model.provider_id == provider_id)


def labels_of(snapshot: Snapshot) -> dict[str, ModelRecord]:
    """Return every stored model by its target name."""
    names = {provider.id: provider.name for provider in snapshot.providers}
    return {f"{names[model.provider_id]}/{model.name}": model for model in snapshot.models}


async def write_models(
    connection: AsyncConnection,
    provider_id: str,
    old: Sequence[ModelRecord],
    wanted: Sequence[ModelIn],
) -> None:
    """Make the list of models what is wanted; a model of the same name keeps its id, and rules."""
    before = {model.name: model for model in old}
    await make_room(connection, old, wanted)
    for position, model in enumerate(wanted):
        known = before.get(model.name)
        record = ModelRecord(
            id=known.id if known else new_id("mod"),
            provider_id=provider_id,
            name=model.name,
            alias=model.alias,
            enabled=model.enabled,
            position=position,
            details=details_json(model),
        )
        await (models.update if known else models.add)(connection, record)


async def make_room(
    connection: AsyncConnection, old: Sequence[ModelRecord], wanted: Sequence[ModelIn]
) -> None:
    """Remove the models that are gone, and take back the aliases that others are to have."""
    aliases = {model.name: model.alias for model in wanted}
    for model in old:
        if model.name not in aliases:
            await models.delete(connection, model.id)
        elif model.alias not in (None, aliases[model.name]):
            await models.update(connection, dataclasses.replace(model, alias=None))


def check_models(wanted: Sequence[ModelIn]) -> None:
    """Refuse a list that names a model twice, or `auto` an alias; raises ConfigError."""
    names = [model.name for model in wanted]
    for name in names:
        if names.count(name) > 1:
            raise _bad(f"The model {name!r} is listed twice.", "Name it once.", "models")
    for model in wanted:
        check_alias(model.alias, (), "models")


def check_aliases(
    others: Iterable[ModelRecord], wanted: Sequence[ModelIn], field: str = "models"
) -> None:
    """Refuse aliases that others have, or two of the list; raises ConfigError."""
    taken = {model.alias for model in others if model.alias}
    for model in wanted:
        check_alias(model.alias, taken, field)
        taken |= {model.alias} if model.alias else set()


def check_alias(alias: str | None, taken: Collection[str], field: str) -> None:
    """Refuse an alias that is taken or reserved; raises ConfigError."""
    if alias and alias.lower() == AUTO:
        raise _bad("`auto` can not be an alias.", "It leaves the choice to the butler.", field)
    if alias in taken:
        raise ConfigError(
            problem(
                ProblemCode.CONFLICT,
                f"There is a model with the alias {alias!r} already.",
                "Choose another alias.",
                field,
            )
        )


def _bad(detail: str, hint: str, field: str) -> ConfigError:
    return ConfigError(problem(ProblemCode.INVALID, detail, hint, field))
