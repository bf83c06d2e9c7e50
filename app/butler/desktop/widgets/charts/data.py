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
        """The highest stack."""
        return max((self.stack(at) for at in range(len(self.slots))), default=0.0)

    def stack(self, slot: int) -> float:
        """Return what the series come to in a slot."""
        return sum(each.values[slot] for each in self.series)

    def csv(self) -> str:
        """Return the figures as CSV; no cell is taken for a formula by a spreadsheet."""
        written = io.StringIO()
        rows = csv.writer(written)
        rows.writerow([_plain(self.slots_title), *(_plain(each.label) for each in self.series)])
        for at, slot in enumerate(self.slots):
            rows.writerow([_plain(slot), *(f"{each.values[at]:g}" for each in self.series)])
        return written.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
