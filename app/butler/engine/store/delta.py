"""What a change did to the configuration: its records before and after, as JSON can hold them."""

import base64
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from butler.engine.store.categories import CategoryRecord
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.rows import row_of
from butler.engine.store.rules import RuleRecord
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget
from butler.engine.store.tokens import TokenRecord

Row = Mapping[str, Any]
RowKey = tuple[str, str]
"""A table's name and the id of a row in it."""

Record = ProviderRecord | ModelRecord | RuleRecord | CategoryRecord
"""What is stored of a table that undoing writes as a whole."""
_KINDS: Mapping[str, type[Record]] = {
    "providers": ProviderRecord,
    "models": ModelRecord,
    "rules": RuleRecord,
    "categories": CategoryRecord,
}
_KEPT_OF_TOKENS = {
    "id",
    "name",
    "created_at",
    "expires_at",
    "allowed_models",
    "requests_per_minute",
}
"""Neither digest nor copy: what is revoked must be gone, from the history too."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; None where there was or is none. Secrets in it stay sealed."""

    table: str
    id: str
    before: Row | None
    after: Row | None

    @property
    def key(self) -> RowKey:
        """Where the row is."""
        return self.table, self.id

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ; all of them where the row came or went."""
        before, after = self.before or {}, self.after or {}
        names = dict.fromkeys([*before, *after])
        return tuple(name for name in names if differs(name, before.get(name), after.get(name)))


def rows_of(snapshot: Snapshot) -> dict[RowKey, Row]:
    """Return the whole configuration as rows by their place."""
    return {key: _written(record) for key, record in _records(snapshot).items()}


def changes_between(before: Snapshot, after: Snapshot) -> tuple[RowChange, ...]:
    """Return what became of each record that is not as it was."""
    old, new = _records(before), _records(after)
    found = []
    for key in dict.fromkeys([*old, *new]):
        was, is_ = old.get(key), new.get(key)
        if was != is_:
            change = RowChange(*key, _written_or_none(was), _written_or_none(is_))
            if was is None or is_ is None or change.fields:
                found.append(change)
    return tuple(found)


def differs(field: str, one: Any, other: Any) -> bool:
    """Say whether a field tells two things; when it was written and a name that follows do not."""
    if field == "updated_at":
        return False
    if field == "targets":
        return _identities(one) != _identities(other)
    return bool(one != other)


def record_of_row(table: str, row: Row) -> Record:
    """Build a record again from a row. Raises KeyError for a table without records."""
    kind: Any = _KINDS[table]
    names = {field.name for field in dataclasses.fields(kind)}
    values = values_of_row(row)
    record: Record = kind(**{name: values[name] for name in values if name in names})
    return record


def values_of_row(row: Row) -> dict[str, Any]:
    """Return a row's values as records hold them: bytes, times and targets again."""
    return {name: _read(name, value) for name, value in row.items()}


def _records(snapshot: Snapshot) -> dict[RowKey, Any]:
    tables: tuple[tuple[str, Sequence[Record | TokenRecord]], ...] = (
        ("providers", snapshot.providers),
        ("models", snapshot.models),
        ("rules", snapshot.rules),
        ("categories", snapshot.categories),
        ("tokens", snapshot.tokens),
    )
    records: dict[RowKey, Any] = {
        (table, record.id): record for table, records in tables for record in records
    }
    return records | {
        ("settings", key): {"value": value} for key, value in snapshot.settings.items()
    }


def _written_or_none(record: Any) -> Row | None:
    return None if record is None else _written(record)


def _written(record: Any) -> Row:
    if isinstance(record, dict):
        return record
    kept = _KEPT_OF_TOKENS if isinstance(record, TokenRecord) else None
    return {
        name: _write(value) for name, value in row_of(record).items() if not kept or name in kept
    }


def _write(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [row_of(item) if isinstance(item, StoredTarget) else item for item in value]
    return value


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name.endswith("_envelope"):
        return base64.b64decode(value)
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name == "targets":
        return tuple(StoredTarget(**target) for target in value)
    if name == "utterances":
        return tuple(value)
    return value


def _identities(targets: Sequence[Row] | None) -> list[str] | None:
    """Return what targets are; the label of a stored model follows its name by itself."""
    if targets is None:
        return None
    return [target["model_id"] or target["label"] for target in targets]
