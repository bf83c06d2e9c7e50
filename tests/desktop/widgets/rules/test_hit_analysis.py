"""Hit analysis over a real engine: its figures are those of the admin API."""

from datetime import UTC, datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from butler.contract.resources import Rule
from butler.contract.statistics import Statistics
from butler.desktop.app import Desktop
from butler.desktop.formats import number, usd_total
from butler.desktop.models.rule_hits import PERIODS, HitReport, Standing
from butler.desktop.widgets.rules.hit_analysis import HitAnalysis
from butler.desktop.widgets.rules.hit_columns import NAMES, percent
from tests.desktop.asking import ask
from tests.desktop.conftest import until
from tests.desktop.eyes import choose, press

CODE = "Refactor this Python function: def f(x): return x"
STRONG = "Code and maths to the strong model"
CHEAP = "Chat and translation to the cheap model"


async def _opened(desktop: Desktop) -> tuple[HitAnalysis, HitReport]:
    shown = HitAnalysis(desktop.desk)
    shown.resize(1040, 740)
    shown.show()
    shown.refresh()
    await until(lambda: shown.report is not None)
    assert shown.report is not None
    return shown, shown.report


def _cells(shown: HitAnalysis, column: str) -> list[str]:
    at = NAMES.index(column)
    model = shown.table.model()
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


async def _recorded(desktop: Desktop, count: int) -> None:
    await until(lambda: len(desktop.state.calls) == count)


async def test_every_figure_is_the_engines(real: Desktop) -> None:
    for question in (CODE, CODE, "What is 17 * 23? Solve the equation x^2 = 4."):
        await ask(real, question)
    await _recorded(real, 3)
    shown, report = await _opened(real)
    client, since = real.desk.engine.client, PERIODS["week"].since(datetime.now(UTC).astimezone())
    said = await client.read("statistics", Statistics, group_by="rule", from_=since.isoformat())
    groups = {group.key: group for group in said.groups if group.key}
    rules = {rule.id: rule for rule in report.rules}
    assert set(rules) == {rule.id for rule in await client.listed("rules", Rule)}
    for id_, group in groups.items():
        rule = rules[str(id_)]
        assert group.spread is not None
        assert group.spread.duration_ms is not None
        assert (rule.hits, sum(rule.hits_by_slot)) == (group.counts.requests,) * 2
        assert rule.median_ms == group.spread.duration_ms.p50
        assert (rule.cost_usd, rule.last_at) == (group.counts.cost_usd, group.last_at)
        assert rule.last_at == max(
            call.started_at for call in real.state.calls if call.rule_id == id_
        )
    assert shown.figures.hits.figure == number(sum(rule.hits for rule in rules.values()))
    assert shown.figures.cost.figure == usd_total(report.cost_usd)
    assert _cells(shown, "hits") == [number(rule.hits) for rule in report.rules]
    assert _cells(shown, "share")[0] == percent(report.rules[0].hits / report.routed)
    shown.hide()
    shown.deleteLater()


async def test_rules_that_do_nothing_are_told_apart(real: Desktop) -> None:
    client = real.desk.engine.client
    provider = {
        "name": "here",
        "kind": "openai_compatible",
        "base_url": "http://127.0.0.1:9/v1",
        "models": [{"name": "m"}],
    }
    await client.send("POST", "providers", provider)
    rule = {"target": "here/m", "when": {"all": [{"kind": "task", "tasks": ["coding"]}]}}
    await client.send("POST", "rules", {**rule, "name": "New", "priority": 900})
    await client.send("POST", "rules", {**rule, "name": "Behind", "priority": 800})
    await client.send("POST", "rules", {**rule, "name": "Off", "enabled": False})
    shown, report = await _opened(real)
    assert {rule.name: rule.standing for rule in report.rules} == {
        "New": Standing.NEVER,
        "Behind": Standing.UNABLE,
        "Off": Standing.OFF,
    }
    assert (shown.figures.unused.figure, shown.figures.dead.figure) == ("2", "2")
    assert _cells(shown, "last") == ["never"] * 3
    names = [shown.table.model().index(row, 0) for row in range(3)]
    read = {str(name.data(Qt.ItemDataRole.AccessibleTextRole)) for name in names}
    assert read == {"New, never hit", "Behind, can not hit", "Off, off"}
    told = {str(name.data(Qt.ItemDataRole.ToolTipRole)) for name in names}
    assert any("Another rule" in words for words in told)
    # What is changed elsewhere is seen.
    await client.send("PATCH", "rules/Off", {"enabled": True})
    await until(lambda: shown.figures.unused.figure == "3")
    shown.hide()
    shown.deleteLater()


async def test_it_is_put_in_order_by_heading_and_by_keyboard(real: Desktop) -> None:
    await ask(real, CODE)
    await _recorded(real, 1)
    shown, _ = await _opened(real)
    assert _cells(shown, "rule") == [STRONG, CHEAP]
    header = shown.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert _cells(shown, "rule") == [CHEAP, STRONG]
    assert shown.order.value == NAMES.index("rule")
    choose(shown, "hits.order", "Hits")
    assert _cells(shown, "rule") == [STRONG, CHEAP]
    press(shown, "hits.turn")
    assert _cells(shown, "rule") == [CHEAP, STRONG]
    assert shown.turn.accessibleName() == "Smallest first"
    shown.hide()
    shown.deleteLater()


async def test_a_rule_is_opened_and_new_hits_are_counted(real: Desktop) -> None:
    shown, report = await _opened(real)
    assert report.hits == 0
    asked: list[str] = []
    shown.rule_asked.connect(asked.append)
    shown.table.select_row(1)
    chosen = shown.table.rows.rows[1].id
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    assert asked == [chosen]
    await ask(real, CODE)
    await until(lambda: shown.figures.hits.figure == "1")
    for name, slots in (("day", 24), ("month", 30), ("quarter", 12)):
        press(shown, f"segment.{name}")
        await until(lambda slots=slots: _slots(shown) == slots)
    shown.hide()
    shown.deleteLater()


def _slots(shown: HitAnalysis) -> int:
    return len(shown.report.slots) if shown.report else 0


async def test_hits_of_one_token(real: Desktop) -> None:
    await real.desk.engine.client.send("POST", "tokens", {"name": "other"})
    await ask(real, CODE)
    await _recorded(real, 1)
    shown, _ = await _opened(real)
    (token,) = (
        await real.desk.engine.client.read("statistics", Statistics, group_by="token")
    ).groups
    shown.token.offer([(None, "All"), (token.key, token.label), ("nobody", "Nobody")])
    shown.token.show_value("nobody")
    shown.refresh()
    await until(lambda: shown.figures.hits.figure == "0")
    assert shown.token.isVisible(), "a chosen token stays though it is not used"
    assert _cells(shown, "last") == ["–", "never"]
    shown.token.show_value(token.key)
    shown.refresh()
    await until(lambda: shown.figures.hits.figure == "1")
    shown.hide()
    shown.deleteLater()


async def test_a_narrow_window_does_without_two_columns(real: Desktop) -> None:
    shown, _ = await _opened(real)
    table: QWidget = shown.table
    hidden = [shown.table.isColumnHidden(at) for at in range(len(NAMES))]
    assert not any(hidden)
    shown.resize(780, 560)
    await until(lambda: table.width() < 800)
    hidden_names = [name for at, name in enumerate(NAMES) if shown.table.isColumnHidden(at)]
    assert hidden_names == ["share", "line"]
    shown.hide()
    shown.deleteLater()
