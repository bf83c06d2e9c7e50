"""Who answers: the target, the fallbacks in their order, and whether those may cost more."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.select import Select
from butler.desktop.widgets.switch import Switch

_MOST_FALLBACKS = 3


class TargetsEditor(QWidget):
    """`target`, `fallbacks` and `cap_price` are what the API takes."""

    edited = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        texts = look.texts
        self._models: list[tuple[str, str]] = []
        self._target = ""
        self.fallbacks: list[str] = []
        self.cap_price = False
        self.select = Select(texts("rule.target"))
        self.select.setObjectName("rule.target")
        self.select.picked.connect(self._pick)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._add = QuietButton(texts("rule.fallback.add"))
        self._add.setObjectName("rule.fallback.add")
        self._add.setMenu(QMenu(self._add))
        self._cap = Switch(look, texts("rule.cap_price"))
        self._cap.setObjectName("rule.cap_price")
        self._cap.asked.connect(self._set_cap)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(self._chips)
        row.addWidget(self._add)
        row.addStretch(1)
        self._cap_words = Label(texts("rule.cap_price"), Type.SMALL, "secondary")
        row.addWidget(self._cap_words)
        row.addWidget(self._cap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.select)
        column.addLayout(row)

    @property
    def target(self) -> str:
        """The model that is asked first; empty where none is chosen."""
        return self._target

    def offer(self, models: Sequence[tuple[str, str]]) -> None:
        """Offer these models, each with its words."""
        self._models = list(models)
        self._draw()

    def show_targets(self, target: str, fallbacks: Sequence[str], *, cap_price: bool) -> None:
        """Show who answers."""
        self._target, self.fallbacks, self.cap_price = target, list(fallbacks), cap_price
        self._draw()

    def _draw(self) -> None:
        texts = self._look.texts
        known = [name for name, _ in self._models]
        options: list[tuple[object, str]] = []
        if self._target not in known:
            gone = texts("rule.target.gone", target=self._target)
            options.append((self._target, gone if self._target else texts("rule.target.choose")))
        options += [
            (name, f"{name}  ·  {words}" if words else name) for name, words in self._models
        ]
        self.select.offer(options)
        self.select.show_value(self._target)
        self._cap.show_state(self.cap_price)
        for part in (self._cap, self._cap_words):
            part.setVisible(bool(self.fallbacks))
        self._draw_chips()
        self._draw_menu(known)

    def _draw_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for place, name in enumerate(self.fallbacks):
            self._chips.addWidget(self._chip(place, name))

    def _chip(self, place: int, name: str) -> QPushButton:
        texts = self._look.texts
        chip = QPushButton(f"{place + 1}  {name}")
        chip.setProperty("part", "chip")
        chip.setObjectName(f"fallback.{name}")
        chip.setAccessibleName(texts("rule.fallback", number=place + 1, name=name))
        chip.setFont(font(Type.SMALL))
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(chip)
        for what, usable in (
            ("sooner", place > 0),
            ("later", place < len(self.fallbacks) - 1),
            ("remove", True),
        ):
            action = menu.addAction(texts(f"rule.fallback.{what}"))
            action.setObjectName(f"fallback.{what}")
            action.setEnabled(usable)
            action.triggered.connect(lambda _=False, do=what, at=place: self._move(do, at))
        chip.setMenu(menu)
        return chip

    def _draw_menu(self, known: Sequence[str]) -> None:
        menu = self._add.menu()
        menu.clear()
        free = [name for name in known if name not in (self._target, *self.fallbacks)]
        for name, words in self._models:
            if name in free:
                action = menu.addAction(f"{name}   {words}")
                action.setObjectName(f"add.{name}")
                action.triggered.connect(lambda _=False, add=name: self._append(add))
        self._add.setVisible(bool(free) and len(self.fallbacks) < _MOST_FALLBACKS)

    def _pick(self, target: object) -> None:
        self._target = str(target)
        self.fallbacks = [name for name in self.fallbacks if name != self._target]
        self._changed()

    def _append(self, name: str) -> None:
        self.fallbacks.append(name)
        self._changed()

    def _move(self, what: str, place: int) -> None:
        name = self.fallbacks.pop(place)
        if what != "remove":
            self.fallbacks.insert(place + (1 if what == "later" else -1), name)
        self._changed()

    def _set_cap(self, on: bool) -> None:
        self.cap_price = on
        self._changed()

    def _changed(self) -> None:
        self._draw()
        self.edited.emit()
