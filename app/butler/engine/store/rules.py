"""Stored rules, with targets that follow a renamed provider or model."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select
from sqlalchemy import delete as delete_from
from sqlalchemy import update as update_row
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import record_of, row_of
from butler.engine.store.tables import models, providers, rule_targets, rules


@dataclass(frozen=True, slots=True)
class RuleTarget:
    """Where a rule sends a call: a stored model, and its name `provider/model`.

    Read from the store, the label is the model's name of today. `model_id` is None when the
    model is gone or was never stored; the label is then as it was last written.
    """

    model_id: str | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord:
    """One rule; the first target answers, the others are its fallbacks in order.

    `thinking` is a `contract.resources.Thinking` as JSON, None to leave it to the request.
    With `cap_price` no fallback may cost more than the target.
    """

    id: str
    name: str
    description: str
    priority: int
    enabled: bool
    conditions: Mapping[str, Any]
    targets: tuple[RuleTarget, ...]
    created_at: datetime
    updated_at: datetime
    thinking: Mapping[str, Any] | None = None
    cap_price: bool = False


async def add(connection: AsyncConnection, rule: RuleRecord) -> None:
    """Store a new rule."""
    await connection.execute(insert(rules).values(_own_columns(rule)))
    await _write_targets(connection, rule)


async def get(connection: AsyncConnection, rule_id: str) -> RuleRecord | None:
    """Read one rule by id."""
    found = await _read(connection, select(rules).where(rules.c.id == rule_id))
    return found[0] if found else None


async def list_all(connection: AsyncConnection) -> tuple[RuleRecord, ...]:
    """All rules in the order in which they are tried: highest priority first, then oldest."""
    return await _read(connection, select(rules).order_by(rules.c.priority.desc(), rules.c.id))


async def update(connection: AsyncConnection, rule: RuleRecord) -> bool:
    """Write the whole record over the one with its id; tells whether there was one."""
    written = await connection.execute(
        update_row(rules).where(rules.c.id == rule.id).values(_own_columns(rule))
    )
    if not written.rowcount:
        return False
    await connection.execute(delete_from(rule_targets).where(rule_targets.c.rule_id == rule.id))
    await _write_targets(connection, rule)
    return True


async def delete(connection: AsyncConnection, rule_id: str) -> bool:
    """Delete a rule and its targets; tells whether there was one."""
    gone = await connection.execute(delete_from(rules).where(rules.c.id == rule_id))
    return gone.rowcount > 0


def _own_columns(rule: RuleRecord) -> dict[str, Any]:
    row = row_of(rule)
    del row["targets"]
    return row


async def _write_targets(connection: AsyncConnection, rule: RuleRecord) -> None:
    rows = [
        {"rule_id": rule.id, "position": position, **row_of(target)}
        for position, target in enumerate(rule.targets)
    ]
    if rows:
        await connection.execute(insert(rule_targets), rows)


async def _read(connection: AsyncConnection, query: Select[Any]) -> tuple[RuleRecord, ...]:
    """Read the rules of a query, with all their targets in one more query."""
    rows = (await connection.execute(query)).all()
    targets = await _read_targets(connection, query)
    return tuple(record_of(RuleRecord, row, targets=tuple(targets[row.id])) for row in rows)


async def _read_targets(
    connection: AsyncConnection, query: Select[Any]
) -> defaultdict[str, list[RuleTarget]]:
    """The targets by rule; joined, so that a rename of provider or model shows at once."""
    name = providers.c.name + "/" + models.c.name
    chosen = query.order_by(None).with_only_columns(rules.c.id)
    found = await connection.execute(
        select(
            rule_targets.c.rule_id,
            rule_targets.c.model_id,
            func.coalesce(name, rule_targets.c.label).label("label"),
        )
        .outerjoin(models, models.c.id == rule_targets.c.model_id)
        .outerjoin(providers, providers.c.id == models.c.provider_id)
        .where(rule_targets.c.rule_id.in_(chosen))
        .order_by(rule_targets.c.rule_id, rule_targets.c.position)
    )
    targets: defaultdict[str, list[RuleTarget]] = defaultdict(list)
    for row in found:
        targets[row.rule_id].append(RuleTarget(row.model_id, row.label))
    return targets
