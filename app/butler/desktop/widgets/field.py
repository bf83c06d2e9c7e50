"""Fields to write in: text, secrets, numbers, several lines; each can look wrong."""

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QAction, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolButton, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look

_HEIGHT = 32
_WHOLE = "[0-9]{0,12}"


def mark_wrong(field: QWidget, wrong: bool) -> None:
    """Show a field as one that holds a mistake, or as sound again."""
    if bool(field.property("wrong")) is wrong:
        return
    field.setProperty("wrong", wrong)
    field.style().unpolish(field)
    field.style().polish(field)


def _name_buttons(field: QLineEdit, name: str) -> None:
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name)


class TextField(QLineEdit):
    """One line of text."""

    def __init__(
        self, name: str, placeholder: str = "", *, code: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "input")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(font(Type.CODE if code else Type.BODY))
        self.setFixedHeight(_HEIGHT)


class SearchField(TextField):
    """A text to look for; a button at its end takes it away again."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, name, parent=parent)
        self.setClearButtonEnabled(True)
        _name_buttons(self, look.texts("field.clear"))


class SecretField(TextField):
    """A secret: dots, unless the eye at its end is pressed; hidden again when it is left."""

    def __init__(
        self, look: Look, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, placeholder, code=True, parent=parent)
        self._look = look
        self._eye = QAction(self)
        self._eye.setCheckable(True)
        self._eye.setToolTip(look.texts("field.reveal"))
        self._eye.toggled.connect(self._reveal)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        _name_buttons(self, look.texts("field.reveal"))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        look.theme.changed.connect(self._dress)
        self._dress()

    def _reveal(self, on: bool) -> None:
        echo = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.setEchoMode(echo)

    def _dress(self) -> None:
        self._eye.setIcon(self._look.icons.icon("eye", self._look.tokens.secondary))


class NumberField(TextField):
    """A whole number, or none; `nothing` says what none means. Bounds are the engine's to tell."""

    def __init__(self, name: str, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, nothing, parent=parent)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(_WHOLE), self))

    @property
    def number(self) -> int | None:
        """The number; None where none is given."""
        return int(self.text()) if self.text() else None

    def show_number(self, number: int | None) -> None:
        """Show a number, or none."""
        self.setText("" if number is None else str(number))


class LinesField(QPlainTextEdit):
    """Several lines of text; Tab leaves it, as everywhere."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "input")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(font(Type.BODY))
        self.setTabChangesFocus(True)
