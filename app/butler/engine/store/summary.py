"""A change in a few words, for the history and for whoever is told of it."""

from collections.abc import Sequence

from butler.engine.store.delta import RowChange

_TABLES = {
    "providers": ("providers", "models"),
    "rules": ("rules",),
    "categories": ("categories",),
    "tokens": ("tokens",),
    "settings": ("settings",),
}
"""Which tables a change of a resource is about; what else it touches follows from that."""


def summarize(resource: str, changes: Sequence[RowChange]) -> str:
    """Say what happened: `rule 'x' changed`, `3 models removed`."""
    for table in (*_TABLES.get(resource, ()), *_TABLES):
        found = [change for change in changes if change.table == table]
        if len(found) == 1:
            return _one(found[0])
        if found:
            return _several(table, found)
    return "nothing changed"


def noun_of(table: str) -> str:
    """Say what one row of a table is."""
    return "category" if table == "categories" else table.removesuffix("s")


def _one(change: RowChange) -> str:
    before, after = change.before or {}, change.after or {}
    noun = noun_of(change.table)
    name = before.get("name") or after.get("name") or change.id
    if change.table == "settings":
        return f"setting {name} {_verb(change)}"
    if change.fields == ("enabled",) and change.before and change.after:
        return f"{noun} {name!r} switched {'on' if after['enabled'] else 'off'}"
    if change.fields == ("name",) and change.before and change.after:
        return f"{noun} {name!r} renamed to {after['name']!r}"
    return f"{noun} {name!r} {_verb(change)}"


def _several(table: str, changes: Sequence[RowChange]) -> str:
    verbs = {_verb(change) for change in changes}
    return f"{len(changes)} {table} {verbs.pop() if len(verbs) == 1 else 'changed'}"


def _verb(change: RowChange) -> str:
    if change.table == "settings":
        return "changed"
    if change.before is None:
        return "added"
    if change.after is None:
        return "revoked" if change.table == "tokens" else "removed"
    return "changed"
