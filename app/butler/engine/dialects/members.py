"""Members of JSON objects as what they must be; what is of another type counts as not given."""

from collections.abc import Mapping, Sequence
from typing import Any

from butler.engine.errors import ClientError


def as_list(value: Any) -> Sequence[Any]:
    """Return a list; an empty one for what is none."""
    return value if isinstance(value, list) else ()


def as_object(value: Any) -> Mapping[str, Any] | None:
    """Return an object; None for what is none."""
    return value if isinstance(value, dict) else None


def as_text(value: Any) -> str | None:
    """Return a text; None for what is none."""
    return value if isinstance(value, str) else None


def as_flag(value: Any) -> bool | None:
    """Return true or false; None for what is neither."""
    return value if isinstance(value, bool) else None


def as_number(value: Any) -> float | None:
    """Return a number; None for what is none."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def as_whole(value: Any) -> int | None:
    """Return a whole number; None for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def described_schema(format_: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the schema of a format; what is said beside it of its purpose is said in it."""
    schema, said = as_object(format_.get("schema")), as_text(format_.get("description"))
    return {"description": said, **schema} if schema and said else schema


def unreadable(where: str, what: str) -> ClientError:
    """Return the refusal of a member: where it stands, and what it is that it must not be."""
    return ClientError(400, "invalid_value", f"`{where}` {what}.", param=where)
