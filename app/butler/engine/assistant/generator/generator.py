"""Asks a model for rules, reads its answer with care, and asks once more where that was no use."""

from collections.abc import Sequence
from dataclasses import dataclass

from butler.contract.drafts import Draft, DraftRule, GenerateIn
from butler.contract.problems import Problem, ProblemCode
from butler.engine.assistant.asking import Asking
from butler.engine.assistant.generator.prompt import again, messages
from butler.engine.assistant.generator.reading import Found, find_object
from butler.engine.assistant.generator.rules import Reader
from butler.engine.assistant.generator.schema import answer_schema
from butler.engine.assistant.menu import Menu
from butler.engine.assistant.naming import meant
from butler.engine.call import Target
from butler.engine.errors import problem
from butler.engine.routing.conditions.base import ConditionKind
from butler.engine.routing.groups import GroupReader

_NO_JSON = problem(
    ProblemCode.INVALID, "The answer held no JSON object with `rules`.", "Write JSON alone."
)
_CUT = problem(ProblemCode.NOT_UNDERSTOOD, "The answer was cut off; what was whole is shown.")


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes the rules: a model, and how freely."""

    target: Target
    temperature: float


@dataclass(frozen=True, slots=True)
class Generator:
    """Rules by a model; `kinds` are the conditions that it may use."""

    asking: Asking
    kinds: Sequence[ConditionKind]
    conditions: GroupReader

    async def draft(self, wanted: GenerateIn, menu: Menu, writer: Writer) -> Draft:
        """Return what a model proposes, after at most two questions.

        Raises ClientError, UpstreamError where it can not be asked.
        """
        schema = answer_schema(self.kinds, [str(dish.target) for dish in menu])
        talk = messages(wanted, menu, self.kinds)
        told = await self.asking.ask(writer.target, talk, schema, writer.temperature)
        first = self._read(told.text, wanted, menu, cut=told.cut)
        wrong = _wrong(first)
        if not wrong:
            return _signed(first, writer)
        talk += again(told.text, wrong)
        told = await self.asking.ask(writer.target, talk, schema, writer.temperature)
        second = self._read(told.text, wanted, menu, cut=told.cut)
        better = second if len(_sound(second)) >= len(_sound(first)) else first
        return _signed(better, writer)

    def _read(self, said: str, wanted: GenerateIn, menu: Menu, *, cut: bool) -> Draft:
        found = find_object(said)
        if found is None:
            return Draft(by="model", rules=[], notes=[_NO_JSON])
        reader = Reader(menu, self.conditions, wanted.language)
        given = found.data.get("rules")
        read = [
            reader.read(number, spec)
            for number, spec in enumerate(given if isinstance(given, list) else ())
        ]
        rules = [rule for rule in read if rule is not None]
        notes = [*reader.dropped, *_not_understood(found)]
        if cut or found.mended:
            notes.append(_CUT)
        return Draft(
            by="model",
            rules=_apart(rules),
            default_target=_default(found, menu),
            notes=notes,
        )


def _wrong(draft: Draft) -> list[Problem]:
    """Return what makes asking again worth it: problems, a cut, or nothing at all."""
    found = [each for rule in draft.rules for each in rule.problems]
    found += [note for note in draft.notes if note.code is not ProblemCode.NOT_UNDERSTOOD]
    found += [note for note in draft.notes if note is _CUT]
    if not found and not draft.rules and draft.default_target is None and not draft.notes:
        found.append(_NO_JSON)
    return found


def _sound(draft: Draft) -> list[DraftRule]:
    return [rule for rule in draft.rules if not rule.problems]


def _signed(draft: Draft, writer: Writer) -> Draft:
    """Return the draft with its writer named; nothing that could not be stored is offered."""
    unsound = [each for rule in draft.rules for each in rule.problems]
    return draft.model_copy(
        update={
            "model": str(writer.target),
            "rules": _sound(draft),
            "notes": [*draft.notes, *unsound],
        }
    )


def _apart(rules: list[DraftRule]) -> list[DraftRule]:
    """Give rules of one name different ones: they are stored by their names."""
    taken: set[str] = set()
    told: list[DraftRule] = []
    for rule in rules:
        name, number = rule.rule.name, 2
        while name in taken:
            name, number = f"{rule.rule.name[:74]} ({number})", number + 1
        taken.add(name)
        told.append(rule.model_copy(update={"rule": rule.rule.model_copy(update={"name": name})}))
    return told


def _default(found: Found, menu: Menu) -> str | None:
    name = found.data.get("default_target")
    chosen = meant(name, menu) if isinstance(name, str) and name else None
    return str(chosen.dish.target) if chosen else None


def _not_understood(found: Found) -> list[Problem]:
    words = found.data.get("not_understood")
    return [
        problem(ProblemCode.NOT_UNDERSTOOD, f"Not understood: “{text[:200]}”.")
        for text in (words if isinstance(words, list) else ())
        if isinstance(text, str) and text.strip()
    ]
