"""Where things stand in a JSON text: a reader that keeps the place of every value and name.

It reads what RFC 8259 allows, and refuses what would be lost on the way: a name that occurs
twice in an object, a number that is not finite, half of a surrogate pair.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

Path = tuple[str | int, ...]
"""Names and places in lists, from the whole down to a value."""

_DEEPEST = 64
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_MOST_DIGITS = 4_000
"""Python reads no whole number with many more."""
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_WORDS: Mapping[str, JsonValue] = {"true": True, "false": False, "null": None}
_PART = re.compile(r"[^.\[\]]+")


class Fault(StrEnum):
    """Why a text is no JSON; the texts under `rules.json.fault` say it in words."""

    VALUE = "value"
    NAME = "name"
    COLON = "colon"
    COMMA = "comma"
    TRAILING = "trailing"
    OPEN = "open"
    ESCAPE = "escape"
    CONTROL = "control"
    NUMBER = "number"
    EXTRA = "extra"
    TWICE = "twice"
    DEEP = "deep"


class Misread(Exception):
    """A text is no JSON: the fault, and from where up to where it is."""

    def __init__(self, fault: Fault, place: "Place") -> None:
        super().__init__(f"{fault} at {place.start}")
        self.fault = fault
        self.place = place


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text, in characters: from `start` up to, and without, `stop`."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a text says, and where: the places of all values and of the names before them."""

    text: str
    value: JsonValue
    values: Mapping[Path, Place]
    names: Mapping[Path, Place]

    def nearest(self, path: Path) -> Path:
        """Return as much of a path as there is; whole numbers may be names as well."""
        found: Path = ()
        for part in path:
            fitting = ((*found, kind) for kind in (part, str(part)))
            further = next((each for each in fitting if each in self.values), None)
            if further is None:
                break
            found = further
        return found

    def place(self, path: Path, *, of_name: bool = False) -> Place:
        """Return where a value stands (or its name), else the nearest around it.

        Of a value that spans lines it is the first one.
        """
        near = self.nearest(path)
        place = self.names.get(near) if of_name else None
        return _first_line(self.text, place or self.values[near])


def read_json(text: str) -> Document:
    """Read a JSON text. Raises `Misread` at the first fault."""
    reader = _Reader(text)
    value = reader.whole()
    return Document(text, value, reader.values, reader.names)


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Return in which line and column, both from 1, a character stands."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def path_of(field: str) -> Path:
    """Return the path that a problem's field names: `rules.0.when.all[1].kind`."""
    return tuple(int(part) if part.isdecimal() else part for part in _PART.findall(field))


def _first_line(text: str, place: Place) -> Place:
    end = text.find("\n", place.start, place.stop)
    return place if end < 0 else Place(place.start, end)


class _Reader:
    """Reads one text from its beginning on; `at` is where."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.values: dict[Path, Place] = {}
        self.names: dict[Path, Place] = {}

    def whole(self) -> JsonValue:
        """Read the one value that a text is."""
        value = self._value(())
        if self._next():
            raise self._misread(Fault.EXTRA)
        return value

    def _value(self, path: Path) -> JsonValue:
        sign = self._next()
        start = self._at
        match sign:
            case "{" | "[" if len(path) >= _DEEPEST:
                raise self._misread(Fault.DEEP)
            case "{":
                value: JsonValue = dict(self._members(path))
            case "[":
                value = list(self._items(path))
            case '"':
                value = self._string()
            case _:
                value = self._word()
        self.values[path] = Place(start, self._at)
        return value

    def _members(self, path: Path) -> Iterator[tuple[str, JsonValue]]:
        for _ in self._parts("}"):
            if self._next() != '"':
                raise self._misread(Fault.NAME)
            start = self._at
            name = self._string()
            place = Place(start, self._at)
            if (*path, name) in self.names:
                raise Misread(Fault.TWICE, place)
            self.names[*path, name] = place
            if self._next() != ":":
                raise self._misread(Fault.COLON)
            self._at += 1
            yield name, self._value((*path, name))

    def _items(self, path: Path) -> Iterator[JsonValue]:
        for number in self._parts("]"):
            yield self._value((*path, number))

    def _parts(self, end: str) -> Iterator[int]:
        """Go from part to part of a list or object, up to its end."""
        self._at += 1
        if self._next() == end:
            self._at += 1
            return
        number = 0
        while True:
            yield number
            number += 1
            sign, comma = self._next(), self._at
            if sign not in {end, ","}:
                raise self._misread(Fault.COMMA)
            self._at += 1
            if sign == end:
                return
            if self._next() == end:
                raise Misread(Fault.TRAILING, Place(comma, comma + 1))

    def _string(self) -> str:
        start = self._at
        self._at += 1
        while True:
            self._at = _end_of(_PLAIN, self._text, self._at)
            match self._text[self._at : self._at + 1]:
                case '"':
                    self._at += 1
                    break
                case "\\":
                    self._escape()
                case "" | "\n":
                    raise Misread(Fault.OPEN, Place(start, self._at))
                case _:
                    raise self._misread(Fault.CONTROL)
        said: str = json.loads(self._text[start : self._at])
        if any("\ud800" <= each <= "\udfff" for each in said):
            raise Misread(Fault.ESCAPE, Place(start, self._at))
        return said

    def _escape(self) -> None:
        end = _end_of(_ESCAPE, self._text, self._at)
        if end == self._at:
            raise Misread(Fault.ESCAPE, Place(self._at, min(self._at + 2, len(self._text))))
        self._at = end

    def _word(self) -> JsonValue:
        """Read a number, or one of the three words."""
        start, end = self._at, _end_of(_WORD, self._text, self._at)
        word, place = self._text[start:end], Place(start, max(end, start + 1))
        self._at = end
        if word in _WORDS:
            return _WORDS[word]
        found = _NUMBER.fullmatch(word)
        if found is None or len(word) > _MOST_DIGITS:
            raise Misread(Fault.NUMBER if word[:1] in set("-+.0123456789") else Fault.VALUE, place)
        number = float(word) if found[1] or found[2] else int(word)
        if math.isinf(number):
            raise Misread(Fault.NUMBER, place)
        return number

    def _next(self) -> str:
        """Skip space, and return the sign that follows; nothing at the end."""
        self._at = _end_of(_SPACE, self._text, self._at)
        return self._text[self._at : self._at + 1]

    def _misread(self, fault: Fault) -> Misread:
        # What stands there instead is marked as a whole.
        end = _end_of(_WORD, self._text, self._at)
        return Misread(fault, Place(self._at, max(end, self._at + 1)))


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
