"""A new master key for everything that is sealed, safe against an end at any moment."""

from dataclasses import dataclass

from butler.contract.problems import Problem, ProblemCode
from butler.engine.admin.exchange import Clash
from butler.engine.errors import problem
from butler.engine.store import meta
from butler.engine.store.changes import announce
from butler.engine.store.database import Database
from butler.engine.store.ids import new_id
from butler.engine.store.sealed import reseal_all
from butler.engine.vault.master_key import KeySource, Obstacle, new_key
from butler.engine.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Places:
    """Where the old key lies, and where the new one shall."""

    old: KeySource
    new: KeySource


@dataclass(frozen=True, slots=True)
class Rotated:
    """Where the key lies now, and how many secrets were sealed anew, or could not be."""

    source: str
    warnings: tuple[Problem, ...]
    revision: int
    resealed: int
    unreadable: int


async def rotate(database: Database, vault: Vault, places: Places) -> Rotated:
    """Make a new master key, seal everything under it and forget the old one.

    The new key is kept under a new vault id, which nobody looks for yet. One transaction then
    seals all anew and names that id: before its commit the old key opens everything, after it
    the new one does, and both are there until it is done. Raises Clash when the new place takes
    no key, StoreError; all is then as it was, but for a key that nobody needs.
    """
    vault_id, key = new_id("vault"), new_key()
    kept = await places.new.keep(vault_id, key)
    if isinstance(kept, Obstacle):
        raise _not_kept(places.new, kept)
    fresh = Vault(key)
    async with database.begin() as connection:
        await meta.lock_revision(connection)
        old_id = await meta.ensure_vault_id(connection)
        done = await reseal_all(
            connection, lambda record, envelope: fresh.seal(record, vault.open(record, envelope))
        )
        await meta.put_vault_id(connection, vault_id)
        await meta.put_vault_check(connection, fresh.check(vault_id))
        revision = await meta.bump_revision(connection, None)
        await announce(connection, revision)
    vault.become(fresh)
    # While a loss of power could bring back what the old key has sealed, that key stays.
    if await database.settle():
        await places.old.forget(old_id)
    return Rotated(places.new.name, kept.warnings, revision, done.resealed, done.unreadable)


def _not_kept(place: KeySource, why: Obstacle) -> Clash:
    hints = {
        Obstacle.READ_ONLY: "Name another place for it: `os_keyring` or `key_file`.",
        Obstacle.LOCKED: "Unlock it and try again.",
    }
    return Clash(
        problem(
            ProblemCode.MASTER_KEY_MISSING,
            f"The new master key could not be stored: {place.title} {why.value}.",
            hints.get(why, "Choose another place for it. Nothing was changed."),
            "source",
        )
    )
