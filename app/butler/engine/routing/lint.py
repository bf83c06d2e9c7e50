"""What is odd about rules that can be stored: they never hold, or others come first.

Findings are warnings: a rule may be meant so. They come from the conditions as they are
written; what can not be told from those is not found.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import re2  # type: ignore[import-untyped]

from butler.contract.problems import Problem, ProblemCode
from butler.engine.errors import problem
from butler.engine.routing.logic import (
    Spec,
    about,
    always_binds,
    atoms,
    excludes,
    implies,
    may_bind,
    overlap,
    words_of,
)
from butler.engine.routing.rules import RuleSpec
from butler.engine.signals.task.confidence import CEILING


@dataclass(frozen=True, slots=True)
class _Read:
    """A rule with what tells most pairs apart quickly: its kinds, and all texts inside.

    `when` names the target where the rule's conditions mean its own.
    """

    rule: RuleSpec
    when: Spec
    atoms: tuple[Spec, ...]
    kinds: frozenset[str]
    texts: frozenset[str]


class _Before:
    """The rules before one; those that ask for texts are compared only where one is shared."""

    def __init__(self) -> None:
        self._rules: list[_Read] = []
        self._by_text: dict[str, list[int]] = {}
        self._others: list[int] = []

    def add(self, read: _Read) -> None:
        """Put a rule behind the others."""
        place = len(self._rules)
        self._rules.append(read)
        asked = next((atom for atom in read.atoms if _asks_for_texts(atom)), None)
        if asked is None:
            self._others.append(place)
            return
        for text in _texts(asked):
            self._by_text.setdefault(text, []).append(place)

    def near(self, read: _Read) -> Iterator[_Read]:
        """Give the rules that may have to do with this one, in their order."""
        places = set(self._others)
        for text in read.texts:
            places.update(self._by_text.get(text, ()))
        return (self._rules[place] for place in sorted(places))


def _asks_for_texts(atom: Spec) -> bool:
    is_words = atom.get("kind") == "keywords" and atom.get("match") != "substring"
    return is_words or atom.get("kind") == "regex"


def _texts(atom: Spec) -> frozenset[str]:
    """Return the words, or the pattern; the two are told apart by a sign that no word holds."""
    if atom.get("kind") == "keywords":
        return words_of(atom)
    return frozenset({"\0" + atom["pattern"]} if atom.get("kind") == "regex" else ())


def findings(
    rules: Sequence[RuleSpec], known_names: Container[str] = ()
) -> Mapping[str, tuple[Problem, ...]]:
    """Return what is odd, by the ids of rules that are sound and in the order they are tried.

    `known_names` are the model names that lead somewhere: no rule is asked about those.
    """
    found: dict[str, tuple[Problem, ...]] = {}
    before = _Before()
    for rule in rules:
        why = _never(rule.when, known_names)
        if why is not None:
            found[rule.id] = (_finding(ProblemCode.NEVER_HOLDS, f"The rule never holds: {why}"),)
            continue
        read = _read(rule)
        told = _among(read, before.near(read))
        if told:
            found[rule.id] = told
        # A rule without a living target passes on: it is in nobody's way.
        if rule.targets:
            before.add(read)
    return found


def _read(rule: RuleSpec) -> _Read:
    when = about(rule.when, rule.targets[0] if rule.targets else None)
    opened = tuple(atoms(when))
    kinds = frozenset(str(atom.get("kind")) for atom in opened)
    return _Read(rule, when, opened, kinds, frozenset(_texts_inside(when)))


def _texts_inside(spec: Spec) -> Iterator[str]:
    yield from _texts(spec)
    for group in ("all", "any", "none"):
        for member in spec.get(group, ()):
            yield from _texts_inside(member)


def _among(read: _Read, before: Iterable[_Read]) -> tuple[Problem, ...]:
    """Return how a rule stands to those before it; the first that takes all of it is enough."""
    overlaps: list[Problem] = []
    for earlier in before:
        if _takes_all(earlier, read):
            return (_shadow(earlier, read),)
        if _meets(earlier, read) and not overlaps:
            overlaps.append(_overlap(earlier.rule, read.rule))
    return tuple(overlaps)


def _takes_all(earlier: _Read, read: _Read) -> bool:
    if not implies(read.when, earlier.when):
        return False
    # A privacy rule behind still binds what the earlier one decides.
    return always_binds(earlier.when) or not may_bind(read.when)


def _shadow(earlier: _Read, read: _Read) -> Problem:
    is_same = implies(earlier.when, read.when)
    if is_same and earlier.rule.targets == read.rule.targets:
        return _finding(
            ProblemCode.DUPLICATE,
            f"The rule says the same as “{earlier.rule.name}”.",
            "Delete one.",
        )
    how = "exactly where" if is_same else "wherever"
    return _finding(
        ProblemCode.SHADOWED,
        f"“{earlier.rule.name}” comes first and holds {how} this rule holds: it decides.",
        "Give this rule a higher priority, or narrow the other one.",
    )


def _meets(earlier: _Read, read: _Read) -> bool:
    """Say whether two rules of one priority want different targets for some of the same calls."""
    one, other = earlier.rule, read.rule
    if one.priority != other.priority or one.targets[:1] == other.targets[:1]:
        return False
    if earlier.kinds != read.kinds or excludes(earlier.when, read.when):
        return False
    return all(any(overlap(atom, mine) for mine in read.atoms) for atom in earlier.atoms)


def _overlap(earlier: RuleSpec, rule: RuleSpec) -> Problem:
    return _finding(
        ProblemCode.OVERLAPS,
        f"“{earlier.name}” has the same priority and holds for some of the same calls; "
        "it is older, so it decides those.",
        "Give the one that is to win a higher priority.",
    )


def _never(spec: Spec, known: Container[str]) -> str | None:
    """Say why a condition or group can not hold, if that can be told."""
    if "all" in spec:
        inside = next(filter(None, (_never(member, known) for member in spec["all"])), None)
        return inside or _contradiction(spec["all"])
    if "any" in spec:
        whys = [_never(member, known) for member in spec["any"]]
        return whys[0] if all(whys) else None
    if "none" in spec:
        return _always(spec["none"])
    return _IMPOSSIBLE.get(spec["kind"], _possible)(spec, known)


def _contradiction(members: Sequence[Spec]) -> str | None:
    for place, one in enumerate(members):
        for other in members[place + 1 :]:
            if excludes(one, other):
                return f"{_named(one)} and {_named(other)} exclude each other."
    return None


def _always(members: Sequence[Spec]) -> str | None:
    for member in members:
        if member.get("kind") == "private" or _holds_for_all(member):
            return f"{_named(member)} always holds, and the rule wants that it does not."
    return None


def _holds_for_all(spec: Spec) -> bool:
    return spec.get("kind") == "tokens" and not spec.get("min") and spec.get("max") is None


def _named(spec: Spec) -> str:
    kind = spec.get("kind")
    return f"the condition `{kind}`" if kind else f"the group `{next(iter(spec))}`"


def _possible(_spec: Spec, _known: Container[str]) -> str | None:
    return None


def _no_budgets(_spec: Spec, _known: Container[str]) -> str | None:
    return "budgets are not kept yet."


def _empty_pattern(spec: Spec, _known: Container[str]) -> str | None:
    # RE2 writes a pattern that no text can match as one single step.
    is_empty = re2.compile(spec["pattern"]).programsize <= 1
    return f"no text matches /{spec['pattern'][:60]}/." if is_empty else None


def _empty_words(spec: Spec, _known: Container[str]) -> str | None:
    if any(
        any(sign.isprintable() and not sign.isspace() for sign in word) for word in words_of(spec)
    ):
        return None
    return "its keywords hold nothing that can be read."


def _taken_names(spec: Spec, known: Container[str]) -> str | None:
    if all(name in known for name in spec["models"]):
        return f"`{spec['models'][0]}` leads to a model, which answers past all rules."
    return None


def _too_sure(spec: Spec, _known: Container[str]) -> str | None:
    if spec.get("min_confidence", 0) > CEILING:
        return f"the classifier is never surer of a task than {CEILING}."
    return None


_IMPOSSIBLE = {
    "budget": _no_budgets,
    "regex": _empty_pattern,
    "keywords": _empty_words,
    "requested_model": _taken_names,
    "task": _too_sure,
}


def _finding(code: ProblemCode, detail: str, hint: str | None = None) -> Problem:
    return problem(code, detail, hint, "when")
