"""A card around a chart: it can be read as a table, and saved as figures or as a picture."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QImage, QImageWriter
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from butler.desktop.desk import Desk
from butler.desktop.models.cells import Cell, Side
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.charts.data import ChartData, Sheet
from butler.desktop.widgets.charts.picture import picture
from butler.desktop.widgets.charts.pointed import PointedChart
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.save_file import ask_where
from butler.desktop.widgets.table import Table

_CHART, _TABLE, _EMPTY = range(3)
_FIRST_WIDTH = 108


class ChartCard(Card):
    """`sheet` makes a table of the figures; `has_legend` says the chart names its own colours."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        chart: PointedChart,
        sheet: Callable[[ChartData], Sheet],
        *,
        has_legend: bool = False,
    ) -> None:
        super().__init__(" ")
        self.setObjectName(name)
        self._desk = desk
        self._chart = chart
        self._sheet = sheet
        self._has_legend = has_legend
        self._data: ChartData | None = None
        self._shown: Sheet | None = None
        self._table = QWidget()
        self._model: RowsModel[tuple[str, ...]] | None = None
        self._empty = Label("", tone="secondary")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._either = QStackedLayout()
        self._either.addWidget(chart)
        self._either.addWidget(self._table)
        self._either.addWidget(self._empty)
        self.body.addLayout(self._either, 1)
        self._toggle = self._quiet("table", self._flip)
        self._toggle.setCheckable(True)
        self._save = self._quiet("save", self._offer)
        self._menu = QMenu(self)
        for form, ask in (("csv", self._save_csv), ("png", self._save_png)):
            action = QAction(desk.look.texts(f"chart.{form}"), self._menu)
            action.setObjectName(f"{name}.{form}")
            action.triggered.connect(ask)
            self._menu.addAction(action)

    def lead(self, *parts: QWidget) -> None:
        """Let these stand where the title would: they say what the chart shows."""
        self.title.hide()
        for at, part in enumerate(parts):
            self.head.insertWidget(at, part)
        self.head.insertStretch(len(parts), 1)

    @property
    def sheet(self) -> Sheet | None:
        """What the table shows."""
        return self._sheet(self._data) if self._data else None

    def show_data(self, title: str, data: ChartData, empty: str) -> None:
        """Draw these figures; where there are none, say `empty`."""
        self.title.setText(title)
        self._chart.setAccessibleName(title)
        self._empty.setText(empty)
        self._data = data
        self._chart.show_data(data)
        self._toggle.setEnabled(not data.empty)
        self._save.setEnabled(not data.empty)
        self._draw()

    def picture(self) -> QImage | None:
        """Return the chart as a picture, if it shows something."""
        if self._data is None or self._data.empty:
            return None
        title, has_legend = self.title.text(), self._has_legend
        return picture(self._desk.look, title, self._chart, self._data, has_legend=has_legend)

    def _quiet(self, what: str, act: Callable[[], None]) -> QuietButton:
        button = QuietButton(self._desk.look.texts(f"chart.{what}"))
        button.setObjectName(f"{self.objectName()}.{what}")
        button.clicked.connect(act)
        self.head.addWidget(button)
        return button

    def _flip(self) -> None:
        word = "chart.chart" if self._toggle.isChecked() else "chart.table"
        self._toggle.setText(self._desk.look.texts(word))
        self._draw()

    def _draw(self) -> None:
        if self._data is None or self._data.empty:
            self._either.setCurrentIndex(_EMPTY)
        elif self._toggle.isChecked():
            self._show_table(self._sheet(self._data))
            self._either.setCurrentIndex(_TABLE)
        else:
            self._either.setCurrentIndex(_CHART)

    def _show_table(self, sheet: Sheet) -> None:
        if self._model is None or self._shown is None or self._shown.headings != sheet.headings:
            self._replace_table(sheet)
        self._shown = sheet
        if self._model:
            self._model.show_rows(sheet.rows)

    def _replace_table(self, sheet: Sheet) -> None:
        """Other headings need another table."""
        headings = [_heading(at, title) for at, title in enumerate(sheet.headings)]
        before = self._table
        self._model = RowsModel(self._desk.look, headings, lambda row: row[0], self)
        name = self._chart.accessibleName()
        self._table = Table(self._desk.look, self._model, self._model.widths, name)
        self._table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self._either.replaceWidget(before, self._table)
        before.deleteLater()

    def _offer(self) -> None:
        self._menu.popup(self._save.mapToGlobal(self._save.rect().bottomLeft()))

    def _save_csv(self) -> None:
        if self.sheet is None:
            return
        written = self.sheet.csv()

        def write(file: Path) -> None:
            # The mark lets spreadsheets know in which encoding the words are.
            file.write_text(written, encoding="utf-8-sig", newline="")

        ask_where(self._desk, self.window(), f"{self.objectName()}.csv", write)

    def _save_png(self) -> None:
        image = self.picture()
        if image is None:
            return

        def write(file: Path) -> None:
            writer = QImageWriter(str(file), QByteArray(b"png"))
            if not writer.write(image):
                raise OSError(writer.errorString())

        ask_where(self._desk, self.window(), f"{self.objectName()}.png", write)


def _heading(at: int, title: str) -> Heading[tuple[str, ...]]:
    def show(row: tuple[str, ...]) -> Cell:
        return Cell(row[at], "ink" if at else "secondary")

    return Heading(title, show, 0 if at else _FIRST_WIDTH, Side.RIGHT if at else Side.LEFT)
