"""The wizard's rules: one for each use case, and those that every set wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from butler.contract.drafts import DraftRule, Language, Sample
from butler.contract.resources import RuleIn, Thinking
from butler.contract.tasks import Task
from butler.contract.texts import Texts
from butler.contract.wizard import UseCase
from butler.engine.assistant.wizard import samples
from butler.engine.assistant.wizard.choosing import Chosen
from butler.engine.assistant.wizard.reasons import why
from butler.engine.assistant.wizard.taste import TASKS
from butler.engine.assistant.wizard.words import in_both, wizard_words

LONG_FROM_TOKENS = 20_000
_PRIVATE, _IMAGES, _LONG = 950, 900, 850
_FIRST_CASE, _STEP = 700, 20


@dataclass(frozen=True, slots=True)
class _Plan:
    """A rule before it is written out; `key` is the family of its texts."""

    key: str
    priority: int
    when: Mapping[str, JsonValue]
    examples: Sequence[Sample]
    thinking: Thinking | None = None


def private_rule(chosen: Chosen, language: Language) -> DraftRule:
    """Return the rule that keeps secrets on this machine."""
    when = _when("contains_secrets")
    examples = samples.of_secrets(wizard_words(language))
    return _draft(_Plan("private", _PRIVATE, when, examples), chosen, language)


def images_rule(chosen: Chosen, language: Language) -> DraftRule:
    """Return the rule for what holds images."""
    when = _when("modality", modalities=["image"])
    examples = samples.of_images(wizard_words(language))
    return _draft(_Plan("images", _IMAGES, when, examples), chosen, language)


def long_rule(chosen: Chosen, language: Language) -> DraftRule:
    """Return the rule for long requests."""
    when = _when("tokens", min=LONG_FROM_TOKENS)
    examples = samples.of_long(LONG_FROM_TOKENS, wizard_words(language))
    return _draft(_Plan("long", _LONG, when, examples), chosen, language)


def case_rule(case: UseCase, chosen: Chosen, language: Language) -> DraftRule:
    """Return the rule of a use case."""
    tasks: list[JsonValue] = [task.value for task in TASKS[case]]
    plan = _Plan(
        key=case.value,
        priority=_FIRST_CASE - _STEP * list(TASKS).index(case),
        when=_when("task", tasks=tasks),
        examples=samples.of_case(case, wizard_words(language)),
        thinking=_thinking(case, chosen),
    )
    return _draft(plan, chosen, language)


def _thinking(case: UseCase, chosen: Chosen) -> Thinking | None:
    wanted = Task.MATH in TASKS[case] and chosen.known.thinks is True
    return Thinking(mode="enabled") if wanted else None


def _when(kind: str, **fields: JsonValue) -> Mapping[str, JsonValue]:
    return {"all": [{"kind": kind, **fields}]}


def _draft(plan: _Plan, chosen: Chosen, language: Language) -> DraftRule:
    texts = wizard_words(language)
    target = str(chosen.known.target)
    names = in_both(f"rule.{plan.key}.name")
    descriptions = in_both(f"rule.{plan.key}.description", target=target)
    return DraftRule(
        rule=RuleIn(
            name=names[language],
            description=descriptions[language],
            priority=plan.priority,
            when=dict(plan.when),
            target=target,
            fallbacks=[str(each.target) for each in chosen.fallbacks],
            thinking=plan.thinking,
            cap_price=chosen.capped,
        ),
        names=names,
        descriptions=descriptions,
        why=_why(plan, chosen, texts),
        confidence=1.0,
        samples=list(plan.examples),
    )


def _why(plan: _Plan, chosen: Chosen, texts: Texts) -> str:
    told = why(chosen, texts(f"rule.{plan.key}.why"), texts)
    if plan.thinking is None:
        return told
    return texts("join.sentences").join((told, texts("thinking.on")))
