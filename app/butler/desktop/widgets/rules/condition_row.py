"""One condition while it is edited: its kind, its own small form, and what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.condition_kinds import ConditionField, ConditionKindRow
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.field import mark_wrong
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.rules.close_button import CloseButton
from butler.desktop.widgets.rules.field_editors import FieldEditor, Offer, editor_of
from butler.desktop.widgets.select import Select

_KIND_WIDTH = 164
_WIDE = 480
_LEAST_WIDTH = 320


class ConditionRow(QWidget):
    """Emits `edited` for whatever a person changes, and `removed`."""

    edited = Signal()
    removed = Signal()

    def __init__(
        self,
        look: Look,
        kinds: Mapping[str, ConditionKindRow],
        offer: Offer,
        spec: Mapping[str, Any],
    ) -> None:
        super().__init__()
        self._look, self._kinds, self._offer = look, kinds, offer
        self._spec: dict[str, Any] = dict(spec)
        self._editors: dict[str, FieldEditor] = {}
        texts = look.texts
        options = [(kind, texts.named("condition", kind, row.title)) for kind, row in kinds.items()]
        if self._spec.get("kind") not in kinds:
            options.append((str(self._spec.get("kind")), str(self._spec.get("kind"))))
        self.kind = Select(texts("condition.kind"), options)
        self.kind.setObjectName("condition.kind")
        self.kind.setFixedWidth(_KIND_WIDTH)
        self.kind.show_value(self._spec.get("kind"))
        self.kind.picked.connect(self._change_kind)
        self._form = QWidget()
        remove = CloseButton(look, texts("condition.remove"))
        remove.setObjectName("condition.remove")
        remove.clicked.connect(self.removed.emit)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.kind)
        self._row.addWidget(self._form, 1)
        self._row.addWidget(remove)
        self._wrong = Label("", Type.SMALL, "bad")
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self._wrong)
        self._draw_form()

    @property
    def spec(self) -> dict[str, Any]:
        """The condition as the API takes it; what nobody has touched is as it was."""
        return dict(self._spec)

    def tell(self, words: str, field: str | None = None) -> None:
        """Say what is wrong, at a field where one is named; an empty text takes it back."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        for name, editor in self._editors.items():
            mark_wrong(editor.widget, bool(words) and name == field)

    def _draw_form(self) -> None:
        kind = self._kinds.get(str(self._spec.get("kind")))
        form = QWidget()
        self._grid = QGridLayout(form)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._editors = {}
        fields = kind.fields if kind else []
        self._cells = [self._cell(field, alone=len(fields) == 1) for field in fields]
        self._columns = 0
        self._place()
        self._row.replaceWidget(self._form, form)
        self._form.deleteLater()
        self._form = form

    def minimumSizeHint(self) -> QSize:
        # Its fields go below each other sooner than it asks for more room than there is.
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        """Put the fields side by side where there is room, else below each other."""
        columns = 2 if len(self._cells) > 1 and self.width() >= _WIDE else 1
        if columns == self._columns:
            return
        self._columns = columns
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _cell(self, field: ConditionField, *, alone: bool) -> QWidget:
        key = f"{self._spec.get('kind')}.{field.name}"
        title = self._look.texts.named("condition.field", key, field.title)
        editor = editor_of(field, title, self._offer)
        editor.show_value(self._spec.get(field.name, _default(field)))
        editor.edited.connect(lambda: self._take(field, editor))
        self._editors[field.name] = editor
        if alone:
            editor.widget.setToolTip(title)
            return editor.widget
        cell = QWidget()
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        label = Label(title, Type.SMALL, "secondary")
        label.setBuddy(editor.widget)
        row.addWidget(label)
        row.addWidget(editor.widget, 1)
        return cell

    def _take(self, field: ConditionField, editor: FieldEditor) -> None:
        mark_wrong(editor.widget, not editor.readable)
        if not editor.readable:
            return
        value = editor.value
        if value is None:
            self._spec.pop(field.name, None)
        else:
            self._spec[field.name] = value
        self.edited.emit()

    def _change_kind(self, kind: object) -> None:
        if kind == self._spec.get("kind"):
            return
        self._spec = {"kind": kind}
        self._draw_form()
        self.edited.emit()


def _default(field: ConditionField) -> Any:
    """Return what a field shows that nobody has filled in: lines show theirs faintly anyway."""
    form = field.type.partition(":")[0]
    if form == "choice":
        return field.default
    return field.default != "false" if form == "bool" else None
