"""Proposed rules from what a text says, clause by clause; what is not understood is said."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from butler.contract.drafts import Draft, DraftRule, Language, Sample, TaskLine
from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import RuleIn, Thinking
from butler.contract.tasks import Task
from butler.contract.texts import Texts, load_texts
from butler.engine.assistant.menu import Dish, Menu
from butler.engine.assistant.wording.clauses import clauses
from butler.engine.assistant.wording.conditions import conditions
from butler.engine.assistant.wording.models import Mention, cheapest, mentions
from butler.engine.assistant.wording.words import FAILING, LOCAL, NOT, REST, THINKS, THINKS_NOT
from butler.engine.call import Target
from butler.engine.errors import problem

_LANGUAGES: tuple[Language, Language] = ("en", "zh_CN")
_MOST_FALLBACKS = 3
_MOST_RULES = 40
_PRIORITY = {
    "contains_secrets": 950,
    "health": 900,
    "call_kind": 880,
    "client": 870,
    "keywords": 860,
    "modality": 850,
    "time": 840,
    "language": 830,
    "latency": 820,
    "tokens": 800,
    "cost": 700,
    "has_tools": 650,
    "task": 600,
}
_SURE, _GUESSED = 0.95, 0.75
_HINT = "Say which model is for what, as in: use X for code, Y for chat."


def propose(text: str, lines: Sequence[TaskLine], menu: Menu, language: Language) -> Draft:
    """Return the rules that a text and the lines of a form ask for."""
    maker = _Maker(menu, language)
    folded = unicodedata.normalize("NFKC", text).casefold()
    for clause in clauses(folded, lambda piece: bool(mentions(piece, menu))):
        maker.take(clause)
    for line in lines:
        maker.take_line(line)
    return Draft(
        by="phrases",
        rules=maker.rules[:_MOST_RULES],
        default_target=maker.default,
        notes=maker.notes,
    )


class _Maker:
    """Gathers rules, the default, and what was not understood."""

    def __init__(self, menu: Menu, language: Language) -> None:
        self._menu = menu
        self._language = language
        self._texts = {each: load_texts(each, "wording", "wizard") for each in _LANGUAGES}
        self.rules: list[DraftRule] = []
        self.notes: list[Problem] = []
        self.default: str | None = None

    def take(self, clause: str) -> None:
        """Read one clause."""
        named = mentions(clause, self._menu)
        if NOT.search(clause) and not FAILING.search(clause) and not THINKS_NOT.search(clause):
            self._note(clause)
            return
        found = conditions(clause, _without(clause, named))
        if FAILING.search(clause):
            self._take_failing(clause, named)
        elif REST.search(clause) and not _asks(found):
            self._take_default(clause, named)
        else:
            self._take_rule(clause, named, found)

    def take_line(self, line: TaskLine) -> None:
        """Read one line of the form."""
        target = Target.parse(line.target)
        dish = self._menu.find(target) if target else None
        if dish is None:
            detail = f"There is no model {line.target!r}."
            self.notes.append(problem(ProblemCode.UNKNOWN_TARGET, detail, field="lines"))
            return
        condition = {"kind": "task", "tasks": [line.task.value]}
        self._add(f"{line.task.value} → {line.target}", [dish], [condition], [])

    def _take_rule(self, clause: str, named: list[Mention], found: list[dict[str, Any]]) -> None:
        dishes = [mention.dish for mention in named]
        doubts = [mention.doubt for mention in named if mention.doubt is not None]
        is_private = any(each["kind"] == "contains_secrets" for each in found)
        if is_private:
            if LOCAL.search(clause) or not dishes:
                dishes = [dish for dish in self._menu if dish.facts.local]
            if not dishes:
                self._note(clause, "No model runs on this machine.")
                return
        if not dishes:
            dishes, doubts = self._chosen_by_price(found)
        if not dishes or not _asks(found):
            self._note(clause)
            return
        self._add(clause, dishes, found, doubts)

    def _take_failing(self, clause: str, named: list[Mention]) -> None:
        """Read that one model stands in where another one fails."""
        if len(named) < 2:
            self._note(clause)
            return
        failing, other = named[0].dish, named[1].dish
        if FAILING.search(clause[named[1].end :]):
            # “use Y when X is down” names the other one first.
            failing, other = other, failing
        condition = {"kind": "health", "state": "failing", "target": str(failing.target)}
        doubts = [mention.doubt for mention in named if mention.doubt is not None]
        self._add(clause, [other], [condition], doubts)

    def _take_default(self, clause: str, named: list[Mention]) -> None:
        if not named:
            self._note(clause)
            return
        self.default = str(named[0].dish.target)

    def _chosen_by_price(self, found: list[dict[str, Any]]) -> tuple[list[Dish], list[Problem]]:
        """Return the cheapest model for a clause that names none but says what it may cost."""
        bound = next((each for each in found if each["kind"] == "cost"), None)
        chosen = cheapest(self._menu) if bound is not None else None
        if chosen is None:
            return [], []
        detail = f"No model is named: {chosen.target} is the cheapest."
        return [chosen], [problem(ProblemCode.REPLACED, detail, field="target")]

    def _add(
        self,
        clause: str,
        dishes: list[Dish],
        found: list[dict[str, Any]],
        doubts: list[Problem],
    ) -> None:
        labels = list(dict.fromkeys(str(dish.target) for dish in dishes))
        names = {each: self._name(each, found) for each in _LANGUAGES}
        told = {each: self._texts[each]("wording.why", words=clause.strip()) for each in _LANGUAGES}
        rule = RuleIn(
            name=names[self._language],
            description=told[self._language][:500],
            priority=self._priority(found),
            when={"all": list(found)},
            target=labels[0],
            fallbacks=labels[1 : _MOST_FALLBACKS + 1],
            thinking=_thinking(clause),
        )
        self.rules.append(
            DraftRule(
                rule=rule,
                names=names,
                descriptions=told,
                why=told[self._language],
                confidence=_GUESSED if doubts else _SURE,
                samples=self._samples(found),
                warnings=doubts,
            )
        )

    def _priority(self, found: list[dict[str, Any]]) -> int:
        """Return where a rule stands: the narrowest condition counts, none stands with another."""
        wanted = max(_PRIORITY.get(each["kind"], 500) for each in found)
        taken = {rule.rule.priority for rule in self.rules}
        while wanted in taken and wanted > 1:
            wanted -= 1
        return wanted

    def _name(self, language: Language, found: list[dict[str, Any]]) -> str:
        texts = self._texts[language]
        name = texts("wording.join").join(_short(texts, each) for each in found)[:70]
        number, free = 2, name
        while any(rule.names[language] == free for rule in self.rules):
            free, number = f"{name} ({number})", number + 1
        return free

    def _samples(self, found: list[dict[str, Any]]) -> list[Sample]:
        """Return examples for a rule about one task or about secrets; others need a real call."""
        texts = self._texts[self._language]
        if len(found) != 1:
            return []
        own = found[0]
        kinds = own.get("tasks", []) if own["kind"] == "task" else []
        name = "secrets" if own["kind"] == "contains_secrets" else (kinds or [""])[0]
        if len(kinds) > 1 or name not in _WITH_EXAMPLES:
            return []
        others = [each for each in _WITH_EXAMPLES if each not in (name, "secrets")][:2]
        return [
            *(
                Sample(text=texts(f"sample.{name}.{at}"), expected=True)
                for at in _WITH_EXAMPLES[name]
            ),
            *(Sample(text=texts(f"sample.{other}.1"), expected=False) for other in others),
        ]

    def _note(self, clause: str, why: str = "") -> None:
        detail = f"Not understood: “{clause.strip()[:160]}”."
        self.notes.append(problem(ProblemCode.NOT_UNDERSTOOD, f"{detail} {why}".strip(), _HINT))


_WITH_EXAMPLES = {
    **dict.fromkeys(("coding", "translation", "math", "creative", "analysis", "secrets"), (1, 2)),
    # The wizard takes questions of all kinds for chat, a rule for the task does not.
    "chat": (1,),
}


def _asks(found: list[dict[str, Any]]) -> bool:
    return bool(found)


def _without(clause: str, named: list[Mention]) -> str:
    """Return a clause in which the names of models are blank: they hold words of other things."""
    signs = list(clause)
    for mention in named:
        if mention.doubt is None:
            signs[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(signs)


def _thinking(clause: str) -> Thinking | None:
    if THINKS_NOT.search(clause):
        return Thinking(mode="disabled")
    return Thinking(mode="enabled") if THINKS.search(clause) else None


def _short(texts: Texts, condition: dict[str, Any]) -> str:
    """Return a condition in a word or two."""
    kind = condition["kind"]
    if kind == "task":
        return texts("wording.join").join(
            texts.named("task", task) for task in condition["tasks"] if task in list(Task)
        )
    if kind == "keywords":
        return ", ".join(condition["words"])[:40]
    if kind == "tokens":
        form = "most" if "max" in condition else "least"
        return texts(f"wording.tokens.{form}", tokens=f"{next(iter(_numbers(condition))):,}")
    return texts(f"wording.{kind}")


def _numbers(condition: dict[str, Any]) -> list[int]:
    return [value for value in condition.values() if isinstance(value, int)]
