"""Records to rows and back: a record's fields carry the names of its table's columns."""

from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import Row


class _Record(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Record = TypeVar("Record", bound=_Record)


def row_of(record: _Record) -> dict[str, Any]:
    """Turn a record into column values; unlike `dataclasses.asdict` it copies no JSON."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def record_of(kind: type[Record], row: Row[Any], **replaced: Any) -> Record:
    """Build a record from the columns of its fields, some of them replaced."""
    values = {**row._mapping, **replaced}
    return kind(**{field.name: values[field.name] for field in fields(kind)})
