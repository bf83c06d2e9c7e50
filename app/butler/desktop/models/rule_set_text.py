"""A set of rules as text to edit: how it is written, and what is wrong with it, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError
from pydantic_core import ErrorDetails

from butler.contract.problems import Problem
from butler.contract.resources import Rule
from butler.contract.rule_sets import RuleSetIn, RuleSetItem
from butler.contract.texts import Texts
from butler.desktop.models.json_places import (
    Document,
    Misread,
    Path,
    Place,
    line_and_column,
    path_of,
    read_json,
)
from butler.desktop.models.json_writing import pretty

SCHEMA = (
    *("missing", "extra_forbidden", "string_type", "int_type", "bool_type", "list_type"),
    *("dict_type", "model_type", "string_too_short", "string_too_long", "too_long"),
    *("string_pattern_mismatch", "greater_than_equal", "less_than_equal", "greater_than"),
    *("literal_error", "value_error"),
)
"""What a value can be that does not fit; the texts under `rules.json.schema` say it in words."""
_FIELDS = ("id", *(name for name in RuleSetItem.model_fields if name != "id"))
_OPENED = 3
"""The set, its list and each rule are never folded into a line."""
_OF_NAMES = frozenset({"extra_forbidden"})
"""What is wrong with the name of a value, not with the value."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong, in words, and where: a stretch of the text, its line and column from 1."""

    words: str
    place: Place
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was looked at: what it says, unless it is no JSON, and what is wrong with it."""

    text: str
    document: Document | None
    marks: tuple[Mark, ...]

    @property
    def sound(self) -> bool:
        """Whether the engine can be asked about it."""
        return not self.marks


def written(rules: Sequence[Rule]) -> str:
    """Return the owner's rules as text: what is configuration, in a steady order."""
    items = [
        RuleSetItem.model_validate(
            rule.model_dump(include=set(RuleSetItem.model_fields)), strict=False
        ).model_dump(mode="json")
        for rule in rules
        if not rule.built_in
    ]
    ordered: list[JsonValue] = [{name: item[name] for name in _FIELDS} for item in items]
    return pretty({"rules": ordered}, _OPENED) + "\n"


def tidied(value: JsonValue) -> str:
    """Return what a text says the way it would be written."""
    return pretty(value, _OPENED) + "\n"


def check(text: str, texts: Texts) -> Checked:
    """Read a text and hold it against the schema of a set of rules."""
    try:
        document = read_json(text)
    except Misread as error:
        words = texts(f"rules.json.fault.{error.fault}")
        return Checked(text, None, (_mark(text, error.place, words),))
    try:
        RuleSetIn.model_validate_json(text)
    except ValidationError as error:
        marks = (_misfit(document, each, texts) for each in error.errors(include_url=False))
        return Checked(text, document, tuple(_in_order(marks)))
    return Checked(text, document, ())


def marks_of(document: Document, problems: Sequence[Problem], texts: Texts) -> tuple[Mark, ...]:
    """Return what the engine says is wrong with a set, where it is."""
    return tuple(_in_order(_told(document, each, texts) for each in problems))


def _told(document: Document, problem: Problem, texts: Texts) -> Mark:
    # The engine's own English names the value; our sentence for it is in the reader's language.
    known = [] if texts.language == "en" else [texts.problem(problem)]
    words = " ".join(part for part in (*known, problem.detail, problem.hint) if part)
    return _mark(document.text, document.place(path_of(problem.field or "")), words)


def _misfit(document: Document, error: ErrorDetails, texts: Texts) -> Mark:
    path: Path = error["loc"]
    name = str(path[-1]) if path else ""
    kind = error["type"]
    if kind in SCHEMA:
        values = {"name": name, "why": error["msg"], **error.get("ctx", {})}
        words = texts(f"rules.json.schema.{kind}", **values)
    else:
        words = error["msg"]
    return _mark(document.text, document.place(path, of_name=kind in _OF_NAMES), words)


def _mark(text: str, place: Place, words: str) -> Mark:
    return Mark(words, place, *line_and_column(text, place.start))


def _in_order(marks: Iterator[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: mark.place.start)
