"""One setting: what it is, its value, where that comes from, and what is wrong with a wish."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.resources import Setting
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.field import mark_wrong
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.settings.editors import editor_of

_FIXED = ("command line", "environment")


class SettingRow(QWidget):
    """`changed` carries the key and the value asked for, None for the default."""

    changed = Signal(str, object)

    def __init__(
        self, look: Look, setting: Setting, targets: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._key = setting.key
        self.setObjectName(f"setting.{setting.key}")
        # The engine marks what is typed as it is; here it would be read as it is written.
        self.words = look.texts.named("setting", setting.key, setting.summary).replace("`", "")
        self.editor = editor_of(look, setting, targets, self.words)
        self.editor.wanted.connect(lambda value: self.changed.emit(self._key, value))
        self._note = Label("", Type.SMALL, "secondary")
        self._note.setWordWrap(True)
        self._reset = QuietButton(look.texts("setting.reset"))
        self._reset.setObjectName("reset")
        self._reset.setAccessibleName(f"{look.texts('setting.reset')}: {self.words}")
        self._reset.clicked.connect(lambda: self.changed.emit(self._key, None))
        self._lay_out()
        self.show_setting(setting)

    def show_setting(self, setting: Setting) -> None:
        """Show what is in force."""
        fixed = setting.source in _FIXED
        self.editor.show_value(setting.value, usable=not fixed)
        self._reset.setVisible(setting.source == "stored")
        mark_wrong(self.editor.widget, False)
        self._tell(self._state(setting), "secondary")

    def refuse(self, words: str) -> None:
        """Say why a wish was not carried out; what was written stays to be mended."""
        mark_wrong(self.editor.widget, True)
        self.editor.widget.setEnabled(True)
        self._tell(words, "bad")

    def matches(self, text: str) -> bool:
        """Return whether a search for `text` finds this setting."""
        return text.casefold() in f"{self._key} {self.words}".casefold()

    def _state(self, setting: Setting) -> str:
        texts = self._look.texts
        if setting.source == "command line":
            return texts("setting.by_command_line")
        if setting.source == "environment":
            return texts("setting.by_environment")
        return texts("setting.at_restart") if setting.applies == "restart" else ""

    def _tell(self, words: str, tone: str) -> None:
        self._note.setText(words)
        self._note.set_tone(tone)
        self._note.setVisible(bool(words))
        self.editor.widget.setAccessibleDescription(words)

    def _lay_out(self) -> None:
        title = Label(self.words)
        title.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(Label(self._key, Type.CODE, "faint"))
        words.addWidget(self._note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._reset)
        row.addWidget(self.editor.widget, 0, Qt.AlignmentFlag.AlignVCenter)
