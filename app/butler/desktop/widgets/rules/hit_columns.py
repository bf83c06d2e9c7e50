"""The columns of the hit analysis: what each shows of a rule, and by what it is put in order."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from butler.desktop.formats import DASH, number, usd_total
from butler.desktop.look import Look
from butler.desktop.models.cells import Cell, Side
from butler.desktop.models.rows import Heading
from butler.desktop.models.rule_hits import HitReport, RuleHits, Standing
from butler.desktop.models.sorted_rows import Order
from butler.desktop.models.spans import Span
from butler.desktop.widgets.badge import BadgeText
from butler.desktop.widgets.rules.hit_cells import LineCell, NameCell

NAMES = ("rule", "hits", "share", "line", "last", "median", "cost", "saved", "fallback", "errors")
"""The columns from left to right; the texts under `rules.hits.column` say it in words."""
NAME, HITS, SHARE, LINE = range(4)
_WIDTHS = (0, 64, 72, 96, 96, 80, 76, 76, 88, 76)
_ORDERS: tuple[Order[RuleHits], ...] = (
    Order(lambda rule: rule.name.casefold(), largest_first=False),
    Order(lambda rule: rule.hits),
    Order(lambda rule: rule.share),
    Order(lambda rule: max(rule.hits_by_slot, default=None)),
    Order(lambda rule: rule.last_at),
    Order(lambda rule: rule.median_ms),
    Order(lambda rule: rule.cost_usd),
    Order(lambda rule: rule.saved_usd),
    Order(lambda rule: rule.fallback_share),
    Order(lambda rule: rule.error_share),
)
_HARD = 0.05
"""From this share of failed calls on, the figure is written as something bad."""
SOUND = frozenset({Standing.IN_USE, Standing.UNUSED})


class HitColumns:
    """Says what stands in each cell; `show` tells it of what."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._report = HitReport((), (), 0)
        self._span: Span | None = None

    def show(self, report: HitReport, span: Span) -> None:
        """Take in the figures of a period."""
        self._report, self._span = report, span

    @property
    def orders(self) -> Sequence[Order[RuleHits]]:
        """By what each column is put in order."""
        return _ORDERS

    def headings(self) -> list[Heading[RuleHits]]:
        """Return the columns."""
        cells: dict[str, Callable[[RuleHits], Cell]] = {
            "rule": self._name,
            "hits": lambda rule: Cell(number(rule.hits), "ink" if rule.hits else "faint"),
            "share": self._share,
            "line": self._line,
            "last": self._last,
            "median": lambda rule: _figure(self._look.formats.duration(rule.median_ms)),
            "cost": self._cost,
            "saved": self._saved,
            "fallback": lambda rule: _figure(percent(rule.fallback_share)),
            "errors": self._errors,
        }
        return [
            Heading(
                self._look.texts(f"rules.hits.column.{name}"),
                cells[name],
                width,
                Side.LEFT if name in {"rule", "line"} else Side.RIGHT,
            )
            for name, width in zip(NAMES, _WIDTHS, strict=True)
        ]

    def _name(self, rule: RuleHits) -> NameCell:
        texts = self._look.texts
        tone = "ink" if rule.standing in {*SOUND, Standing.NEVER} else "secondary"
        if rule.standing in SOUND:
            return NameCell(rule.name, tooltip=rule.name)
        words = texts(f"rules.hits.is.{rule.standing}")
        if rule.reason:
            # The engine tells more than the sentence that we have for it.
            why = f"{texts.problem(rule.reason)} {rule.reason.detail}"
        else:
            why = texts(f"rules.hits.why.{rule.standing}")
        return NameCell(rule.name, tone, tooltip=f"{rule.name}: {why}", tag=self._tag(rule, words))

    def _tag(self, rule: RuleHits, words: str) -> BadgeText:
        tokens = self._look.tokens
        if rule.standing is Standing.BROKEN:
            return BadgeText(words, tokens.bad)
        return BadgeText(words, tokens.warn if rule.standing.dead else tokens.secondary)

    def _share(self, rule: RuleHits) -> Cell:
        all_ = number(self._report.routed)
        told = self._look.texts("rules.hits.share", hits=number(rule.hits), all=all_)
        return Cell(percent(rule.share), "ink" if rule.hits else "faint", tooltip=told)

    def _line(self, rule: RuleHits) -> LineCell:
        texts, most = self._look.texts, max(rule.hits_by_slot, default=0)
        if not most or self._span is None:
            words = texts("rules.hits.line.none")
        else:
            at = self._report.slots[rule.hits_by_slot.index(most)].astimezone()
            slot = texts(f"rules.hits.slot.{self._span.bucket}", at=f"{at:{self._span.label}}")
            words = texts("rules.hits.line", most=number(most), slot=slot)
        return LineCell(words, tooltip=words, values=rule.hits_by_slot)

    def _last(self, rule: RuleHits) -> Cell:
        texts = self._look.texts
        if rule.last_at is not None:
            told = _exactly(rule.last_at)
            return Cell(self._look.formats.clock(rule.last_at, seconds=False), tooltip=told)
        if not rule.hit_ever:
            return Cell(texts("rules.hits.last.never"), "faint")
        return Cell(DASH, "faint", tooltip=texts("rules.hits.last.unknown"))

    def _cost(self, rule: RuleHits) -> Cell:
        texts = self._look.texts
        if rule.cost_usd is None:
            return Cell(DASH, "faint")
        if not rule.unpriced:
            return Cell(usd_total(rule.cost_usd))
        told = texts.count("rules.hits.unpriced", rule.unpriced)
        if rule.unpriced == rule.hits:
            return Cell(texts("cost.unpriced"), "faint", tooltip=told)
        return Cell(f"≥{usd_total(rule.cost_usd)}", tooltip=told)

    def _saved(self, rule: RuleHits) -> Cell:
        if rule.saved_usd is None:
            told = self._look.texts("rules.hits.no_baseline") if rule.hits else ""
            return Cell(DASH, "faint", tooltip=told)
        return Cell(signed_usd(rule.saved_usd), "good" if rule.saved_usd > 0 else "ink")

    def _errors(self, rule: RuleHits) -> Cell:
        failed = percent(rule.error_share)
        return Cell(failed, "bad") if (rule.error_share or 0) >= _HARD else _figure(failed)


def _figure(words: str) -> Cell:
    return Cell(words, "faint" if words == DASH else "ink")


def percent(share: float | None) -> str:
    """Return a share in whole per cent; what rounds to none or to all of it says so."""
    if share is None:
        return DASH
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{share:.0%}"


def signed_usd(value: Decimal) -> str:
    """Return a sum that may be below zero."""
    return f"-{usd_total(-value)}" if value < 0 else usd_total(value)


def _exactly(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"
