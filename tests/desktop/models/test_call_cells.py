"""What a call shows in each column."""

from butler.contract.resources import CallRow
from butler.desktop.formats import DASH
from butler.desktop.look import Look
from butler.desktop.models.call_cells import Column, cell
from tests.desktop import samples


def _texts(look: Look, call: CallRow) -> dict[Column, str]:
    return {column: cell(column, call, look).text for column in Column}


def test_a_plain_call(look: Look) -> None:
    shown = _texts(look, samples.call())
    assert shown[Column.DECIDED_BY] == "Coding Rule"
    assert shown[Column.TARGET] == "deepseek/deepseek-chat"
    assert shown[Column.REASON] == "task is coding (0.97)"
    assert shown[Column.TOOL] == "openai-python"
    assert shown[Column.DURATION] == "1.24 s"
    assert shown[Column.TOKENS] == "3,911 / 402"
    assert shown[Column.COST] == "$0.0004"
    assert shown[Column.STATUS] == "200"


def test_a_refused_call_shows_what_was_wanted(look: Look) -> None:
    refused = next(call for call in samples.gallery() if call.status == 404)
    shown = _texts(look, refused)
    assert shown[Column.DECIDED_BY] == "nobody"
    assert shown[Column.TARGET] == "gpt-9"
    assert shown[Column.TOKENS] == DASH
    assert shown[Column.COST] == DASH


def test_a_cached_answer_names_no_model(look: Look) -> None:
    cached = samples.call(layer="exact_cache", rule_name=None)
    assert cell(Column.TARGET, cached, look).text == "answered here"
    assert cell(Column.TARGET, cached, look).tooltip == "deepseek/deepseek-chat"


def test_badges_take_the_colour_of_their_layer(look: Look) -> None:
    badge = cell(Column.DECIDED_BY, samples.call(), look).badge
    assert badge is not None
    assert badge.colour == look.tokens.layers["rules"]
    failed = cell(Column.STATUS, samples.call(status=502), look).badge
    assert failed is not None
    assert failed.colour == look.tokens.bad


def test_tooltips_say_more(look: Look) -> None:
    assert cell(Column.DECIDED_BY, samples.call(), look).tooltip == "Coding Rule (Rule, L1)"
    unpriced = samples.call(cost_usd=None, cost_source="unpriced")
    assert "No list price" in cell(Column.COST, unpriced, look).tooltip
