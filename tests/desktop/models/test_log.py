"""The log's model asks for each page once, and shows no call twice."""

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from butler.desktop.look import Look
from butler.desktop.models.log import PAGE_ROWS, LogModel
from tests.desktop import samples

ROOT = QModelIndex()


@pytest.fixture
def model(look: Look) -> LogModel:
    return LogModel(look)


def test_it_is_a_proper_model(model: LogModel, qtmodeltester: ModelTester) -> None:
    model.show_first([samples.call(number) for number in range(1, 4)])
    qtmodeltester.check(model)


def test_each_page_is_asked_for_once(model: LogModel) -> None:
    asked: list[str] = []
    model.more_asked.connect(asked.append)
    model.show_first([samples.call(number) for number in range(1, PAGE_ROWS + 1)])
    for _ in range(3):
        model.fetchMore(ROOT)
    assert asked == [f"req-{PAGE_ROWS}"]
    model.give_up()
    model.fetchMore(ROOT)
    assert len(asked) == 2
    model.show_next([samples.call(PAGE_ROWS + 1)])
    assert not model.canFetchMore(ROOT)
    assert model.rowCount() == PAGE_ROWS + 1


def test_a_call_that_a_page_brought_is_not_shown_again(model: LogModel) -> None:
    model.show_first([samples.call(2), samples.call(3)])
    model.show_new([samples.call(1), samples.call(2)])
    ids = [model.call_at(model.index(row, 0)).id for row in range(model.rowCount())]
    assert ids == ["req-1", "req-2", "req-3"]
