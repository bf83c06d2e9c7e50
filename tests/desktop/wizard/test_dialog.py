"""From nothing to a working set of rules: the wizard over a real engine, step by step."""

from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QPushButton

from butler.contract.resources import Rule
from butler.desktop.app import Desktop
from butler.desktop.widgets.select import Select
from butler.desktop.wizard.choice_card import ChoiceCard
from butler.desktop.wizard.dialog import WizardDialog
from tests.desktop.conftest import until
from tests.desktop.eyes import click, press, shown

MODELS = (
    ("far", "https://models.example/v1", "big", {"input_usd": "5", "output_usd": "25"}),
    ("near", "http://127.0.0.1:9/v1", "own:7b", None),
)


async def configure(desktop: Desktop) -> None:
    """Two providers: a dear one somewhere, and one on this machine."""
    client = desktop.desk.engine.client
    for name, url, model, prices in MODELS:
        body: dict[str, Any] = {
            "name": name,
            "kind": "openai_compatible",
            "base_url": url,
            "models": [{"name": model, **({"prices": prices} if prices else {})}],
        }
        await client.send("POST", "providers", body)


async def opened(desktop: Desktop) -> WizardDialog:
    """The wizard, once it knows what to ask."""
    dialog = WizardDialog(desktop.desk, desktop.window)
    dialog.open()
    await until(lambda: dialog.findChild(ChoiceCard) is not None)
    return dialog


def button(dialog: WizardDialog, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


async def rules_of(desktop: Desktop) -> list[Rule]:
    return await desktop.desk.engine.client.listed("rules", Rule)


async def reviewed(dialog: WizardDialog) -> None:
    """Go on to the last step, and wait for the rules."""
    while dialog.step < 4:
        press(dialog, "wizard.next")
    await until(lambda: bool(dialog.review.cards))


async def test_five_steps_lead_to_rules_that_route(real: Desktop) -> None:
    await configure(real)
    told: list[str] = []
    real.desk.actions.told.connect(told.append)
    dialog = await opened(real)
    assert "What do you use models for?" in shown(dialog)
    press(dialog, "wizard.use_cases.none")
    assert not button(dialog, "wizard.next").isEnabled()
    assert "Choose at least one." in shown(dialog)
    for case in ("coding", "chat"):
        click(button(dialog, f"wizard.use_cases.{case}"))
    press(dialog, "wizard.next")
    assert {"far", "near", "Keep secrets on this machine?"} <= set(shown(dialog))
    press(dialog, "wizard.next")
    click(button(dialog, "wizard.spending.quality"))
    assert not button(dialog, "wizard.spending.balanced").isChecked()
    press(dialog, "wizard.next")
    press(dialog, "wizard.aims.cost.up")
    press(dialog, "wizard.next")
    await until(lambda: bool(dialog.review.cards))
    names = [rule.name for rule in dialog.review.rules]
    assert names == ["Keep secrets here", "Coding and debugging", "Chat and questions"]
    assert any("You want quality before price, and cost comes first." in it for it in shown(dialog))
    press(dialog, "wizard.apply")
    await until(lambda: bool(told))
    assert told == ["3 rules of the wizard are in force."]
    stored = await rules_of(real)
    assert [(rule.name, rule.target) for rule in stored] == [
        ("Keep secrets here", "near/own:7b"),
        ("Coding and debugging", "far/big"),
        ("Chat and questions", "near/own:7b"),
    ]
    assert all(not rule.problems for rule in stored)


async def test_rules_can_be_left_out_and_given_another_model(real: Desktop) -> None:
    await configure(real)
    dialog = await opened(real)
    await reviewed(dialog)
    all_names = [rule.name for rule in dialog.review.rules]
    click(button(dialog, "wizard.use.Translation"))
    assert [rule.name for rule in dialog.review.rules] == [
        name for name in all_names if name != "Translation"
    ]
    select = dialog.findChild(Select, "wizard.target.Coding and debugging")
    assert select is not None
    before = str(select.value)
    other = next(it for it in ("far/big", "near/own:7b") if it != before)
    select.picked.emit(other)
    changed = next(it for it in dialog.review.rules if it.name == "Coding and debugging")
    assert changed.target == other
    assert other not in changed.fallbacks
    assert other in changed.description
    assert f"You chose {other} in place of {before}." in shown(dialog)
    private = dialog.findChild(Select, "wizard.target.Keep secrets here")
    assert private is not None
    assert [private.itemText(row) for row in range(private.count())] == ["near/own:7b"]
    press(dialog, "wizard.back")
    press(dialog, "wizard.next")
    # What was changed stays as long as the answers do.
    assert "Translation" not in [rule.name for rule in dialog.review.rules]
    dialog.reject()
    assert await rules_of(real) == []


async def test_other_rules_stay_unless_one_wants_otherwise(real: Desktop) -> None:
    await configure(real)
    client = real.desk.engine.client
    own = {"name": "mine", "when": {"all": [{"kind": "tokens", "min": 9}]}, "target": "far/big"}
    await client.send("POST", "rules", own)
    for keep in (True, False):
        dialog = await opened(real)
        await reviewed(dialog)
        if not keep:
            click(button(dialog, "wizard.keep"))
        count = len(dialog.review.rules)
        closed: list[int] = []
        dialog.finished.connect(closed.append)
        press(dialog, "wizard.apply")
        await until(lambda closed=closed: bool(closed))
        stored = await rules_of(real)
        assert ("mine" in [rule.name for rule in stored]) is keep
        assert len(stored) == count + keep


async def test_without_models_it_leads_to_the_providers(real: Desktop) -> None:
    dialog = await opened(real)
    assert not button(dialog, "wizard.next").isEnabled()
    assert "nothing to make rules for" in " ".join(shown(dialog))
    press(dialog, "wizard.providers")
    assert not dialog.isVisible()


@pytest.mark.parametrize("speaking", ["en", "zh_CN"])
async def test_nothing_is_cut_in_the_smallest_window(real: Desktop) -> None:
    await configure(real)
    real.window.resize(QSize(880, 600))
    dialog = await opened(real)
    for step in range(5):
        if step == 4:
            await until(lambda: bool(dialog.review.cards))
        assert dialog.width() <= 880
        assert dialog.height() <= 600
        for each in dialog.findChildren(QPushButton):
            if each.isVisible():
                assert each.width() >= each.fontMetrics().horizontalAdvance(each.text())
        for each in dialog.findChildren(ChoiceCard):
            assert each.width() >= each.minimumSizeHint().width()
        if step < 4:
            press(dialog, "wizard.next")
    dialog.reject()
