"""The rules as they would be stored."""

import pytest

from butler.contract.drafts import Language
from butler.contract.wizard import Spending, UseCase
from butler.engine.assistant.wizard.choosing import Chosen, choose
from butler.engine.assistant.wizard.known import read
from butler.engine.assistant.wizard.rules import case_rule, images_rule, long_rule, private_rule
from butler.engine.assistant.wizard.taste import TASKS, taste
from tests.engine.assistant.wizard.menus import menu


def chosen(spending: Spending = Spending.QUALITY, case: UseCase | None = None) -> Chosen:
    found = choose(read(menu()), taste(spending, [], case))
    assert found is not None
    return found


def test_conditions_and_order() -> None:
    rules = [
        private_rule(chosen(), "en"),
        images_rule(chosen(), "en"),
        long_rule(chosen(), "en"),
        *(case_rule(case, chosen(), "en") for case in TASKS),
    ]
    priorities = [each.rule.priority for each in rules]
    assert priorities[0] == 950
    assert priorities == sorted(set(priorities), reverse=True)
    whens = [each.rule.when["all"] for each in rules]
    assert whens[:4] == [
        [{"kind": "contains_secrets"}],
        [{"kind": "modality", "modalities": ["image"]}],
        [{"kind": "tokens", "min": 20_000}],
        [{"kind": "task", "tasks": ["coding"]}],
    ]
    assert len({each.rule.name for each in rules}) == len(rules)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_names_are_in_both_languages_and_the_rule_has_one(language: Language) -> None:
    draft = case_rule(UseCase.CODING, chosen(), language)
    assert draft.names == {"en": "Coding and debugging", "zh_CN": "编程与调试"}
    assert draft.rule.name == draft.names[language]
    assert draft.rule.description == draft.descriptions[language]
    assert "anthropic/claude-opus-4-5" in draft.descriptions["en"]
    assert draft.rule.target in draft.why
    assert draft.confidence == 1


def test_math_makes_a_thinker_think() -> None:
    math = case_rule(UseCase.MATH, chosen(), "en")
    assert math.rule.thinking is not None
    assert math.rule.thinking.mode == "enabled"
    assert math.why.endswith("It is told to think before it answers.")
    assert case_rule(UseCase.CODING, chosen(), "en").rule.thinking is None
    saving = case_rule(UseCase.MATH, chosen(Spending.SAVING), "en")
    assert (saving.rule.thinking, saving.rule.cap_price) == (None, True)
