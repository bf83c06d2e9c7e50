"""The rules as cards, in the order in which they are tried; dragged, they change it."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from butler.contract.resources import Rule
from butler.desktop.look import Look
from butler.desktop.models.cells import ROW_ROLE
from butler.desktop.models.rules import RulesModel
from butler.desktop.widgets.rules.rule_delegate import RuleDelegate


class RuleList(QListView):
    """Space switches the chosen rules, Alt with an arrow moves them, Delete deletes them."""

    picked = Signal(object)
    """The current rule, or None."""
    chosen = Signal(list)
    """All selected rules."""
    switched = Signal(object)
    delete_asked = Signal(list)

    def __init__(self, look: Look, model: RulesModel) -> None:
        super().__init__()
        self._rules = model
        self.delegate = RuleDelegate(look)
        self.delegate.switched.connect(self.switched.emit)
        self.setObjectName("rules.list")
        self.setAccessibleName(look.texts("page.rules"))
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.selectionModel().currentChanged.connect(lambda now, _: self._pick(now.row()))
        self.selectionModel().selectionChanged.connect(self._choose)
        look.theme.changed.connect(self.viewport().update)

    @property
    def selected(self) -> list[Rule]:
        """The selected rules, in their order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._rules.shown[row] for row in rows]

    def select(self, rule_id: str | None) -> bool:
        """Select a rule alone; tells whether it is shown."""
        row = self._rules.row_of(rule_id)
        if row is None:
            return False
        index = self._rules.index(row)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, rules = event.key(), [rule for rule in self.selected if not rule.built_in]
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key == Qt.Key.Key_Space and rules:
            for rule in rules:
                self.switched.emit(rule)
            return
        if key == Qt.Key.Key_Delete and rules:
            self.delete_asked.emit(rules)
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in moves and rules:
            self._move(rules, moves[Qt.Key(key)])
            return
        super().keyPressEvent(event)

    def _move(self, rules: list[Rule], by: int) -> None:
        """Move the selected rules one place up or down, together."""
        ids = [rule.id for rule in rules]
        others = [rule.id for rule in self._rules.rules if rule.id not in ids and not rule.built_in]
        every = [rule.id for rule in self._rules.rules]
        before = sum(1 for id_ in others if every.index(id_) < every.index(ids[0]))
        place = max(0, min(len(others), before + by))
        self._rules.moved.emit(ids, others[place] if place < len(others) else None)

    def _pick(self, row: int) -> None:
        shown = self._rules.shown
        self.picked.emit(shown[row] if 0 <= row < len(shown) else None)

    def _choose(self, _on: QItemSelection, _off: QItemSelection) -> None:
        self.chosen.emit([index.data(ROW_ROLE) for index in self.selectedIndexes()])
