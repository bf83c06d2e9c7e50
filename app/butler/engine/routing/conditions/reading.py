"""Reading a condition's fields: what does not fit is refused with the field's name."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from butler.engine.call import Target
from butler.engine.routing.conditions.base import refuse


def texts(spec: Mapping[str, Any], name: str, example: str) -> tuple[str, ...]:
    """Read a list of at least one text, stripped, each once."""
    value = spec.get(name)
    if not isinstance(value, list) or not value:
        raise refuse(name, f"`{name}` must hold at least one text.", f"Like {example}.")
    if not all(isinstance(text, str) and text.strip() for text in value):
        raise refuse(name, f"Every text of `{name}` must say something.", "Remove the empty ones.")
    return tuple(dict.fromkeys(text.strip() for text in value))


def chosen(spec: Mapping[str, Any], name: str, choices: Sequence[str]) -> tuple[str, ...]:
    """Read a list of at least one of these words."""
    known = "It takes " + ", ".join(choices) + "."
    value = spec.get(name)
    if not isinstance(value, list) or not value:
        raise refuse(name, f"`{name}` must name at least one.", known)
    for word in value:
        if word not in choices:
            raise refuse(name, f"{word!r} is none of the choices for `{name}`.", known)
    return tuple(dict.fromkeys(value))


def choice(spec: Mapping[str, Any], name: str, choices: Sequence[str], default: str) -> str:
    """Read one of these words."""
    value = spec.get(name, default)
    if value not in choices:
        known = ", ".join(choices)
        raise refuse(name, f"{value!r} is no choice for `{name}`.", f"It is one of {known}.")
    return str(value)


def flag(spec: Mapping[str, Any], name: str, *, default: bool) -> bool:
    """Read true or false."""
    value = spec.get(name, default)
    if not isinstance(value, bool):
        raise refuse(name, f"`{name}` must be true or false.", f"It is {default} by default.")
    return value


def number(
    spec: Mapping[str, Any], name: str, most: float, default: float | None = None
) -> float | None:
    """Read a number from 0 to `most`."""
    value = spec.get(name, default)
    if value is None:
        return None
    # A comparison with NaN is never true, so NaN is refused here too.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise refuse(name, f"`{name}` can not be {value!r}.", f"It is a number from 0 to {most:g}.")
    return float(value)


def dollars(spec: Mapping[str, Any], name: str) -> Decimal | None:
    """Read dollars for a million tokens."""
    value = number(spec, name, 1_000_000)
    return None if value is None else Decimal(str(value))


def target(spec: Mapping[str, Any], own: Target | None) -> Target | None:
    """Read the target that a condition is about: the rule's own first one where none is named."""
    value = spec.get("target")
    if value is None:
        return own
    named = Target.parse(value.strip()) if isinstance(value, str) else None
    if named is None:
        raise refuse("target", f"{value!r} is no target.", "Like openai/gpt-5, or leave it out.")
    return named
