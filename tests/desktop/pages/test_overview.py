"""What the first page shows, and where it leads."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from butler.contract.statistics import Statistics
from butler.desktop.app import Desktop
from butler.desktop.models.spans import SPANS
from butler.desktop.pages.overview import OverviewPage
from butler.desktop.widgets.charts.chart_card import ChartCard
from butler.desktop.widgets.copy_button import CopyButton
from butler.desktop.widgets.notice import Notice
from tests.desktop import samples
from tests.desktop.asking import PICTURE, ask
from tests.desktop.conftest import until
from tests.desktop.eyes import choose, click, entry, press, shown, table, tables
from tests.desktop.fake_engine import FakeEngine


async def test_the_token_is_never_shown(desktop: Desktop) -> None:
    fields = {each.accessibleName(): each for each in desktop.window.findChildren(QLineEdit)}
    assert fields["Base URL"].text() == "http://localhost:8080/v1"
    assert set(fields["Token"].text()) == {"•"}
    button = next(
        each
        for each in desktop.window.findChildren(CopyButton)
        if each.accessibleName() == "Copy: Token"
    )
    click(button)
    await until(lambda: QGuiApplication.clipboard().text() == samples.TOKEN)
    await until(lambda: button.text() == "Copied")
    assert not any(samples.TOKEN in text for text in shown(desktop.window))


async def test_before_the_first_request_it_says_what_to_do(desktop: Desktop) -> None:
    seen = "\n".join(shown(desktop.window))
    assert "No requests yet" in seen
    assert "curl http://localhost:8080/v1/chat/completions" in seen
    assert "The demo provider answers while no other is configured." in seen
    assert not desktop.window.findChild(OverviewPage).spans.isVisible()


async def test_warnings_stand_on_the_page_and_go(desktop: Desktop, engine: FakeEngine) -> None:
    engine.configure(warnings=[samples.WARNING])
    page = desktop.window.findChild(OverviewPage)
    assert page is not None
    await until(lambda: len(page.findChildren(Notice)) == 1)
    title = "The master key lies in a file instead of the system's keyring."
    assert title in shown(desktop.window)
    engine.configure(warnings=[])
    await until(lambda: page.findChildren(Notice) == [])


async def test_a_decision_on_the_first_page_leads_to_its_reasons(
    desktop: Desktop, engine: FakeEngine
) -> None:
    engine.record(samples.call(2, target="a/first"))
    engine.record(samples.call(1, target="b/second"))
    await until(lambda: len(tables(desktop.window)) == 1)
    calls = table(desktop.window)
    calls.select_row(1)
    QTest.keyClick(calls, Qt.Key.Key_Return)
    assert "Why a/first?" in shown(desktop.window)
    assert entry(desktop.window, "requests").isChecked()


async def _figures(desktop: Desktop, count: int) -> tuple[OverviewPage, Statistics]:
    """Return the page and what the admin API says, once the page knows of so many requests."""
    page = desktop.window.findChild(OverviewPage)
    assert page is not None
    await until(lambda: page.figures.requests.figure == str(count), 30)
    since = SPANS[0].since(datetime.now(UTC).astimezone()).isoformat()
    client = desktop.desk.engine.client
    said = await client.read("statistics", Statistics, from_=since, bucket="hour", group_by="layer")
    return page, said


def _rows(card: ChartCard) -> list[tuple[str, ...]]:
    return list(card.sheet.bare) if card.sheet else []


async def test_every_figure_is_the_engines(real: Desktop) -> None:
    for question in ("Hi", "Write a sorting function in Python", "Hi", "Hi"):
        await ask(real, question)
    page, said = await _figures(real, 4)
    shown_figures = page.figures
    assert said.totals.requests == 4
    assert shown_figures.spent.figure == f"${said.totals.cost_usd:.2f}"
    assert shown_figures.cached.figure == f"{said.cache_hit_rate:.0%}"
    texts = real.desk.look.texts
    by_layer = {
        texts.named("layer", str(group.key)): group.counts.requests for group in said.groups
    }
    assert {row[0]: int(row[1]) for row in _rows(page.trend.shares)} == by_layer
    assert said.series is not None
    slots = [sum(line.requests[at] for line in said.series.lines) for at in range(24)]
    assert [sum(map(int, row[1:])) for row in _rows(page.trend.trend)] == slots
    spreads = {group.key: group.spread for group in said.groups}
    for group in page.times.rows.rows:
        assert group.spread == spreads[group.key]


async def test_figures_are_told_apart_otherwise(real: Desktop) -> None:
    await ask(real, "Hi")
    page, _ = await _figures(real, 1)
    choose(page, "trend.group", "token")
    await until(lambda: [row[0] for row in _rows(page.trend.shares)] == ["default"])
    press(page, "segment.month")
    await until(lambda: len(_rows(page.trend.trend)) == 12)
    choose(page, "trend.measure", "Savings")
    assert "Choose a baseline model in Settings to see what is saved." in shown(real.window)
    choose(page, "times.what", "Fallbacks by reason")
    assert "Every first choice answered" in shown(real.window)


async def test_figures_of_one_kind_of_input(real: Desktop) -> None:
    await ask(real, "Hi")
    await ask(real, PICTURE)
    page, _ = await _figures(real, 2)
    await until(lambda: page.filter.isVisible())
    choose(page, "figures.modality", "Images + Text")
    await until(lambda: page.figures.requests.figure == "1")


async def test_what_is_saved_is_told_with_its_method(real: Desktop) -> None:
    await real.desk.engine.client.change_setting("savings.baseline", "demo/strong")
    await ask(real, "Hi")
    page, said = await _figures(real, 1)
    assert said.savings is not None
    assert page.figures.saved.figure == f"${said.savings.saved_usd:.2f}"
    assert "demo/strong" in page.figures.saved.toolTip()
