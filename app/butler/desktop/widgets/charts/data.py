"""What a chart draws: figures of a few series over slots, and the same as a table."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from butler.desktop.tokens import Tokens

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series: its words, its colour in the tokens of the day, a figure for each slot."""

    label: str
    colour: Callable[[Tokens], str]
    values: tuple[float, ...]

    @property
    def total(self) -> float:
        """What all slots add up to."""
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class ChartData:
    """Series over slots; `write` says a figure in words, with its unit."""

    slots: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    write: Callable[[float], str]
    slots_title: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(any(each.values) for each in self.series)

    @property
    def highest(self) -> float:
        """The highest stack; what is below zero is not in it."""
        return max((self._side(at, 1) for at in range(len(self.slots))), default=0.0)

    @property
    def lowest(self) -> float:
        """How deep stacks reach below zero."""
        return min((self._side(at, -1) for at in range(len(self.slots))), default=0.0)

    def stack(self, slot: int) -> float:
        """Return what the series come to in a slot."""
        return sum(each.values[slot] for each in self.series)

    def _side(self, slot: int, sign: int) -> float:
        return sum(each.values[slot] for each in self.series if each.values[slot] * sign > 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart as a table: headings, rows as people read them, and the bare figures of each row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bare: tuple[tuple[str, ...], ...]

    def csv(self) -> str:
        """Return the figures as CSV; no cell is taken for a formula by a spreadsheet."""
        written = io.StringIO()
        rows = csv.writer(written)
        rows.writerow([_plain(each) for each in self.headings])
        # The first cell of a row is words; a figure below zero is no formula.
        rows.writerows([_plain(first), *figures] for first, *figures in self.bare)
        return written.getvalue()


def sheet_of_slots(data: ChartData) -> Sheet:
    """Return a row for each slot, a column for each series."""
    shown, bare = [], []
    for at, slot in enumerate(data.slots):
        figures = [each.values[at] for each in data.series]
        shown.append((slot, *(data.write(each) if each else "" for each in figures)))
        bare.append((slot, *(f"{each:.12g}" for each in figures)))
    headings = (data.slots_title, *(each.label for each in data.series))
    return Sheet(headings, tuple(shown), tuple(bare))


def shares(data: ChartData) -> tuple[int, ...]:
    """Return each series' share of the whole in per cent; together they are 100.

    What is lost by rounding goes to those that lost most (largest remainders).
    """
    totals = [max(0.0, each.total) for each in data.series]
    whole = sum(totals)
    if not whole:
        return (0,) * len(totals)
    exact = [total / whole * 100 for total in totals]
    rounded = [int(each) for each in exact]
    by_loss = sorted(range(len(exact)), key=lambda at: rounded[at] - exact[at])
    for at in by_loss[: 100 - sum(rounded)]:
        rounded[at] += 1
    return tuple(rounded)


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
