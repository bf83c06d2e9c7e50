"""The engine's statistics as a chart: one measure, a series for each group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from butler.contract.statistics import Group, Line, Statistics
from butler.desktop.formats import number, usd_total
from butler.desktop.layers import LAYERS
from butler.desktop.look import Look
from butler.desktop.models.spans import Span
from butler.desktop.tokens import Tokens, blend
from butler.desktop.widgets.charts.data import ChartData, ChartSeries

GROUPS = (
    "layer",
    "model",
    "provider",
    "token",
    "rule",
    "client",
    "task",
    "modality",
    "thinking",
)
"""By what figures can be told apart; the texts under `group` say it in words."""
TOP = 5
"""So many groups have a colour of their own; the rest is gathered."""
_HUES = ("exact_cache", "rules", "semantic", "semantic_cache", "arbiter")
_REST = "default"


Named = TypeVar("Named", Line, Group)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted; its name is a key of the texts under `measure`."""

    name: str
    of: Callable[[Line], Sequence[float | Decimal]]
    write: Callable[[float], str]


MEASURES = (
    Measure("requests", lambda line: line.requests, lambda value: number(round(value))),
    Measure("cost", lambda line: line.cost_usd, lambda value: _money(value)),
    Measure("saved", lambda line: line.saved_usd or (), lambda value: _money(value)),
    Measure(
        "tokens",
        lambda line: [a + b for a, b in zip(line.input_tokens, line.output_tokens, strict=True)],
        lambda value: _short(value),
    ),
    Measure("cache_hits", lambda line: line.cache_hits, lambda value: number(round(value))),
    Measure("fallbacks", lambda line: line.fallbacks, lambda value: number(round(value))),
    Measure("errors", lambda line: line.errors, lambda value: number(round(value))),
    Measure("images", lambda line: line.images, lambda value: number(round(value))),
)


def trend(found: Statistics, measure: Measure, span: Span, look: Look) -> ChartData:
    """Return what a chart draws of statistics that were asked for by slot and group."""
    series = found.series
    if series is None:
        return ChartData((), (), measure.write)
    lines = in_order(series.lines, found.group_by)
    return ChartData(
        slots=tuple(_local(each, span) for each in series.starts_at),
        series=tuple(
            ChartSeries(
                group_name(line.key, line.label, found.group_by, look),
                _colour(line.key, at, found.group_by),
                tuple(map(float, measure.of(line))) or (0.0,) * len(series.starts_at),
            )
            for at, line in enumerate(lines)
        ),
        write=measure.write,
        slots_title=look.texts("chart.slot"),
    )


def group_name(key: str | None, label: str, group_by: str | None, look: Look) -> str:
    """Return what people call a group."""
    if key is None:
        return look.texts("group.rest")
    if not key:
        return look.texts.named("group.none", group_by or "", look.texts("group.none"))
    if group_by == "layer":
        return look.texts.named("layer", key)
    if group_by == "modality":
        return " + ".join(look.texts.named("modality", each) for each in key.split("+"))
    if group_by in {"task", "thinking"}:
        return look.texts.named(group_by, key)
    return label or key


def in_order(groups: Sequence[Named], group_by: str | None) -> list[Named]:
    """Return groups as they came, layers in the order in which they are asked."""
    if group_by != "layer":
        return list(groups)
    places = {name: at for at, name in enumerate(LAYERS)}
    return sorted(groups, key=lambda group: places.get(group.key or "", len(places)))


def _colour(key: str | None, at: int, group_by: str | None) -> Callable[[Tokens], str]:
    if group_by == "layer":
        return lambda tokens: _layer(tokens, key)
    name = _HUES[at] if key is not None and at < len(_HUES) else _REST
    return lambda tokens: tokens.layer(name)


def _layer(tokens: Tokens, name: str | None) -> str:
    # What no layer weighed shares the default's grey in badges; side by side it is told apart.
    share = {"direct": 0.72, "pin": 0.5}.get(name or "", 1.0)
    return blend(tokens.layer(name), tokens.panel, share)


def _local(at: datetime, span: Span) -> str:
    return f"{at.astimezone():{span.label}}"


def _money(value: float) -> str:
    text = usd_total(Decimal(str(round(abs(value), 6))))
    return f"-{text}" if value < 0 else text


def _short(value: float) -> str:
    """Return a large count with two or three digits: 4.2 M."""
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g} {sign}"
    return number(round(value))
