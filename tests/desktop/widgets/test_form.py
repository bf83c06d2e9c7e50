"""Forms: fields, choices, and mistakes told where they were made."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from butler.contract.problems import Problem, ProblemCode
from butler.desktop.look import Look
from butler.desktop.widgets.dialog import Dialog, confirm
from butler.desktop.widgets.field import NumberField, SecretField, TextField
from butler.desktop.widgets.form import FormRow, tell_rows
from butler.desktop.widgets.segmented import Segmented
from butler.desktop.widgets.select import Select
from tests.desktop.eyes import click, shown


@pytest.fixture
def ground(qapp: QApplication) -> Iterator[QWidget]:
    """A window to lay parts on."""
    window = QWidget()
    QVBoxLayout(window)
    window.show()
    yield window
    window.deleteLater()


def test_a_problem_stands_at_its_row(look: Look, ground: QWidget) -> None:
    row = FormRow("Name", TextField("Name"), "As you like")
    ground.layout().addWidget(row)
    QApplication.processEvents()
    assert "As you like" in shown(ground)
    wrong = Problem(code=ProblemCode.READ_ONLY, detail="x", hint="Do so.", field="name")
    other = Problem(code=ProblemCode.READ_ONLY, detail="x", hint="Or so.", field="else")
    rest = tell_rows(look, {"name": row}, [wrong, other])
    assert rest.endswith("Or so.")
    assert any(text.endswith("Do so.") for text in shown(ground))
    assert row.field.property("wrong") is True
    assert tell_rows(look, {"name": row}, []) == ""
    assert "As you like" in shown(ground)
    assert row.field.property("wrong") is False


def test_a_secret_is_dots_until_the_eye_is_pressed(look: Look, ground: QWidget) -> None:
    field = SecretField(look, "Key")
    ground.layout().addWidget(field)
    QTest.keyClicks(field, "sk-1")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.actions()[0].toggle()
    assert field.echoMode() is QLineEdit.EchoMode.Normal


def test_no_number_is_none(ground: QWidget) -> None:
    field = NumberField("Limit", "No limit")
    ground.layout().addWidget(field)
    field.show_number(None)
    assert (field.number, field.placeholderText()) == (None, "No limit")
    QTest.keyClicks(field, "4x2")
    assert field.number == 42


def test_a_choice_is_told_when_a_person_makes_it(ground: QWidget) -> None:
    select = Select("Colour", [("r", "Red"), ("g", "Green")])
    ground.layout().addWidget(select)
    picked: list[object] = []
    select.picked.connect(picked.append)
    select.show_value("g")
    assert (select.value, picked) == ("g", [])
    QTest.keyClick(select, Qt.Key.Key_Up)
    assert (select.value, picked) == ("r", ["r"])
    select.offer([("b", "Blue"), ("r", "Red")])
    assert select.value == "r"


def test_the_wheel_changes_no_choice(ground: QWidget) -> None:
    select = Select("Colour", [("r", "Red"), ("g", "Green")])
    ground.layout().addWidget(select)
    middle = QPointF(select.rect().center())
    down = QWheelEvent(
        middle, select.mapToGlobal(middle), QPointF(0, 0).toPoint(), QPointF(0, -120).toPoint(),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(select, down)
    assert select.value == "r"


def test_segments(ground: QWidget) -> None:
    segments = Segmented("Span", [("day", "Day"), ("week", "Week")])
    ground.layout().addWidget(segments)
    picked: list[object] = []
    segments.picked.connect(picked.append)
    click(
        next(each for each in segments.findChildren(QWidget) if each.objectName() == "segment.week")
    )
    assert (segments.value, picked) == ("week", ["week"])
    segments.show_value("day")
    assert (segments.value, picked) == ("day", ["week"])


@pytest.mark.parametrize(("button", "done"), [("confirm.yes", 1), ("confirm.no", 0)])
def test_a_question_is_answered(look: Look, ground: QWidget, button: str, done: int) -> None:
    did: list[int] = []
    dialog = confirm(
        ground, look, "Delete it?", "It is gone then.", "Delete", partial(did.append, 1)
    )
    assert "It is gone then." in shown(dialog)
    click(dialog.findChild(QWidget, button))
    assert len(did) == done


def test_a_dialog_says_what_is_wrong(look: Look, ground: QWidget) -> None:
    dialog = Dialog(look, "New", ground)
    dialog.open()
    dialog.tell("It did not work.", "Try again.")
    QApplication.processEvents()
    assert {"It did not work.", "Try again."} <= set(shown(dialog))
    dialog.tell("")
    assert "It did not work." not in shown(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
