"""The whole configuration at one revision, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import categories, meta, models, providers, rules, settings, tokens
from butler.engine.store.categories import CategoryRecord
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.rules import RuleRecord
from butler.engine.store.tokens import TokenRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a Runtime is compiled from; `tokens` holds only those in use."""

    revision: int
    settings: Mapping[str, Any]
    providers: tuple[ProviderRecord, ...]
    models: tuple[ModelRecord, ...]
    rules: tuple[RuleRecord, ...]
    tokens: tuple[TokenRecord, ...]
    categories: tuple[CategoryRecord, ...] = ()


async def read_snapshot(connection: AsyncConnection) -> Snapshot:
    """Read everything from one connection of the Database, thus as of one instant.

    Inside a write transaction it shows that transaction's own changes: so a change is verified
    before it is committed.
    """
    return Snapshot(
        revision=await meta.revision(connection),
        settings=await settings.read_all(connection),
        providers=await providers.list_all(connection),
        models=await models.list_all(connection),
        rules=await rules.list_all(connection),
        tokens=await tokens.list_all(connection),
        categories=await categories.list_all(connection),
    )
