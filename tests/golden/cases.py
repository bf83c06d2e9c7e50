"""The golden cases: what clients ask in each dialect, and what each kind of provider is then sent.

A case is one file in `requests/`, written by hand from what the vendors publish. CONTRIBUTING.md
says what stands in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml

Object = Mapping[str, Any]
FOLDER = Path(__file__).parent / "requests"
IN = ("openai_chat", "openai_responses", "anthropic_messages", "gemini")
OUT = (*IN, "ollama")


@dataclass(frozen=True, slots=True)
class Unlike:
    """Pairs for which something else holds than for all others, and why."""

    asked_in: frozenset[str]
    sent_in: frozenset[str]
    data: Object

    @classmethod
    def read(cls, data: Object) -> Self:
        """Read one entry; without `from` or `to` it is for all of them."""
        return cls(_names(data.get("from"), IN), _names(data.get("to"), OUT), data)

    def holds(self, asked_in: str, sent_in: str) -> bool:
        """Say whether it is about a pair."""
        return asked_in in self.asked_in and sent_in in self.sent_in


@dataclass(frozen=True, slots=True)
class Case:
    """One case; see CONTRIBUTING.md."""

    name: str
    shows: str
    asked: Object
    sent: Object
    unless: tuple[Unlike, ...]
    notes: tuple[Unlike, ...]
    models: Object
    beyond: Object

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file; raises ValueError where it is not as it should be."""
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        known = {"shows", "asked", "sent", "unless", "notes", "models", "beyond"}
        if unknown := data.keys() - known:
            raise ValueError(f"{path.name}: {sorted(unknown)}")
        return cls(
            path.stem,
            data["shows"],
            data["asked"],
            data["sent"],
            tuple(map(Unlike.read, data.get("unless", ()))),
            tuple(map(Unlike.read, data.get("notes", ()))),
            data.get("models", {}),
            data.get("beyond", {}),
        )

    def expected(self, asked_in: str, sent_in: str) -> dict[str, Any]:
        """Return the body that a provider gets, or `{"refused": words}` where there is none."""
        body = dict(self.sent[sent_in])
        for one in self.unless:
            if not one.holds(asked_in, sent_in):
                continue
            if not one.data.get("because"):
                raise ValueError(f"{self.name}: an exception without a reason")
            body = one.data.get("sent", {**body, **one.data.get("put", {})})
            body = {key: it for key, it in body.items() if key not in one.data.get("without", ())}
        return body

    def fitted(self, dialect: str) -> dict[str, Any] | None:
        """Return a body of equal dialects where it does not pass as it is."""
        for one in self.unless:
            if one.asked_in == one.sent_in == {dialect}:
                body = {**self.asked[dialect], **one.data.get("put", {})}
                return {k: it for k, it in body.items() if k not in one.data.get("without", ())}
        return None

    def warnings(self, asked_in: str, sent_in: str) -> set[str]:
        """Return what the trace says was left out."""
        if asked_in == sent_in:
            return set()
        notes = [one.data["says"] for one in self.notes if one.holds(asked_in, sent_in)]
        return {f"left out: {what}" for says in notes for what in says}


@dataclass(frozen=True, slots=True)
class Pair:
    """A case on its way from one dialect into another, streamed or not."""

    case: Case
    asked_in: str
    sent_in: str
    stream: bool

    def __str__(self) -> str:
        kind = "streamed" if self.stream else "whole"
        return f"{self.case.name}-{self.asked_in}-{self.sent_in}-{kind}"


@cache
def cases() -> Sequence[Case]:
    """Return all cases, by name."""
    return tuple(map(Case.read, sorted(FOLDER.glob("*.yaml"))))


def pairs(*, complete: bool) -> Iterator[Pair]:
    """Yield every case in every pair of dialects: both streamed and whole, or one of the two."""
    for number, case in enumerate(cases()):
        for first, asked_in in enumerate(IN):
            for second, sent_in in enumerate(OUT):
                if asked_in not in case.asked or sent_in not in case.sent:
                    continue
                for stream in (False, True):
                    if complete or stream == bool((number + first + second) % 2):
                        yield Pair(case, asked_in, sent_in, stream)


def _names(given: Any, all_: Sequence[str]) -> frozenset[str]:
    names = [given] if isinstance(given, str) else given
    if names is not None and set(names) - set(all_):
        raise ValueError(f"no such dialect: {sorted(set(names) - set(all_))}")
    return frozenset(all_ if names is None else names)
