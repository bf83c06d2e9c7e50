"""Records to rows and back: a record's fields carry the names of its table's columns."""

from dataclasses import Field, fields
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import Row


class _Record(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Record = TypeVar("Record", bound=_Record)


def row_of(record: _Record) -> dict[str, Any]:
    """Turn a record into column values; unlike `dataclasses.asdict` it copies no JSON."""
    return {name: getattr(record, name) for name in _names(type(record))}


def record_of(kind: type[Record], row: Row[Any], **replaced: Any) -> Record:
    """Build a record from the columns of its fields, some of them replaced."""
    values = {**row._mapping, **replaced}
    return kind(**{name: values[name] for name in _names(kind)})


@cache
def _names(kind: type[_Record]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
