"""The table of the hit analysis: its headings put it in order."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from butler.desktop.look import Look
from butler.desktop.models.cells import CELL_ROLE, ROW_ROLE, Index
from butler.desktop.models.rule_hits import RuleHits
from butler.desktop.models.sorted_rows import SortedRows
from butler.desktop.widgets.rules.hit_cells import LineDelegate, NameCell, NameDelegate
from butler.desktop.widgets.rules.hit_columns import HITS, LINE, NAME, SHARE, HitColumns
from butler.desktop.widgets.table import Table

_ROOMY = 860


class HitRows(SortedRows[RuleHits]):
    """Says to those who do not see the badge behind a name what is on it."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = super().data(index, role)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            shown = super().data(index, CELL_ROLE)
            if isinstance(shown, NameCell) and shown.tag:
                return f"{shown.text}, {shown.tag.text}"
        return found


class HitTable(Table):
    """`ordered` tells the column by which rows are in order now.

    In a narrow window it does without what the hits themselves tell: their share and their line.
    """

    ordered = Signal(int)

    def __init__(self, look: Look, columns: HitColumns, parent: QWidget | None = None) -> None:
        rows = HitRows(look, columns.headings(), columns.orders, lambda rule: rule.id)
        super().__init__(look, rows, rows.widths, look.texts("rules.hits.table"), parent)
        rows.setParent(self)
        self.rows = rows
        self.rows.sort(HITS, Qt.SortOrder.DescendingOrder)
        self._painters = {NAME: NameDelegate(look), LINE: LineDelegate(look)}
        for column, painter in self._painters.items():
            self.setItemDelegateForColumn(column, painter)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setCursor(Qt.CursorShape.PointingHandCursor)
        header.sectionClicked.connect(self.put_in_order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        for column in (SHARE, LINE):
            self.setColumnHidden(column, event.size().width() < _ROOMY)
        super().resizeEvent(event)

    def choose_order(self, column: int) -> None:
        """Put the rows in the order of a column, where they are not."""
        if column != self.rows.column:
            self.put_in_order(column)

    def turn_round(self) -> None:
        """Put the last row first."""
        self.put_in_order(self.rows.column)

    def put_in_order(self, column: int) -> None:
        """Put the rows in the order of a column; the other way round when asked again."""
        kept = self.currentIndex().data(ROW_ROLE)
        self.rows.sort_by(column)
        if isinstance(kept, RuleHits) and (row := self.rows.row_of(kept.id)) is not None:
            self.select_row(row)
        self.ordered.emit(column)
