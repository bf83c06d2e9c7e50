"""Rules as a model wrote them, read with care: mended where that is safe, and said where it was.

What can not be mended becomes a problem of the rule; a problem is a reason to ask once more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from butler.contract.drafts import DraftRule, Language, Sample
from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import RuleIn, Thinking
from butler.engine.assistant.menu import Menu
from butler.engine.assistant.naming import meant
from butler.engine.errors import ConfigError, problem
from butler.engine.routing.groups import GroupReader

_GROUPS = ("all", "any", "none")
_NAME_CHARS = 80
_TEXT_CHARS = 2_000
_SAMPLE_CHARS = 400
_MOST_SAMPLES = 4
_MOST_FALLBACKS = 3
_USUAL_PRIORITY = 500


@dataclass(slots=True)
class Reader:
    """Reads the rules of one answer; `dropped` tells what could not become a rule at all."""

    menu: Menu
    conditions: GroupReader
    language: Language
    dropped: list[Problem] = field(default_factory=list)

    def read(self, number: int, spec: object) -> DraftRule | None:
        """Read one rule; None where not even its target is known."""
        where = f"rules[{number}]"
        if not isinstance(spec, Mapping):
            self.dropped.append(_wrong(where, "is no rule.", "A rule is a JSON object."))
            return None
        warnings: list[Problem] = []
        target = self._target(spec.get("target"), f"{where}.target", warnings)
        if isinstance(target, Problem):
            self.dropped.append(target)
            return None
        when, problems = self._when(spec.get("when"), f"{where}.when", target)
        names = _in_both(spec, "name", _NAME_CHARS)
        told = _in_both(spec, "description", _TEXT_CHARS)
        rule = RuleIn(
            name=names[self.language],
            description=told[self.language],
            priority=_whole(spec.get("priority"), 0, 1000, _USUAL_PRIORITY),
            when=when,
            target=target,
            fallbacks=self._fallbacks(spec, where, target, warnings),
            thinking=_thinking(spec.get("thinking")),
            cap_price=spec.get("cap_price") is True,
        )
        return DraftRule(
            rule=rule,
            names=names,
            descriptions=told,
            why=told[self.language],
            confidence=_confidence(spec.get("confidence")),
            samples=_samples(spec),
            warnings=warnings,
            problems=problems,
        )

    def _target(self, name: object, where: str, warnings: list[Problem]) -> str | Problem:
        found = meant(name, self.menu) if isinstance(name, str) else None
        if found is None:
            known = ", ".join(str(dish.target) for dish in self.menu)
            return problem(
                ProblemCode.UNKNOWN_TARGET,
                f"There is no model {str(name)[:80]!r}.",
                f"The models are {known}.",
                where,
            )
        target = str(found.dish.target)
        if target != name:
            detail = f"{str(name)[:80]!r} was taken for {target}."
            warnings.append(problem(ProblemCode.REPLACED, detail, field=where))
        return target

    def _fallbacks(
        self, spec: Mapping[str, Any], where: str, target: str, warnings: list[Problem]
    ) -> list[str]:
        """Read fallbacks; what is no model, named twice, or too many, is left out and said."""
        given = spec.get("fallbacks")
        kept: list[str] = []
        for name in given if isinstance(given, list) else ():
            found = self._target(name, f"{where}.fallbacks", warnings)
            if isinstance(found, Problem):
                warnings.append(_left_out(found.detail, f"{where}.fallbacks"))
            elif found != target and found not in kept:
                kept.append(found)
        if len(kept) > _MOST_FALLBACKS:
            detail = f"{len(kept)} fallbacks were proposed, a rule has {_MOST_FALLBACKS} at most:"
            rest = ", ".join(kept[_MOST_FALLBACKS:])
            warnings.append(_left_out(f"{detail} {rest} left out.", f"{where}.fallbacks"))
        return kept[:_MOST_FALLBACKS]

    def _when(self, given: object, where: str, target: str) -> tuple[dict[str, Any], list[Problem]]:
        when = _as_group(given)
        if when is None:
            hint = "A rule needs a condition; what is for everything belongs into default_target."
            return {"all": []}, [_wrong(where, "holds no condition.", hint)]
        found = meant(target, self.menu)
        about = found.dish.target if found else None
        try:
            self.conditions.about(about).read(when)
        except ConfigError as error:
            return when, [
                each.model_copy(update={"field": f"{where.removesuffix('when')}{each.field}"})
                for each in error.problems
            ]
        return when, []


def _as_group(given: object) -> dict[str, Any] | None:
    """Return conditions as the group that they are meant as; None where there are none."""
    if isinstance(given, list):
        given = {"all": given}
    if isinstance(given, Mapping) and "kind" in given:
        given = {"all": [dict(given)]}
    if not isinstance(given, Mapping):
        return None
    # Models that are held to a schema may write what they do not use as null or empty.
    used = {name: given[name] for name in _GROUPS if given.get(name)}
    if not used:
        return None
    if len(used) == 1:
        return _tidy(used)
    return {"all": [_tidy({name: members}) for name, members in used.items()]}


def _tidy(group: Mapping[str, Any]) -> dict[str, Any]:
    """Return a group without empty fields in its conditions."""
    return {
        name: [
            {key: value for key, value in member.items() if value is not None}
            if isinstance(member, Mapping)
            else member
            for member in members
        ]
        if isinstance(members, list)
        else members
        for name, members in group.items()
    }


def _in_both(spec: Mapping[str, Any], what: str, most: int) -> dict[Language, str]:
    """Return a text in both languages; where one is missing, the other stands in."""
    plain = _text(spec.get(what), most)
    english = _text(spec.get(f"{what}_en"), most) or plain
    chinese = _text(spec.get(f"{what}_zh"), most) or plain
    usual = "Rule" if what == "name" else ""
    return {"en": english or chinese or usual, "zh_CN": chinese or english or usual}


def _text(value: object, most: int) -> str:
    return " ".join(value.replace("\0", "").split())[:most] if isinstance(value, str) else ""


def _whole(value: object, least: int, most: int, usual: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return usual
    return int(min(most, max(least, value)))


def _confidence(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.5
    return float(min(1.0, max(0.0, value)))


def _thinking(value: object) -> Thinking | None:
    word = value.get("mode") if isinstance(value, Mapping) else value
    return Thinking(mode=word) if word in ("enabled", "disabled") else None


def _samples(spec: Mapping[str, Any]) -> list[Sample]:
    return [
        Sample(text=text.strip()[:_SAMPLE_CHARS], expected=expected)
        for name, expected in (("matches", True), ("misses", False))
        for text in _listed(spec.get(name))[:_MOST_SAMPLES]
    ]


def _listed(value: object) -> list[str]:
    if not isinstance(value, list):
        return []
    return [text for text in value if isinstance(text, str) and text.strip()]


def _wrong(where: str, what: str, hint: str) -> Problem:
    return problem(ProblemCode.INVALID, f"`{where}` {what}", hint, where)


def _left_out(detail: str, where: str) -> Problem:
    return problem(ProblemCode.REPLACED, detail, field=where)
