"""Whether a condition held for a past call: yes, no, or nobody knows.

Groups join what is known and what is not as in Kleene's logic of three values ("Introduction to
Metamathematics", 1952): one member that does not hold ends an `all`, whatever is unknown beside.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from butler.contract.replay import Need
from butler.engine.assistant.past.recorded import NotRecorded
from butler.engine.call import Call
from butler.engine.routing.conditions.base import Condition, Match
from butler.engine.routing.groups import All, Any_, None_, joined


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can tell; `needs` is what it would take."""

    needs: frozenset[Need]


Judged = Match | Unknown | None


def judge(condition: Condition, call: Call) -> Judged:
    """Say whether a condition held for a past call."""
    match condition:
        case All(members):
            return _all(members, call)
        case Any_(members):
            return _any(members, call)
        case None_(members):
            return _none(members, call)
    try:
        return condition.match(call)
    except NotRecorded as error:
        return Unknown(frozenset({error.need}))


def _all(members: Iterable[Condition], call: Call) -> Judged:
    held: list[Match] = []
    needs: set[Need] = set()
    for member in members:
        match judge(member, call):
            case None:
                return None
            case Unknown() as unknown:
                needs |= unknown.needs
            case Match() as match:
                held.append(match)
    return Unknown(frozenset(needs)) if needs else joined(held)


def _any(members: Iterable[Condition], call: Call) -> Judged:
    needs: set[Need] = set()
    for member in members:
        match judge(member, call):
            case Match() as match:
                return match
            case Unknown() as unknown:
                needs |= unknown.needs
    return Unknown(frozenset(needs)) if needs else None


def _none(members: Iterable[Condition], call: Call) -> Judged:
    match _any(members, call):
        case Match():
            return None
        case Unknown() as unknown:
            return unknown
    return Match("none of the exclusions")
