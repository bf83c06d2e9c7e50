"""Facts about the database itself: its revision and the vault that belongs to it."""

import base64

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.errors import ButlerError
from butler.engine.store.ids import new_id
from butler.engine.store.tables import meta

REVISION = "revision"
_VAULT_ID = "vault_id"
_VAULT_CHECK = "vault_check"


class StaleRevision(ButlerError):
    """Somebody else changed the configuration since the caller read it."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(f"The configuration is at revision {actual}, not {expected}.")
        self.expected = expected
        self.actual = actual


async def get(connection: AsyncConnection, key: str) -> str | None:
    """Read one fact."""
    value: str | None = await connection.scalar(select(meta.c.value).where(meta.c.key == key))
    return value


async def put(connection: AsyncConnection, key: str, value: str) -> None:
    """Write one fact, replacing what was there."""
    written = await connection.execute(update(meta).where(meta.c.key == key).values(value=value))
    if not written.rowcount:
        await connection.execute(insert(meta).values(key=key, value=value))


async def revision(connection: AsyncConnection) -> int:
    """The number of changes to the configuration so far."""
    return int(await get(connection, REVISION) or 0)


async def lock_revision(connection: AsyncConnection) -> int:
    """Wait until no other server is changing the configuration, and return the revision then.

    The others wait until this transaction ends; SQLite's write transaction already did that.
    """
    query = select(meta.c.value).where(meta.c.key == REVISION).with_for_update()
    return int(await connection.scalar(query) or 0)


async def bump_revision(connection: AsyncConnection, expected: int | None) -> int:
    """Count one change and return the new revision.

    Raises StaleRevision when `expected` is given and is not the revision that stands.
    """
    actual = await lock_revision(connection)
    if expected is not None and expected != actual:
        raise StaleRevision(expected, actual)
    await put(connection, REVISION, str(actual + 1))
    return actual + 1


async def ensure_vault_id(connection: AsyncConnection) -> str:
    """The random id under which this database's master key is filed; made on first use."""
    vault_id = await get(connection, _VAULT_ID)
    if vault_id is None:
        vault_id = new_id("vault")
        await put(connection, _VAULT_ID, vault_id)
    return vault_id


async def vault_check(connection: AsyncConnection) -> bytes | None:
    """The envelope that only the right master key opens; None before the first start."""
    text = await get(connection, _VAULT_CHECK)
    return None if text is None else decode_check(text)


def decode_check(text: str) -> bytes:
    """Read the envelope from the text in which it is kept."""
    return base64.b64decode(text)


async def put_vault_id(connection: AsyncConnection, vault_id: str) -> None:
    """File the master key under another id from now on."""
    await put(connection, _VAULT_ID, vault_id)


async def put_vault_check(connection: AsyncConnection, check: bytes) -> None:
    """Keep the envelope that tells the right master key from a wrong one."""
    await put(connection, _VAULT_CHECK, base64.b64encode(check).decode("ascii"))
