"""What saving a set of rules would change: rules that come, go, or are others afterwards."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from butler.contract.rule_sets import RuleSetIn
from butler.desktop.models.json_writing import pretty

LEFT_OUT = "⋯"
"""Stands for lines that stay as they are."""
_AROUND = 3
"""So many lines are shown around those that change."""
_OPENED = 1

Item = Mapping[str, JsonValue]


class Change(StrEnum):
    """What becomes of a rule; the texts under `rules.json.change` say it in words."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that comes, goes or changes, with its lines: they begin with `+`, `-` or a space."""

    change: Change
    name: str
    lines: tuple[str, ...]


def items_of(text: str) -> list[Item]:
    """Return the rules of a sound text with all their fields. Raises pydantic's ValidationError."""
    return [item.model_dump(mode="json") for item in RuleSetIn.model_validate_json(text).rules]


def changes_between(before: Sequence[Item], after: Sequence[Item]) -> tuple[RuleChange, ...]:
    """Return what changes, in the order of the rules as they will be; those that go come last.

    A rule is the one of its id, else of its name, as the engine takes it. Both have all fields.
    """
    matched = _matched(before, after)
    found = []
    for at, item in enumerate(after):
        old = before[matched[at]] if at in matched else None
        lines = _unified(_lines(old, old), _lines(item, old))
        if old is None:
            found.append(RuleChange(Change.ADDED, str(item["name"]), lines))
        elif lines:
            found.append(RuleChange(Change.CHANGED, str(item["name"]), lines))
    staying = set(matched.values())
    for at, item in enumerate(before):
        if at not in staying:
            lines = _unified(_lines(item, item), [])
            found.append(RuleChange(Change.REMOVED, str(item["name"]), lines))
    return tuple(found)


def _matched(before: Sequence[Item], after: Sequence[Item]) -> dict[int, int]:
    """Return the place before of each rule that stays, by its place afterwards."""
    by_id = {str(item["id"]): at for at, item in enumerate(before)}
    found = {at: by_id[id_] for at, item in enumerate(after) if (id_ := str(item["id"])) in by_id}
    taken, names = set(found.values()), [str(item["name"]) for item in before]
    free = {name: at for at, name in enumerate(names) if names.count(name) == 1 and at not in taken}
    for at, item in enumerate(after):
        name = str(item["name"])
        if at not in found and name in free:
            found[at] = free.pop(name)
    return found


def _lines(item: Item | None, stored: Item | None) -> list[str]:
    """Return the lines of a rule under the id that it is stored with; without one it has none."""
    if item is None:
        return []
    named = {"id": stored["id"]} if stored else {}
    rest = {name: value for name, value in item.items() if name != "id"}
    return pretty({**named, **rest}, _OPENED).splitlines()


def _unified(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that go and come, with some around them; none where nothing does."""
    lines: list[str] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for group in matcher.get_grouped_opcodes(_AROUND):
        if lines:
            lines.append(LEFT_OUT)
        for tag, first, last, start, stop in group:
            if tag == "equal":
                lines += [f"  {line}" for line in old[first:last]]
                continue
            lines += [f"- {line}" for line in old[first:last]]
            lines += [f"+ {line}" for line in new[start:stop]]
    return tuple(lines)
