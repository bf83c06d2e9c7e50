"""A chart's card: the table view, and what is saved."""

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from butler.desktop.app import Desktop
from butler.desktop.widgets.charts.chart_card import ChartCard
from butler.desktop.widgets.charts.data import ChartData, sheet_of_slots
from butler.desktop.widgets.charts.stacked_bars import StackedBars
from butler.desktop.widgets.table import Table
from tests.desktop.conftest import until
from tests.desktop.eyes import press
from tests.desktop.widgets.charts.test_data import DATA


def _card(desktop: Desktop, data: ChartData = DATA) -> ChartCard:
    card = ChartCard(desktop.desk, "trend", StackedBars(desktop.desk.look, ""), sheet_of_slots)
    card.resize(600, 300)
    card.show_data("Requests by layer", data, "None yet")
    card.show()
    return card


async def test_it_can_be_read_as_a_table(desktop: Desktop) -> None:
    card = _card(desktop)
    press(card, "trend.table")
    (table,) = [each for each in card.findChildren(Table) if each.isVisible()]
    model = table.model()
    assert [model.index(1, at).data() for at in range(3)] == ["01:00", "2", "3.5"]
    press(card, "trend.table")
    assert not table.isVisible()
    card.deleteLater()


async def test_figures_and_picture_are_saved(desktop: Desktop, tmp_path: Path) -> None:
    card = _card(desktop)
    for form, name in (("csv", "out.csv"), ("png", "out.png")):
        action = card.findChild(QAction, f"trend.{form}")
        assert action is not None
        action.trigger()
        dialog = card.findChild(QFileDialog, "save")
        assert dialog is not None
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.reject()
        file = tmp_path / name
        await until(file.exists)
    assert (tmp_path / "out.csv").read_bytes().startswith("\ufeffTime,".encode())
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    card.deleteLater()


async def test_where_nothing_is_it_says_so(desktop: Desktop) -> None:
    card = _card(desktop, ChartData((), (), str))
    assert card.picture() is None
    assert card.sheet is not None
    assert card.sheet.rows == ()
    card.deleteLater()
