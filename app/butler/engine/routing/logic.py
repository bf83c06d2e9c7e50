"""What follows from a rule's conditions as they are written: whether one implies another.

Nothing is guessed: where it can not be told from the words, the answer is no.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any

from butler.engine.call import Target
from butler.engine.routing.conditions.time_of_day import DAYS
from butler.engine.signals.text import fold

Spec = Mapping[str, Any]

_LISTS = {
    "task": "tasks",
    "modality": "modalities",
    "language": "languages",
    "contains_secrets": "kinds",
    "client": "clients",
    "call_kind": "kinds",
    "token": "tokens",
    "requested_model": "models",
    "budget": "states",
}
"""Kinds that hold for one of a list."""
_ONE_OF_A_KIND = frozenset({"task", "language", "client", "call_kind", "requested_model"})
"""Those of which a call has one value at most; a token goes by its name and by its id."""
_OF_A_TARGET = frozenset({"cost", "latency", "health"})
_BINDING = frozenset({"contains_secrets", "private"})
_SWITCHES = frozenset({"has_tools", "thinking"})


def implies(one: Spec, other: Spec) -> bool:
    """Say whether the other surely holds wherever the one does."""
    if one == other or other.get("kind") == "private":
        return True
    if "all" in other:
        return all(implies(one, member) for member in other["all"])
    if "any" in one:
        return all(implies(member, other) for member in one["any"])
    if "none" in other:
        return all(excludes(one, member) for member in other["none"])
    if "any" in other:
        return any(implies(one, member) for member in other["any"])
    if "all" in one:
        return any(implies(member, other) for member in one["all"])
    if "none" in one or one["kind"] != other["kind"]:
        return False
    known = _IMPLIES.get(one["kind"])
    return known is not None and known(one, other)


def excludes(one: Spec, other: Spec) -> bool:
    """Say whether the two can surely not hold together."""
    if "none" in other and any(implies(one, member) for member in other["none"]):
        return True
    if "none" in one and any(implies(other, member) for member in one["none"]):
        return True
    for group, rest in ((one, other), (other, one)):
        if "all" in group:
            return any(excludes(member, rest) for member in group["all"])
        if "any" in group:
            return all(excludes(member, rest) for member in group["any"])
    if "none" in one or "none" in other or one["kind"] != other["kind"]:
        return False
    return _apart(one, other)


def _apart(one: Spec, other: Spec) -> bool:
    kind = one["kind"]
    if kind in _SWITCHES:
        return _switch(one) is not _switch(other)
    if kind == "tokens":
        low, high = _bounds(one)
        other_low, other_high = _bounds(other)
        return low > other_high or other_low > high
    if kind == "time":
        return minutes(one).isdisjoint(minutes(other))
    if kind in _ONE_OF_A_KIND:
        mine, theirs = _listed(one), _listed(other)
        has_star = any("*" in name for name in mine | theirs)
        return not has_star and mine.isdisjoint(theirs)
    return False


def about(spec: Spec, target: Target | None) -> Spec:
    """Write into conditions on the rule's own target which one that is: rules differ in it."""
    for group in ("all", "any", "none"):
        if group in spec:
            return {group: [about(member, target) for member in spec[group]]}
    if spec["kind"] in _OF_A_TARGET and spec.get("target") is None:
        return {**spec, "target": str(target)}
    return spec


def may_bind(spec: Spec) -> bool:
    """Say whether this may hold because of a privacy condition."""
    members = (*spec.get("all", ()), *spec.get("any", ()))
    return spec.get("kind") in _BINDING or any(map(may_bind, members))


def always_binds(spec: Spec) -> bool:
    """Say whether this never holds but because of a privacy condition."""
    if "any" in spec:
        return all(map(always_binds, spec["any"]))
    return spec.get("kind") in _BINDING or any(map(always_binds, spec.get("all", ())))


def atoms(spec: Spec) -> Iterator[Spec]:
    """Give the conditions that must hold, groups of `all` opened."""
    for member in spec.get("all", (spec,)):
        if "all" in member:
            yield from atoms(member)
        else:
            yield member


def overlap(one: Spec, other: Spec) -> bool:
    """Say whether two conditions of one kind surely have a call in common."""
    if one.get("kind") is None or one.get("kind") != other.get("kind"):
        return False
    kind = one["kind"]
    if kind == "keywords":
        return not words_of(one).isdisjoint(words_of(other))
    if kind in _LISTS:
        return not _listed(one).isdisjoint(_listed(other))
    if kind in ("tokens", "time") or kind in _SWITCHES:
        return not _apart(one, other)
    return one == other


def _bounds(spec: Spec) -> tuple[float, float]:
    low, high = spec.get("min"), spec.get("max")
    return -math.inf if low is None else low, math.inf if high is None else high


def _switch(spec: Spec) -> bool:
    return spec.get("value", True) is True


def _listed(spec: Spec) -> frozenset[str]:
    found = spec.get(_LISTS[spec["kind"]])
    return frozenset(str(name).strip().casefold() for name in found or ())


def words_of(spec: Spec) -> frozenset[str]:
    """Return the folded words of a keywords condition."""
    return frozenset(fold(word) for word in spec["words"])


def minutes(spec: Spec) -> Set[int]:
    """Return the minutes of the week at which a time condition holds; the week is a ring."""
    begins, ends = (_minute(spec.get(name, usual)) for name, usual in _DAY)
    length = ends - begins if ends > begins else ends - begins + 1440
    days = [DAYS.index(day) for day in spec.get("days", DAYS)]
    return {(day * 1440 + begins + minute) % 10_080 for day in days for minute in range(length)}


_DAY = (("from", "00:00"), ("to", "24:00"))


def _minute(clock: str) -> int:
    hours, minutes_ = clock.split(":")
    return int(hours) * 60 + int(minutes_)


def _lists(one: Spec, other: Spec) -> bool:
    if one["kind"] == "contains_secrets" and other.get("kinds") is None:
        return True
    mine, theirs = _listed(one), _listed(other)
    return bool(mine) and (mine <= theirs or "*" in theirs)


def _tasks(one: Spec, other: Spec) -> bool:
    sure = one.get("min_confidence", 0) >= other.get("min_confidence", 0)
    return sure and _lists(one, other)


def _keywords(one: Spec, other: Spec) -> bool:
    mine, theirs = words_of(one), words_of(other)
    if other.get("match") == "substring":
        return all(any(part in word for part in theirs) for word in mine)
    return one.get("match") != "substring" and mine <= theirs


def _regexes(one: Spec, other: Spec) -> bool:
    return one["pattern"] == other["pattern"] and other.get("ignore_case", True) is True


def _sizes(one: Spec, other: Spec) -> bool:
    low, high = _bounds(one)
    other_low, other_high = _bounds(other)
    return low >= other_low and high <= other_high


def _switches(one: Spec, other: Spec) -> bool:
    return _switch(one) is _switch(other)


def _times(one: Spec, other: Spec) -> bool:
    return minutes(one) <= minutes(other)


_IMPLIES: Mapping[str, Callable[[Spec, Spec], bool]] = {
    **dict.fromkeys(_LISTS, _lists),
    **dict.fromkeys(_SWITCHES, _switches),
    "task": _tasks,
    "keywords": _keywords,
    "regex": _regexes,
    "tokens": _sizes,
    "time": _times,
}
