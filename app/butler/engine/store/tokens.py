"""Stored client tokens: a hash, and where the owner wished it a sealed copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select
from sqlalchemy import delete as delete_from
from sqlalchemy import update as update_row
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store.rows import record_of, row_of
from butler.engine.store.tables import tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRecord:
    """One token; `hash` is the SHA-256 of its text, `copy_envelope` the text as sealed.

    `allowed_models` are patterns of names it may ask for and be answered by; none means all.
    """

    id: str
    name: str
    hash: bytes
    copy_envelope: bytes | None
    created_at: datetime
    revoked_at: datetime | None = None
    expires_at: datetime | None = None
    allowed_models: Sequence[str] = ()
    requests_per_minute: int | None = None
    last_used_at: datetime | None = None


async def add(connection: AsyncConnection, token: TokenRecord) -> None:
    """Store a new token."""
    await connection.execute(insert(tokens).values(row_of(token)))


async def get(connection: AsyncConnection, token_id: str) -> TokenRecord | None:
    """Read one token by id, a revoked one too."""
    found = await connection.execute(select(tokens).where(tokens.c.id == token_id))
    row = found.one_or_none()
    return None if row is None else _record(row)


async def list_all(
    connection: AsyncConnection, *, revoked: bool = False
) -> tuple[TokenRecord, ...]:
    """The tokens in use, oldest first; with `revoked` also those that no longer are."""
    query = select(tokens).order_by(tokens.c.created_at, tokens.c.id)
    if not revoked:
        query = query.where(tokens.c.revoked_at.is_(None))
    return tuple(_record(row) for row in await connection.execute(query))


async def update(connection: AsyncConnection, token: TokenRecord) -> bool:
    """Write the record over the one with its id, but for its last use; tells whether it was there.

    The last use is noted by the calls themselves, maybe since this record was read.
    """
    row = row_of(token)
    del row["last_used_at"]
    written = await connection.execute(
        update_row(tokens).where(tokens.c.id == token.id).values(row)
    )
    return written.rowcount > 0


async def touch(connection: AsyncConnection, used: Mapping[str, datetime]) -> None:
    """Note when tokens were last used, by id; a later use that is known already stays."""
    for token_id, at in used.items():
        is_later = or_(tokens.c.last_used_at.is_(None), tokens.c.last_used_at < at)
        await connection.execute(
            update_row(tokens).where(tokens.c.id == token_id, is_later).values(last_used_at=at)
        )


async def revoke(connection: AsyncConnection, token_id: str, at: datetime) -> bool:
    """End a token and forget its copy; tells whether it was in use."""
    written = await connection.execute(
        update_row(tokens)
        .where(tokens.c.id == token_id, tokens.c.revoked_at.is_(None))
        .values(revoked_at=at, copy_envelope=None)
    )
    return written.rowcount > 0


async def delete(connection: AsyncConnection, token_id: str) -> bool:
    """Delete a token for good; tells whether there was one."""
    gone = await connection.execute(delete_from(tokens).where(tokens.c.id == token_id))
    return gone.rowcount > 0


def _record(row: Row[Any]) -> TokenRecord:
    return record_of(TokenRecord, row, allowed_models=tuple(row.allowed_models))
