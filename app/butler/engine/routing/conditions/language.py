"""Condition `language`: the language that the user writes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only
from butler.engine.signals.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class LanguageCondition:
    """Holds when the user's words are of one of these languages."""

    languages: tuple[str, ...]

    def match(self, call: Call) -> Match | None:
        """Compare with what the words look like; a few words may look like none."""
        found = call.known.language
        return Match(f"language is {found}") if found in self.languages else None

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> LanguageCondition:
    """Read `{"languages": ["zh", "ja"]}`: ISO 639-1."""
    only(spec, "languages")
    return LanguageCondition(reading.chosen(spec, "languages", LANGUAGES))


KIND = ConditionKind(
    kind="language",
    title="Language",
    fields=(Field("languages", "is one of", type="choices:" + ",".join(LANGUAGES), required=True),),
    cost=15,
    read=read,
)
