"""The table model keeps step with the state."""

from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from butler.contract.events import CallRecorded, Snapshot
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column
from butler.desktop.models.calls import LatestCalls
from butler.desktop.state import DesktopState
from butler.desktop.theme import Scheme
from tests.desktop import samples


def _add(qtbot: QtBot, state: DesktopState, *numbers: int) -> None:
    with qtbot.waitSignal(state.calls_added):
        for number in numbers:
            state.apply(CallRecorded(call=samples.call(number), status=samples.status()))


def _ids(model: LatestCalls) -> list[str]:
    rows = range(model.rowCount())
    return [model.call_at(model.index(row, 0)).id for row in rows]


def test_it_is_a_proper_model(look: Look, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    state = DesktopState()
    model = LatestCalls(look, state, 5)
    qtmodeltester.check(model)
    _add(qtbot, state, 1, 2, 3, 4, 5, 6, 7)
    qtmodeltester.check(model)
    assert _ids(model) == ["req-7", "req-6", "req-5", "req-4", "req-3"]


def test_new_rows_push_the_old_ones_down(look: Look, qtbot: QtBot) -> None:
    state = DesktopState()
    model = LatestCalls(look, state, 3)
    _add(qtbot, state, 1)
    marked = QPersistentModelIndex(model.index(0, 0))
    _add(qtbot, state, 2)
    assert marked.row() == 1
    _add(qtbot, state, 3, 4)
    assert not marked.isValid()
    assert _ids(model) == ["req-4", "req-3", "req-2"]
    assert model.row_of("req-3") == 1
    assert model.row_of("req-1") is None


def test_a_snapshot_starts_over(look: Look, qtbot: QtBot) -> None:
    state = DesktopState()
    model = LatestCalls(look, state, 3)
    _add(qtbot, state, 1, 2)
    state.apply(Snapshot(status=samples.status(), calls=[samples.call(9)]))
    assert _ids(model) == ["req-9"]


def test_names_of_others_are_never_markup(look: Look, qtbot: QtBot) -> None:
    state = DesktopState()
    evil = samples.call(1, client="<img src=x>")
    state.apply(Snapshot(status=samples.status(), calls=[evil]))
    model = LatestCalls(look, state, 3)
    tooltip = model.index(0, Column.TOOL).data(Qt.ItemDataRole.ToolTipRole)
    assert tooltip == "<p>&lt;img src=x&gt;</p>"


def test_other_colours_are_drawn(look: Look, qtbot: QtBot) -> None:
    state = DesktopState()
    state.apply(Snapshot(status=samples.status(), calls=[samples.call(1)]))
    model = LatestCalls(look, state, 3)
    with qtbot.waitSignal(model.dataChanged):
        look.theme.use(Scheme.DARK)
