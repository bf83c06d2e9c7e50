"""What each rule did: shares, what is unused, dead, off or gone."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Rule
from butler.contract.statistics import Counts, Group, Line, Percentiles, Series, Spread, Statistics
from butler.desktop.models.rule_hits import Asked, HitReport, RuleHits, Standing, hit_report

_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
_EARLIER = datetime(2026, 1, 1, 12, tzinfo=UTC)


def _counts(requests: int, **said: Any) -> Counts:
    return Counts.model_validate(
        dict.fromkeys(Counts.model_fields, 0) | {"requests": requests} | said
    )


def _group(key: str | None, requests: int, **said: Any) -> Group:
    named = {name: said.pop(name) for name in ("saved_usd", "spread", "last_at") if name in said}
    usual = {"key": key, "label": f"was {key}", "saved_usd": None}
    return Group(**(usual | named), counts=_counts(requests, **said))


def _line(group: Group, at: int) -> Line:
    nothing = [0, 0]
    requests = [group.counts.requests - at, at]
    figures = dict.fromkeys(
        ("errors", "fallbacks", "cache_hits", "input_tokens", "output_tokens", "images"), nothing
    )
    return Line(
        key=group.key,
        label="",
        requests=requests,
        cost_usd=[Decimal(0)] * 2,
        saved_usd=None,
        **figures,  # type: ignore[arg-type]
    )


def _statistics(*groups: Group) -> Statistics:
    lines = [_line(group, 1) for group in groups]
    return Statistics(
        starts_at=_EARLIER,
        ends_at=_AT,
        tz=None,
        bucket="day",
        group_by="rule",
        source="rollups",
        complete=True,
        totals=_counts(sum(group.counts.requests for group in groups)),
        cache_hit_rate=None,
        savings=None,
        spread=Spread(),
        fallbacks=[],
        groups=list(groups),
        series=Series(starts_at=[_EARLIER, _AT], lines=lines),
    )


def _rule(id_: str, **said: Any) -> Rule:
    usual: dict[str, Any] = {
        "name": id_.upper(),
        "description": "",
        "priority": 500,
        "enabled": True,
        "when": {},
        "target": "a/b",
        "fallbacks": [],
        "built_in": False,
        "problems": [],
    }
    return Rule(id=id_, **(usual | said))


def _problem(code: ProblemCode) -> Problem:
    return Problem(code=code, detail="It is so.")


RULES = [
    _rule("idle"),
    _rule("busy", findings=[_problem(ProblemCode.OVERLAPS)]),
    _rule("new"),
    _rule("off", enabled=False, problems=[_problem(ProblemCode.UNKNOWN_TARGET)]),
    _rule("broken", problems=[_problem(ProblemCode.UNKNOWN_TARGET)]),
    _rule("behind", findings=[_problem(ProblemCode.SHADOWED)]),
]
PERIOD = _statistics(
    _group(
        "busy",
        8,
        fallbacks=2,
        errors=1,
        unpriced=1,
        cost_usd=Decimal("0.5"),
        saved_usd=Decimal("0.25"),
        last_at=_AT,
        spread=Spread(duration_ms=Percentiles(count=8, p50=120.0, p90=1, p95=1, p99=1)),
    ),
    _group("gone", 2, cost_usd=Decimal("0.1"), last_at=_AT),
    _group("", 90),
)
EVER = _statistics(
    _group("busy", 20, last_at=_AT), _group("idle", 5, last_at=_EARLIER), _group("behind", 1)
)
LAYERS = _statistics(
    _group("rules", 10), _group("default", 20), _group("exact_cache", 10), _group("direct", 50),
    _group("", 10),
)  # fmt: skip


def _report(*, one_token: bool = False) -> tuple[HitReport, dict[str, RuleHits]]:
    report = hit_report(RULES, Asked(PERIOD, EVER, LAYERS, one_token))
    return report, {rule.id: rule for rule in report.rules}


def test_what_a_rule_did() -> None:
    report, rules = _report()
    busy = rules["busy"]
    assert (busy.name, busy.hits, busy.hits_by_slot) == ("BUSY", 8, (7, 1))
    assert busy.share == 8 / 40, "of the calls whose model was chosen here"
    assert (busy.fallback_share, busy.error_share) == (0.25, 0.125)
    assert (busy.median_ms, busy.last_at) == (120.0, _AT)
    assert (busy.cost_usd, busy.saved_usd, busy.unpriced) == (Decimal("0.5"), Decimal("0.25"), 1)
    assert report.routed == 40
    assert report.slots == (_EARLIER, _AT)


def test_how_rules_stand() -> None:
    report, rules = _report()
    assert {id_: rule.standing for id_, rule in rules.items()} == {
        "busy": Standing.IN_USE,
        "idle": Standing.UNUSED,
        "new": Standing.NEVER,
        "off": Standing.OFF,
        "broken": Standing.BROKEN,
        "behind": Standing.UNABLE,
        "gone": Standing.GONE,
    }
    assert rules["broken"].reason == _problem(ProblemCode.UNKNOWN_TARGET)
    assert rules["busy"].reason is None, "an overlap is no reason"
    assert rules["gone"].name == "was gone"
    assert [rule.id for rule in report.rules] == [
        *("busy", "gone", "idle", "new", "off", "broken", "behind")
    ]


def test_the_figures_over_all() -> None:
    report, _ = _report()
    assert (report.hits, report.cost_usd, report.saved_usd) == (10, Decimal("0.6"), Decimal("0.25"))
    assert (report.unused, report.off, report.dead) == (4, 1, 3)


def test_a_rule_without_hits_has_no_rates_but_knows_its_last_hit() -> None:
    idle = _report()[1]["idle"]
    assert (idle.hits, idle.share, idle.hits_by_slot) == (0, 0.0, (0, 0))
    assert (idle.fallback_share, idle.error_share, idle.cost_usd) == (None, None, None)
    assert idle.last_at == _EARLIER
    assert _report(one_token=True)[1]["idle"].last_at is None, "others' hits are not this token's"


def test_nothing_at_all() -> None:
    nothing = _statistics()
    report = hit_report([], Asked(nothing, nothing, nothing, one_token=False))
    assert (report.rules, report.hits, report.routed, report.saved_usd) == ((), 0, 0, None)
