"""`butler stats`: what calls came to, in this machine's time."""

import argparse
from collections.abc import Iterator
from typing import Any, get_args

from butler.commands.admin import with_engine
from butler.commands.call_filter import add_filters, query_of
from butler.commands.console import moment, money, padded, titled, width
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.statistics import GroupBy
from butler.contract.texts import Texts

_BUCKETS = ("hour", "day", "week", "month")
_FIGURES = ("overhead_ms", "ttft_ms", "duration_ms", "tokens_per_second")
_COUNTS = ("requests", "errors", "fallbacks", "cache_hits", "input_tokens", "output_tokens")
_DIGITS = 10
"""Below so many, a figure is told with two decimals."""


def arguments(parser: Parser) -> None:
    """Declare the options."""
    texts = parser.texts
    parser.set_defaults(run=run)
    parser.add_json()
    parser.add_argument(
        "--by", dest="group_by", choices=get_args(GroupBy), help=texts("option.group_by")
    )
    parser.add_argument("--top", type=int, metavar="NUMBER", help=texts("option.top"))
    parser.add_argument("--bucket", choices=_BUCKETS, help=texts("option.bucket"))
    add_filters(parser)


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Count."""
    return with_engine(lambda admin: _count(Job(admin, args, texts)), texts)


async def _count(job: Job) -> int:
    found = await job.admin.get("statistics", query_of(job.args, "group_by", "top", "bucket"))
    return job.report(found, "\n\n".join(part for part in _parts(job.texts, found) if part))


def _parts(texts: Texts, found: dict[str, Any]) -> Iterator[str]:
    yield _totals(texts, found)
    yield _spread(texts, found["spread"])
    if found["group_by"]:
        columns: tuple[str, ...] = (found["group_by"], *_COUNTS, "cost", "saved")
        rows = [_group(group) for group in found["groups"]]
        if found["group_by"] == "rule":
            # Only of rules it is told when they came last.
            columns = (*columns, "last_hit")
            rows = [(*row, _when(group)) for row, group in zip(rows, found["groups"], strict=True)]
        yield titled(texts, columns, rows)
    if found["series"]:
        columns = ("when", "group", *_COUNTS, "cost")
        yield titled(texts, columns, _slots(found["series"]))


def _totals(texts: Texts, found: dict[str, Any]) -> str:
    totals, savings = found["totals"], found["savings"]
    stretch = f"{moment(found['starts_at'])} – {moment(found['ends_at'])}"
    lines = [("stretch", stretch if found["complete"] else f"{stretch}  {texts('stats.cut')}")]
    lines += [(name, f"{totals[name]:,}") for name in (*_COUNTS, "cancelled", "unpriced")]
    lines.append(("cost", money(totals["cost_usd"])))
    if savings:
        told = texts(
            "stats.saved_against",
            saved=money(savings["saved_usd"]),
            baseline=savings["baseline"],
            number=f"{savings['covered_requests']:,}",
        )
        lines.append(("saved", told))
    lines += [
        ("fallback", f"{texts.named('failure', each['reason'])}: {each['requests']:,}")
        for each in found["fallbacks"]
    ]
    names = [texts(f"stats.{name}") for name, _ in lines]
    columns = max(map(width, names)) + 2
    return "\n".join(
        padded(name, columns) + told for name, (_, told) in zip(names, lines, strict=True)
    )


def _spread(texts: Texts, spread: dict[str, Any]) -> str:
    rows = [
        (
            texts(f"stats.{name}"),
            *(_figure(spread[name][part]) for part in ("p50", "p90", "p95", "p99")),
            f"{spread[name]['count']:,}",
        )
        for name in _FIGURES
        if spread[name]
    ]
    return titled(texts, ("figure", "p50", "p90", "p95", "p99", "calls"), rows) if rows else ""


def _figure(value: float) -> str:
    return f"{value:,.2f}" if value < _DIGITS else f"{value:,.0f}"


def _group(group: dict[str, Any]) -> tuple[str, ...]:
    counts = group["counts"]
    figures = (f"{counts[name]:,}" for name in _COUNTS)
    return (group["label"] or "…", *figures, money(counts["cost_usd"]), money(group["saved_usd"]))


def _when(group: dict[str, Any]) -> str:
    return moment(group["last_at"]) if group["last_at"] else ""


def _slots(series: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each slot and group in which something was asked."""
    for place, starts_at in enumerate(series["starts_at"]):
        for line in series["lines"]:
            if line["requests"][place]:
                figures = (f"{line[name][place]:,}" for name in _COUNTS)
                cost = money(line["cost_usd"][place])
                yield (moment(starts_at), line["label"] or "…", *figures, cost)
