"""Why this model? Every step, every attempt, and no markup."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from butler.contract.resources import TraceStep
from butler.desktop.look import Look
from butler.desktop.widgets.why_card import WhyCard
from tests.desktop import samples


def _shown(card: WhyCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.text()]


def _card(look: Look, qtbot: QtBot) -> WhyCard:
    card = WhyCard(look)
    qtbot.addWidget(card)
    return card


def test_without_a_call_it_says_what_to_do(look: Look, qtbot: QtBot) -> None:
    assert "Select a request to see who decided, and why." in _shown(_card(look, qtbot))


def test_a_rules_name_is_said_once(look: Look, qtbot: QtBot) -> None:
    card = _card(look, qtbot)
    card.explain(samples.call())
    shown = _shown(card)
    assert "Coding Rule → deepseek/deepseek-chat" in shown
    assert "task is coding (0.97)" in shown
    assert "matched “code block”, “refactor”" in shown
    assert "deepseek/deepseek-chat answered" in shown


def test_scores_stand_with_their_reason(look: Look, qtbot: QtBot) -> None:
    card = _card(look, qtbot)
    near = TraceStep(layer="semantic", outcome="passed", reason="nearest: math", score=0.614, ms=8)
    slow = TraceStep(layer="arbiter", outcome="timed_out", ms=140)
    card.explain(samples.call(trace=[near, slow]))
    shown = _shown(card)
    assert "nearest: math (0.61)" in shown
    assert "took too long, passed on" in shown
    assert "140 ms" in shown


def test_a_refused_call_shows_its_error(look: Look, qtbot: QtBot) -> None:
    card = _card(look, qtbot)
    refused = next(call for call in samples.gallery() if call.status == 404)
    card.explain(refused)
    shown = _shown(card)
    assert "Why gpt-9?" in shown
    assert refused.error in shown
