"""Badges are tinted grounds with text on them."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.badge import Badge, BadgeText, badge_width, tint


def test_a_badge_is_as_wide_as_its_text_or_as_told(look: Look, qtbot: QtBot) -> None:
    short, wide = BadgeText("Rule", "#1C7548"), BadgeText("Semantic cache", "#0B7285")
    assert badge_width(short.text) < badge_width(wide.text)
    badge = Badge(short, tint(short.colour, look.tokens.panel), 104)
    qtbot.addWidget(badge)
    assert badge.width() == 104
    assert badge.accessibleName() == "Rule"


def test_its_ground_is_a_tint(look: Look, qtbot: QtBot) -> None:
    ground = tint("#1C7548", look.tokens.panel)
    badge = Badge(BadgeText("Rule", "#1C7548"), ground, 104)
    qtbot.addWidget(badge)
    picture = badge.grab().toImage()
    assert picture.pixelColor(95, 10) == QColor(ground)
