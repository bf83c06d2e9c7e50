"""What the wizard asks."""

from butler.contract.wizard import Aim, Question, Spending, UseCase
from butler.engine.assistant.menu import Menu
from butler.engine.assistant.wizard import form
from butler.engine.call import ModelFacts
from tests.engine.assistant.wizard.menus import dish, menu


def questions(of: Menu) -> dict[str, Question]:
    return {each.field: each for step in form(of).steps for each in step.questions}


def test_five_steps_and_their_questions() -> None:
    found = form(menu())
    assert [step.id for step in found.steps] == [
        "use_cases",
        "models",
        "spending",
        "aims",
        "review",
    ]
    assert found.steps[-1].questions == []
    asked = questions(menu())
    assert {name: each.type for name, each in asked.items()} == {
        "use_cases": "many",
        "models": "many",
        "private": "one",
        "spending": "one",
        "aims": "order",
    }
    assert asked["use_cases"].default == [each.value for each in UseCase]
    assert asked["spending"].default == [Spending.BALANCED]
    assert asked["aims"].default == [Aim.QUALITY, Aim.COST, Aim.LATENCY]
    assert asked["private"].default == ["true"]


def test_models_stand_together_by_provider_with_what_is_known() -> None:
    mixed = Menu(tuple(dish(name, ModelFacts()) for name in ("b/x", "a/y", "b/z")))
    asked = questions(mixed)
    assert [each.value for each in asked["models"].choices] == ["b/x", "b/z", "a/y"]
    assert asked["models"].default == ["b/x", "b/z", "a/y"]
    assert {each.detail for each in asked["models"].choices} == {"price unknown"}
    chinese = form(mixed, "zh_CN").steps[1].questions[0]
    assert {each.detail for each in chinese.choices} == {"价格未知"}


def test_secrets_are_asked_about_only_where_something_is_local() -> None:
    assert "private" not in questions(Menu((dish("a/y", ModelFacts()),)))
    assert questions(Menu(()))["models"].choices == []
