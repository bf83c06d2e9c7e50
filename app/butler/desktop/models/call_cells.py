"""What one recorded call shows in each column of a table."""

from collections.abc import Callable
from enum import IntEnum

from butler.contract.resources import CallRow
from butler.desktop.formats import DASH
from butler.desktop.layers import decided_by, level_text, reason
from butler.desktop.look import Look
from butler.desktop.models.cells import Cell, Side
from butler.desktop.widgets.badge import BadgeText

_CACHES = frozenset({"exact_cache", "semantic_cache"})


class Column(IntEnum):
    """The columns that a table of calls can show, in their order."""

    TIME = 0
    DECIDED_BY = 1
    TARGET = 2
    REASON = 3
    TOOL = 4
    DURATION = 5
    TOKENS = 6
    COST = 7
    STATUS = 8


NUMERIC = frozenset({Column.DURATION, Column.TOKENS, Column.COST})
"""Columns that are written from the right."""


def cell(column: Column, call: CallRow, look: Look) -> Cell:
    """Return what `call` shows in `column`."""
    return _CELLS[column](call, look)


def side(column: Column) -> Side:
    """Return from which side a column is written."""
    if column is Column.STATUS:
        return Side.CENTRE
    return Side.RIGHT if column in NUMERIC else Side.LEFT


def _time(call: CallRow, look: Look) -> Cell:
    tooltip = f"{call.started_at.astimezone():%Y-%m-%d %H:%M:%S}"
    return Cell(look.formats.clock(call.started_at), "secondary", tooltip=tooltip)


def _decided_by(call: CallRow, look: Look) -> Cell:
    text = decided_by(call, look.texts)
    if call.layer is None:
        return Cell(text, "faint")
    badge = BadgeText(text, look.tokens.layer(call.layer))
    level = level_text(call.layer, look.texts)
    return Cell(text, badge=badge, tooltip=f"{text} ({level})" if call.rule_name else level)


def _target(call: CallRow, look: Look) -> Cell:
    if call.layer in _CACHES:
        return Cell(look.texts("decision.cached"), tooltip=call.target or "")
    if call.target:
        return Cell(call.target, tooltip=call.target)
    return Cell(call.requested_model or DASH, "faint")


def _reason(call: CallRow, look: Look) -> Cell:
    why = reason(call)
    return Cell(why, "secondary", tooltip=why)


def _tool(call: CallRow, look: Look) -> Cell:
    return Cell(call.client or DASH, "secondary", tooltip=call.client or "")


def _duration(call: CallRow, look: Look) -> Cell:
    return Cell(look.formats.duration(call.duration_ms))


def _tokens(call: CallRow, look: Look) -> Cell:
    tooltip = look.texts(f"usage.{call.usage_source}")
    return Cell(look.formats.tokens(call), tooltip=tooltip)


def _cost(call: CallRow, look: Look) -> Cell:
    text = look.formats.cost(call)
    if call.cost_source == "priced":
        return Cell(text)
    return Cell(text, "faint", tooltip=look.texts(f"cost.{call.cost_source}.why"))


def _status(call: CallRow, look: Look) -> Cell:
    text = str(call.status)
    colour = look.tokens.good if call.status < 400 else look.tokens.bad
    return Cell(text, badge=BadgeText(text, colour), tooltip=call.error or "")


_CELLS: dict[Column, Callable[[CallRow, Look], Cell]] = {
    Column.TIME: _time,
    Column.DECIDED_BY: _decided_by,
    Column.TARGET: _target,
    Column.REASON: _reason,
    Column.TOOL: _tool,
    Column.DURATION: _duration,
    Column.TOKENS: _tokens,
    Column.COST: _cost,
    Column.STATUS: _status,
}
