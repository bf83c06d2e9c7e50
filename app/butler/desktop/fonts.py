"""The few sizes and weights of type that the windows use."""

from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase


class Type(Enum):
    """A role of text: pixels, weight, and whether it is code."""

    BODY = (13, QFont.Weight.Normal, False)
    BODY_STRONG = (13, QFont.Weight.DemiBold, False)
    CONTROL = (13, QFont.Weight.Medium, False)
    SMALL = (12, QFont.Weight.Normal, False)
    BADGE = (11, QFont.Weight.DemiBold, False)
    TITLE = (20, QFont.Weight.DemiBold, False)
    FIGURE = (24, QFont.Weight.DemiBold, False)
    CODE = (12, QFont.Weight.Normal, True)


def font(role: Type) -> QFont:
    """Return the font of a role: Inter where it is installed, else the system's own."""
    pixels, weight, code = role.value
    kind = QFontDatabase.SystemFont.FixedFont if code else QFontDatabase.SystemFont.GeneralFont
    first = "JetBrains Mono" if code else "Inter"
    made = QFont([first, QFontDatabase.systemFont(kind).family()])
    made.setPixelSize(pixels)
    made.setWeight(weight)
    # Figures of equal width, so that columns of numbers line up.
    made.setFeature(QFont.Tag("tnum"), 1)
    if code:
        made.setStyleHint(QFont.StyleHint.Monospace)
    return made
