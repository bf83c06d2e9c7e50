"""What becomes of each field of the published request schemas, as `fields/*.yaml` says.

A field is `mapped` (and the case that shows it is named), `passed` between equals alone (with the
reason), `impossible` (with the words that the trace gets), or `like` another one. What stands
below a field that is not mapped shares its fate.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml

from tests.golden.shapes import Shape, fields_below, request_shape

FOLDER = Path(__file__).parent / "fields"
FATES = ("mapped", "passed", "impossible", "like")
_STEP = re.compile(r"\[([^\]]+)\]|\.?([^.\[]+)")
_DEFAULTS = ("message", "custom")
"""Kinds of objects that need not name themselves: messages of responses, tools of Anthropic."""
Fates = Mapping[str, Mapping[str, str]]


def fates_of(dialect: str) -> Fates:
    """Return what is written of a dialect's fields."""
    written: Fates = yaml.safe_load((FOLDER / f"{dialect}.yaml").read_text(encoding="utf-8"))
    return written


def published(dialect: str, fates: Fates) -> Iterator[str]:
    """Yield the paths of the fields of a dialect's requests, as deep as they are mapped."""
    for name, annotation in request_shape(dialect).members.items():
        yield from _from(name, annotation, fates)


def _from(path: str, annotation: Any, fates: Fates) -> Iterator[str]:
    yield path
    if "mapped" not in fates.get(path, {}):
        return
    for step, below in fields_below(annotation):
        if not _is_a_constant(below):
            yield from _from(path + step, below, fates)


def _is_a_constant(annotation: Any) -> bool:
    """Say whether a field has only one value: it tells one kind of objects from the others."""
    if isinstance(annotation, Shape):
        return False
    literal = get_origin(annotation) is Literal
    return literal and len(get_args(annotation)) == 1


def contains(body: Any, path: str) -> bool:
    """Say whether a request says something in a field."""
    found = [body]
    for kind, name in _STEP.findall(path):
        if kind:
            found = [it for it in found if isinstance(it, dict) and _is_of(it, kind)]
        else:
            found = [it[name] for it in found if isinstance(it, dict) and it.get(name) is not None]
            found = [it for one in found for it in (one if isinstance(one, list) else [one])]
    return bool(found)


def _is_of(value: Mapping[str, Any], kind: str) -> bool:
    """Say whether an object is of a kind; one of a kind without a name may be any."""
    named = value.get("type"), value.get("role")
    if kind in named:
        return True
    return not kind[0].islower() or ("type" not in value and kind in _DEFAULTS)
