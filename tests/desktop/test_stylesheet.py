"""The stylesheet is made of the colours it is given, and Qt understands it."""

import re

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from butler.contract.places import resource
from butler.desktop.stylesheet import stylesheet
from butler.desktop.tokens import DARK, LIGHT, blend


def test_every_placeholder_is_filled() -> None:
    assert "$" not in stylesheet(LIGHT, resource("icons"))


def test_each_set_uses_only_its_own_colours() -> None:
    colours = {name: getattr(DARK, name) for name in DARK.__dataclass_fields__ if name != "layers"}
    derived = {
        DARK.hover,
        DARK.pressed,
        blend(DARK.ink, DARK.accent, 0.1),
        blend(DARK.ink, DARK.accent, 0.2),
        blend(DARK.faint, DARK.panel, 0.45),
    }
    used = set(re.findall(r"#[0-9A-Fa-f]{6}\b", stylesheet(DARK, resource("icons"))))
    assert used <= set(colours.values()) | derived


def test_qt_reads_it_without_complaint(qtbot: QtBot, capfd: pytest.CaptureFixture[str]) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.setStyleSheet(stylesheet(LIGHT, resource("icons")))
    label.ensurePolished()
    assert "Could not parse" not in capfd.readouterr().err
