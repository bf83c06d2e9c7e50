"""The rules as a list model: which there are, which a search finds, and where one is dropped."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt, Signal

from butler.contract.resources import Rule
from butler.contract.texts import Texts
from butler.desktop.models.cells import ROW_ROLE, Index
from butler.desktop.models.condition_words import words_of

_MIME = "application/x-butler-rules"
_ROOT = QModelIndex()
HITS_ROLE = Qt.ItemDataRole.UserRole + 2
"""How often the rule has decided today."""
WORDS_ROLE = Qt.ItemDataRole.UserRole + 3
"""What the rule asks, in one line."""


class RulesModel(QAbstractListModel):
    """`moved` carries the ids that were dragged and the id before which they were dropped."""

    moved = Signal(list, object)

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._all: list[Rule] = []
        self._rows: list[Rule] = []
        self._hits: Mapping[str, int] = {}
        self._search = ""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order in which they are tried."""
        return tuple(self._all)

    @property
    def shown(self) -> tuple[Rule, ...]:
        """Those that the search finds."""
        return tuple(self._rows)

    def show_rules(self, rules: Sequence[Rule], hits: Mapping[str, int]) -> None:
        """Show these rules, with how often each has decided today."""
        self._all, self._hits = list(rules), hits
        self._find()

    def search(self, text: str) -> None:
        """Show only rules in which this text is: name, conditions, or models."""
        self._search = text.strip().casefold()
        self._find()

    def row_of(self, rule_id: str | None) -> int | None:
        """Return at which row a rule is shown."""
        return next((at for at, rule in enumerate(self._rows) if rule.id == rule_id), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        rule = self._rows[index.row()]
        if role == ROW_ROLE:
            return rule
        if role == HITS_ROLE:
            return self._hits.get(rule.id, 0)
        if role == WORDS_ROLE:
            return words_of(self._texts, rule.when)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return rule.name
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return f"{rule.target}; {words_of(self._texts, rule.when)}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        movable = not self._search and not self._rows[index.row()].built_in
        return usual | Qt.ItemFlag.ItemIsDragEnabled if movable else usual

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted(index.row() for index in indexes)
        data = QMimeData()
        data.setData(_MIME, "\n".join(self._rows[row].id for row in rows).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        ids = bytes(data.data(_MIME).data()).decode().split()
        at = parent.row() if parent.isValid() else row
        at = len(self._rows) if at < 0 else at
        # Dropped among themselves they stay where they are, before the next other one.
        after = (rule.id for rule in self._rows[at:] if rule.id not in ids)
        self.moved.emit(ids, next(after, None))
        # The engine moves them; what it has done is shown when it says so.
        return False

    def _find(self) -> None:
        self.beginResetModel()
        self._rows = [rule for rule in self._all if self._search in self._haystack(rule)]
        self.endResetModel()

    def _haystack(self, rule: Rule) -> str:
        if not self._search:
            return ""
        parts = (rule.name, rule.description, rule.target, *rule.fallbacks)
        return f"{' '.join(parts)} {words_of(self._texts, rule.when)}".casefold()
