"""The tables that the benchmark prints."""

from collections.abc import Callable, Sequence
from statistics import median

from tests.bench.load import Shot
from tests.bench.measure import Sample, Series

_NAME_WIDTH = 26


def print_throughput(title: str, series: Sequence[Series], yardstick: str) -> None:
    """Requests per second beside the yardstick's, and who used how much of a core."""
    base = next(one.rate for one in series if one.name == yardstick)
    print(f"\n{title}")
    print(
        f"{'':{_NAME_WIDTH}}{'requests/s (min-max)':>26}{'ratio':>8}{'errors':>8}"
        f"{'CPU: server':>14}{'per request':>14}{'upstream':>10}{'wrk':>7}"
    )
    for one in series:
        spread = f"{one.rate:,.0f} ({min(one.rates):,.0f}-{max(one.rates):,.0f})"
        print(
            f"{one.name:{_NAME_WIDTH}}{spread:>26}{one.rate / base:>8.0%}{one.errors:>8}"
            f"{one.server_share:>14.0%}"
            f"{one.server_us:>11,.0f} us"
            f"{_share(one, lambda s: s.upstream_share):>10}"
            f"{_share(one, lambda s: s.shot.wrk_share):>7}"
        )


def print_latency(title: str, series: Sequence[Series]) -> None:
    """Latency, and what each subject adds to the first one, round by round."""
    direct, *_ = series
    print(f"\n{title}")
    print(f"{'':{_NAME_WIDTH}}{'p50':>11}{'p99':>12}{'added p50 (min-max)':>26}{'added p99':>30}")
    for one in series:
        row = f"{one.name:{_NAME_WIDTH}}{_middle(one, _p50):>11}{_middle(one, _p99):>12}"
        if one is not direct:
            row += f"{_added(one, direct, _p50):>26}{_added(one, direct, _p99):>30}"
        print(row)


def _p50(shot: Shot) -> float:
    return shot.p50_us


def _p99(shot: Shot) -> float:
    return shot.p99_us


def _middle(series: Series, pick: Callable[[Shot], float]) -> str:
    return f"{median(pick(sample.shot) for sample in series.samples):,.0f} us"


def _added(series: Series, direct: Series, pick: Callable[[Shot], float]) -> str:
    added = [
        pick(through.shot) - pick(plain.shot)
        for through, plain in zip(series.samples, direct.samples, strict=True)
    ]
    return f"{median(added):,.0f} us ({min(added):,.0f}-{max(added):,.0f})"


def _share(series: Series, pick: Callable[[Sample], float]) -> str:
    return f"{median(pick(sample) for sample in series.samples):.0%}"
