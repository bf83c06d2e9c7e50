"""The golden replies: what upstreams answer in each dialect, and what clients then get in theirs.

A case is one file in `replies/`, written by hand from what the vendors publish. CONTRIBUTING.md
says what stands in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.golden.cases import IN, OUT

Object = Mapping[str, Any]
FOLDER = Path(__file__).parent / "replies"
_KNOWN = {"shows", "asked", "said", "got", "flow", "unless", "notes"}
_OF_EXCEPTIONS = {"from", "to", "because", "put", "flow", "streamed"}


@dataclass(frozen=True, slots=True)
class Unlike:
    """Pairs for which something else holds than for all others, and why."""

    said_in: frozenset[str]
    got_in: frozenset[str]
    data: Object

    @classmethod
    def read(cls, data: Object) -> "Unlike":
        """Read one entry; without `from` or `to` it is for all of them."""
        return cls(_names(data.get("from"), OUT), _names(data.get("to"), IN), data)

    def holds(self, pair: "Pair") -> bool:
        """Say whether it is about a pair."""
        is_meant = self.data.get("streamed") in (None, pair.stream)
        return is_meant and pair.said_in in self.said_in and pair.got_in in self.got_in


@dataclass(frozen=True, slots=True)
class Reply:
    """One case; see CONTRIBUTING.md."""

    name: str
    shows: str
    asked: Object
    said: Object
    got: Object
    flow: Object
    unless: tuple[Unlike, ...]
    notes: tuple[Unlike, ...]

    @classmethod
    def read(cls, path: Path) -> "Reply":
        """Read a file; raises ValueError where it is not as it should be."""
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if unknown := data.keys() - _KNOWN:
            raise ValueError(f"{path.name}: {sorted(unknown)}")
        for one in data.get("unless", ()):
            if not one.get("because") or one.keys() - _OF_EXCEPTIONS:
                raise ValueError(f"{path.name}: an exception without a reason, or with too much")
        return cls(
            path.stem,
            data["shows"],
            data.get("asked", {}),
            data["said"],
            data["got"],
            data.get("flow", {}),
            tuple(map(Unlike.read, data.get("unless", ()))),
            tuple(map(Unlike.read, data.get("notes", ()))),
        )

    def expected(self, pair: "Pair") -> Any:
        """Return what the client gets in the end."""
        got = self.got[pair.got_in]
        for one in self._unlike(pair):
            got = _patched(got, one.get("put", {}))
        return got

    def steps(self, pair: "Pair") -> Sequence[str] | None:
        """Return what a streamed answer brings, one after the other."""
        steps = self.flow.get(pair.got_in)
        for one in self._unlike(pair):
            steps = one.get("flow", steps)
        return steps

    def warnings(self, pair: "Pair") -> set[str]:
        """Return what the trace says that the client could not be told."""
        found = [one.data["says"] for one in self.notes if one.holds(pair)]
        return {f"left out of the answer: {what}" for says in found for what in says}

    def _unlike(self, pair: "Pair") -> Iterator[Object]:
        return (one.data for one in self.unless if one.holds(pair))


@dataclass(frozen=True, slots=True)
class Pair:
    """A case on its way from a provider's dialect into a client's, streamed or whole."""

    case: Reply
    said_in: str
    got_in: str
    stream: bool

    def __str__(self) -> str:
        kind = "streamed" if self.stream else "whole"
        return f"{self.case.name}-{self.said_in}-{self.got_in}-{kind}"

    @property
    def said(self) -> Any:
        """What the upstream says: the text of a stream, or an object."""
        return self.case.said[self.said_in]["stream" if self.stream else "whole"]


@cache
def replies() -> Sequence[Reply]:
    """Return all cases, by name."""
    return tuple(map(Reply.read, sorted(FOLDER.glob("*.yaml"))))


def pairs() -> Iterator[Pair]:
    """Yield every case in every pair of dialects, streamed and whole as far as it is told so."""
    for case in replies():
        for said_in in OUT:
            for got_in in IN:
                for stream in (False, True):
                    kind = "stream" if stream else "whole"
                    if kind in case.said.get(said_in, {}):
                        yield Pair(case, said_in, got_in, stream)


def _names(given: Any, all_: Sequence[str]) -> frozenset[str]:
    names = [given] if isinstance(given, str) else given
    if names is not None and set(names) - set(all_):
        raise ValueError(f"no such dialect: {sorted(set(names) - set(all_))}")
    return frozenset(all_ if names is None else names)


def _patched(value: Any, patch: Any) -> Any:
    """Return a value with changes as RFC 7396 has them: null takes a member away.

    A list is changed at places: `{0: …}`.
    """
    if not isinstance(patch, dict):
        return patch
    if isinstance(value, list):
        return [_patched(one, patch[at]) if at in patch else one for at, one in enumerate(value)]
    known = dict(value) if isinstance(value, dict) else {}
    for key, inner in patch.items():
        if inner is None:
            known.pop(key, None)
        else:
            known[key] = _patched(known.get(key), inner)
    return known
