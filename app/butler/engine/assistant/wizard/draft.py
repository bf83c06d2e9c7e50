"""The whole draft: which rules there are to be, the default model, and what could not be done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from butler.contract.drafts import Draft, DraftRule, Language
from butler.contract.problems import Problem, ProblemCode
from butler.contract.texts import Texts
from butler.contract.wizard import UseCase, WizardAnswers
from butler.engine.assistant.menu import Menu
from butler.engine.assistant.wizard.choosing import Chosen, choose, choose_largest
from butler.engine.assistant.wizard.known import Known, read
from butler.engine.assistant.wizard.rules import case_rule, images_rule, long_rule, private_rule
from butler.engine.assistant.wizard.taste import TASKS, Taste, taste
from butler.engine.assistant.wizard.words import wizard_words

Writing = Callable[[Chosen, Language], DraftRule]


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What was answered, and the models that may be used."""

    answers: WizardAnswers
    menu: tuple[Known, ...]
    language: Language

    def taste(self, case: UseCase | None = None) -> Taste:
        return taste(self.answers.spending, self.answers.aims, case)

    def asks_for(self, case: UseCase) -> bool:
        return case in self.answers.use_cases


def build(answers: WizardAnswers, menu: Menu, language: Language | None = None) -> Draft:
    """Return the rules for these answers; the same answers and menu give the same rules.

    Nothing is refused: what can not be done is left out, and said in `notes`. `language` counts
    more than the one in the answers.
    """
    spoken = language or answers.language
    texts = wizard_words(spoken)
    known = read(menu)
    unknown = _unknown(answers, known)
    usable = tuple(it for it in known if not answers.models or str(it.target) in answers.models)
    notes = [_unknown_note(name, texts) for name in unknown]
    if not usable:
        kind = "chosen" if known else "any"
        return Draft(by="wizard", rules=[], notes=[*notes, _note(f"no_model.{kind}", texts)])
    wishes = _Wishes(answers, usable, spoken)
    usual = choose(usable, wishes.taste())
    return Draft(
        by="wizard",
        rules=list(_rules(wishes)),
        default_target=str(usual.known.target) if usual else None,
        notes=[*notes, *_notes(wishes, texts)],
    )


def _rules(wishes: _Wishes) -> Iterator[DraftRule]:
    """Yield the rules from the first to the last that is asked."""
    for chosen, write in _always(wishes):
        if chosen is not None:
            yield write(chosen, wishes.language)
    for case in filter(wishes.asks_for, TASKS):
        chosen = choose(wishes.menu, wishes.taste(case))
        if chosen is not None:
            yield case_rule(case, chosen, wishes.language)


def _always(wishes: _Wishes) -> Sequence[tuple[Chosen | None, Writing]]:
    """Return what goes before the use cases, where there is a model for it."""
    local = [it for it in wishes.menu if it.local] if wishes.answers.private else []
    seeing = [it for it in wishes.menu if it.sees]
    return (
        (choose(local, wishes.taste()), private_rule),
        (choose(seeing, wishes.taste()), images_rule),
        (choose_largest(wishes.menu, wishes.taste()), long_rule),
    )


def _notes(wishes: _Wishes, texts: Texts) -> Iterator[Problem]:
    if wishes.answers.private and not any(it.local for it in wishes.menu):
        yield _note("no_local", texts)
    if len(wishes.menu) == 1:
        yield _note("one_model", texts)
    if wishes.asks_for(UseCase.LONG_DOCUMENTS) and not any(it.context_tokens for it in wishes.menu):
        yield _note("no_context", texts)


def _unknown(answers: WizardAnswers, known: Sequence[Known]) -> list[str]:
    there = {str(it.target) for it in known}
    return [name for name in dict.fromkeys(answers.models) if name not in there]


def _unknown_note(name: str, texts: Texts) -> Problem:
    return Problem(
        code=ProblemCode.UNKNOWN_TARGET,
        field="models",
        detail=texts("note.unknown", name=name),
        hint=texts("note.unknown.hint"),
    )


def _note(key: str, texts: Texts) -> Problem:
    return Problem(
        code=ProblemCode.MISSING,
        field="models",
        detail=texts(f"note.{key}"),
        hint=texts(f"note.{key}.hint"),
    )
