"""Rules as JSON over a real engine: checked as one types, compared, saved all at once."""

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from butler.contract.resources import Rule
from butler.desktop.app import Desktop
from butler.desktop.models.rule_set_text import Mark
from butler.desktop.models.text_units import units
from butler.desktop.widgets.rules.json_editor import JsonEditor
from butler.desktop.widgets.rules.json_review import JsonReview
from tests.desktop.conftest import until
from tests.desktop.eyes import press, shown

CODING = {"all": [{"kind": "task", "tasks": ["coding"]}]}


async def _opened(desktop: Desktop, *rules: dict[str, Any]) -> JsonEditor:
    """Return the editor of a desktop with a provider and some rules."""
    client = desktop.desk.engine.client
    provider = {
        "name": "here",
        "kind": "openai_compatible",
        "base_url": "http://127.0.0.1:9/v1",
        "models": [{"name": "m"}, {"name": "n"}],
    }
    await client.send("POST", "providers", provider)
    for rule in rules or ({"name": "one", "priority": 900}, {"name": "two"}):
        await client.send("POST", "rules", {"when": CODING, "target": "here/m", **rule})
    editor = JsonEditor(desktop.desk)
    editor.resize(1040, 740)
    editor.show()
    editor.refresh()
    await until(lambda: '"rules"' in editor.text.text)
    return editor


async def _stored(desktop: Desktop) -> dict[str, Rule]:
    rules = await desktop.desk.engine.client.listed("rules", Rule)
    return {rule.name: rule for rule in rules}


def _type(editor: JsonEditor, old: str, new: str) -> None:
    """Put the cursor behind the first `old`, take it away and type `new`."""
    text = editor.text
    cursor = QTextCursor(text.document())
    at = units(text.text[: text.text.index(old)])
    cursor.setPosition(at)
    cursor.setPosition(at + units(old), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    QTest.keyClick(text, Qt.Key.Key_Delete)
    QTest.keyClicks(text, new)


def _told(editor: JsonEditor) -> list[str]:
    return [editor.problems.item(row).text() for row in range(editor.problems.count())]


def _button(editor: JsonEditor, name: str) -> QPushButton:
    found = editor.findChild(QPushButton, name)
    assert found is not None
    return found


async def _reviewed(editor: JsonEditor) -> JsonReview:
    await until(lambda: _button(editor, "json.review").isEnabled())
    await until(lambda: editor.state.text() == "Nothing wrong; not saved yet")
    press(editor, "json.review")
    dialog = editor.findChild(JsonReview)
    assert dialog is not None
    return dialog


async def test_it_shows_the_rules_as_they_are_stored(real: Desktop) -> None:
    editor = await _opened(real, {"name": "快\u00a0code", "description": "😀 \u2028"})
    (rule,) = (await _stored(real)).values()
    (item,) = json.loads(editor.text.text)["rules"]
    expected = rule.model_dump(mode="json")
    assert item == {name: expected[name] for name in item}
    assert set(expected) - set(item) == {"built_in", "problems", "findings"}
    assert editor.state.text() == "1 rule, as stored"
    assert not _button(editor, "json.review").isEnabled()
    assert not _button(editor, "json.discard").isEnabled()
    editor.hide()
    editor.deleteLater()


async def test_starter_rules_are_not_the_owners(real: Desktop) -> None:
    editor = JsonEditor(real.desk)
    editor.show()
    editor.refresh()
    await until(lambda: editor.state.text() == "0 rules, as stored")
    assert json.loads(editor.text.text) == {"rules": []}
    editor.hide()
    editor.deleteLater()


async def test_json_then_the_schema_then_the_engine(real: Desktop) -> None:
    editor = await _opened(real)
    line = editor.text.text.splitlines().index('      "priority": 900,') + 1
    _type(editor, "900,", "900")
    await until(lambda: editor.problems.isVisible())
    assert _told(editor) == [
        f"Line {line + 1}, column 7: A comma or the closing bracket is missing here."
    ]
    assert not _button(editor, "json.review").isEnabled()
    _type(editor, "900", '"no",')
    await until(lambda: _told(editor) == [f"Line {line}, column 19: A whole number belongs here."])
    _type(editor, '"no",', "900,")
    await until(lambda: not editor.problems.isVisible())
    _type(editor, "here/m", "here/gone")
    await until(lambda: editor.problems.isVisible())
    (told,) = _told(editor)
    assert "There is no enabled model 'here/gone'." in told
    target = editor.text.text.splitlines().index('      "target": "here/gone",') + 1
    assert told.startswith(f"Line {target}, column 17: ")
    assert len(editor.text.extraSelections()) == 1
    editor.hide()
    editor.deleteLater()


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
async def test_a_problem_leads_to_its_place(real: Desktop, how: str) -> None:
    editor = await _opened(real, {"name": "😀", "description": "😀" * 20}, {"name": "last"})
    _type(editor, '"last"', "7")
    await until(lambda: editor.problems.count() == 1)
    item = editor.problems.item(0)
    if how == "mouse":
        place = editor.problems.visualItemRect(item).center()
        QTest.mouseClick(editor.problems.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        editor.problems.setCurrentRow(0)
        QTest.keyClick(editor.problems, Qt.Key.Key_Return)
    mark = item.data(Qt.ItemDataRole.UserRole)
    assert isinstance(mark, Mark)
    cursor = editor.text.textCursor()
    assert cursor.blockNumber() + 1 == mark.line
    (selection,) = editor.text.extraSelections()
    assert selection.cursor.selectedText() == "7", "also behind what Qt counts twice"
    assert editor.text.hasFocus() or QGuiApplication.focusWindow() is None
    editor.hide()
    editor.deleteLater()


async def test_changes_are_reviewed_and_saved_at_once(real: Desktop) -> None:
    editor = await _opened(real)
    before = await _stored(real)
    _type(editor, '"priority": 900', '"priority": 910')
    _type(editor, '"two"', '"zwei"')
    dialog = await _reviewed(editor)
    assert "2 changed" in shown(dialog)
    lines = dialog.lines.toPlainText().splitlines()
    assert '-   "priority": 900,' in lines
    assert '+   "priority": 910,' in lines
    assert "Changed: zwei" in lines
    press(dialog, "json.save")
    await until(lambda: editor.state.text() == "2 rules, as stored")
    after = await _stored(real)
    assert (after["one"].id, after["one"].priority) == (before["one"].id, 910)
    assert after["zwei"].id == before["two"].id
    assert not editor.unsaved
    # What was typed before can be undone, and saved back.
    editor.text.undo()
    assert editor.unsaved
    editor.hide()
    editor.deleteLater()


async def test_what_changed_elsewhere_is_told_and_nothing_typed_is_lost(real: Desktop) -> None:
    editor = await _opened(real)
    client = real.desk.engine.client
    await client.send("PATCH", "rules/two", {"description": "seen at once"})
    await until(lambda: "seen at once" in editor.text.text)
    _type(editor, '"one"', '"uno"')
    await client.change_setting("routing.enabled", False)
    await client.send("PATCH", "rules/two", {"priority": 123})
    await until(lambda: editor.elsewhere.isVisible())
    assert '"uno"' in editor.text.text
    assert not _button(editor, "json.review").isEnabled()
    press(editor, "json.mine")
    dialog = await _reviewed(editor)
    assert '-   "priority": 123,' in dialog.lines.toPlainText().splitlines()
    dialog.reject()
    await client.send("PATCH", "rules/two", {"priority": 124})
    await until(lambda: editor.elsewhere.isVisible())
    press(editor, "json.theirs")
    assert not editor.elsewhere.isVisible()
    assert not editor.unsaved
    assert '"priority": 124' in editor.text.text
    assert '"uno"' not in editor.text.text
    editor.hide()
    editor.deleteLater()


async def test_another_change_does_not_keep_one_from_saving(real: Desktop) -> None:
    """A setting is no rule, though it makes a new revision."""
    editor = await _opened(real)
    _type(editor, '"one"', '"uno"')
    await real.desk.engine.client.change_setting("routing.enabled", False)
    await until(lambda: not real.state.routing)
    dialog = await _reviewed(editor)
    assert not editor.elsewhere.isVisible()
    press(dialog, "json.save")
    await until(lambda: not editor.unsaved)
    assert "uno" in await _stored(real)
    editor.hide()
    editor.deleteLater()


async def test_who_was_quicker_is_told_when_saving(real: Desktop) -> None:
    editor = await _opened(real)
    _type(editor, '"one"', '"uno"')
    dialog = await _reviewed(editor)
    # Nothing is heard of while it is hidden, as it would be on a slow link.
    editor.hide()
    await real.desk.engine.client.send("PATCH", "rules/two", {"priority": 123})
    dialog.save.click()
    await until(lambda: dialog.findChild(QPushButton, "json.reload") is not None)
    assert "one" in await _stored(real)
    editor.show()
    reload = dialog.findChild(QPushButton, "json.reload")
    assert reload is not None
    reload.click()
    await until(lambda: editor.elsewhere.isVisible())
    assert '"uno"' in editor.text.text
    editor.hide()
    editor.deleteLater()


async def test_discarding_tidying_and_new_lines(real: Desktop) -> None:
    editor = await _opened(real)
    before = editor.text.text
    _type(editor, '"rules": [', '"rules":    [')
    await until(lambda: _button(editor, "json.tidy").isEnabled())
    press(editor, "json.tidy")
    assert editor.text.text == before
    _type(editor, "[", "[")
    QTest.keyClick(editor.text, Qt.Key.Key_Return)
    assert editor.text.textCursor().block().text().startswith("    "), "indented"
    press(editor, "json.discard")
    assert editor.text.text == before
    editor.text.undo()
    assert editor.text.text != before, "what was discarded can be had back"
    editor.hide()
    editor.deleteLater()
