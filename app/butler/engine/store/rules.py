"""Stored rules, with targets that follow a renamed provider or model."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy import delete as delete_from
from sqlalchemy import update as update_row
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import record_of, row_of
from butler.engine.store.tables import rule_targets, rules
from butler.engine.store.targets import StoredTarget, TargetList

_TARGETS = TargetList(rule_targets, rule_targets.c.rule_id)


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
    targets: tuple[StoredTarget, ...]
    created_at: datetime
    updated_at: datetime
    thinking: Mapping[str, Any] | None = None
    cap_price: bool = False


async def add(connection: AsyncConnection, rule: RuleRecord) -> None:
    """Store a new rule."""
    await connection.execute(insert(rules).values(_own_columns(rule)))
    await _TARGETS.write(connection, rule.id, rule.targets)


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
    await _TARGETS.write(connection, rule.id, rule.targets)
    return True


async def delete(connection: AsyncConnection, rule_id: str) -> bool:
    """Delete a rule and its targets; tells whether there was one."""
    gone = await connection.execute(delete_from(rules).where(rules.c.id == rule_id))
    return gone.rowcount > 0


def _own_columns(rule: RuleRecord) -> dict[str, Any]:
    row = row_of(rule)
    del row["targets"]
    return row


async def _read(connection: AsyncConnection, query: Select[Any]) -> tuple[RuleRecord, ...]:
    """Read the rules of a query, with all their targets in one more query."""
    rows = (await connection.execute(query)).all()
    owners = query.order_by(None).with_only_columns(rules.c.id)
    targets = await _TARGETS.read(connection, owners)
    return tuple(record_of(RuleRecord, row, targets=tuple(targets[row.id])) for row in rows)
