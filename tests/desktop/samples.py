"""Made-up calls and states for tests and screenshots; the desktop itself has none."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import AttemptRow, CallRow, State, Status, TraceStep
from butler.contract.statistics import Counts, Spread, Statistics

TOKEN = "butler-made-up-for-tests"

WARNING = Problem(
    code=ProblemCode.KEY_FILE_IN_USE,
    detail="The master key lies in a file that only you can read, because no keyring answered.",
    hint="Unlock a keyring or set BUTLER_MASTER_KEY, then start again.",
)


def status(**changes: Any) -> Status:
    """Return the state of an engine that routes and has seen nothing yet."""
    fresh = Status(
        version="0.1.0",
        pid=os.getpid(),
        state=State.ROUTING,
        revision=1,
        started_at=datetime.now(UTC) - timedelta(hours=2),
        base_url="http://localhost:8080/v1",
        admin_url="http://127.0.0.1:8081",
        data_dir="/home/someone/data",
        demo=True,
        default_target="demo/small",
        default_token="default",
        requests_today=0,
        spent_today_usd=Decimal(0),
        unpriced_today=0,
        in_flight=0,
        master_key_source="os_keyring",
        warnings=[],
    )
    return fresh.model_copy(update=changes)


def call(number: int = 1, **changes: Any) -> CallRow:
    """Return a call that a rule sent to a model, which answered."""
    target = changes.get("target", "deepseek/deepseek-chat")
    plain = CallRow(
        id=f"req-{number}",
        started_at=datetime.now(UTC) - timedelta(seconds=20 * number),
        token_name="default",
        client="openai-python",
        call_kind=None,
        conversation=None,
        endpoint="/v1/chat/completions",
        requested_model="auto",
        modalities=["text"],
        thinking=None,
        streaming=True,
        layer="rules",
        rule_id="rule-1",
        rule_name="Coding Rule",
        target=target,
        attempts=[AttemptRow(target=target, outcome="answered", status=200, ms=1190)]
        if target
        else [],
        ttft_ms=212,
        duration_ms=1240,
        overhead_ms=0.92,
        input_tokens=3911,
        output_tokens=402,
        cached_tokens=None,
        reasoning_tokens=None,
        usage_source="reported",
        cost_usd=Decimal("0.0004"),
        cost_source="priced",
        status=200,
        error=None,
        task="coding",
        task_confidence=0.97,
        trace=rule_trace("Coding Rule", "task is coding (0.97)", ["code block", "refactor"]),
    )
    return plain.model_copy(update=changes)


def rule_trace(rule: str, reason: str, words: list[str]) -> list[TraceStep]:
    """Return the trace of a call that a rule decided."""
    return [
        TraceStep(layer="direct", outcome="passed", reason="the request asks for auto", ms=0.01),
        TraceStep(
            layer="rules",
            outcome="decided",
            reason=f"{rule}: {reason}",
            words=words,
            rule_id="rule-1",
            rule=rule,
            ms=0.71,
        ),
    ]


def default_trace() -> list[TraceStep]:
    """Return the trace of a call that no rule wanted."""
    return [
        TraceStep(layer="direct", outcome="passed", reason="the request asks for auto", ms=0.01),
        TraceStep(layer="rules", outcome="passed", reason="none of 6 rules matched", ms=0.4),
        TraceStep(layer="default", outcome="decided", reason="the default model", ms=0.0),
    ]


def named_trace() -> list[TraceStep]:
    """Return the trace of a call that named its model."""
    return [
        TraceStep(layer="direct", outcome="decided", reason="the request names this model", ms=0.01)
    ]


def gallery() -> list[CallRow]:
    """Return calls of every sort, newest first: priced and not, answered and failed."""
    fallback = [
        AttemptRow(
            target="deepseek/deepseek-chat",
            outcome="failed",
            failure="rate_limited",
            status=429,
            error="Too many requests; try again in 20 s.",
            ms=212,
        ),
        AttemptRow(target="alibaba/qwen3-coder", outcome="answered", status=200, ms=3190),
    ]
    long = rule_trace("Long documents", "12,480 tokens are more than 10,000", [])
    chinese = rule_trace("翻译 & friends", "task is translation (0.93)", ["翻译"])
    return [
        call(1, client="Claude Code"),
        call(
            2,
            target="alibaba/qwen3-coder",
            client="Claude Code",
            attempts=fallback,
            duration_ms=3402,
            input_tokens=18220,
            cached_tokens=16384,
            output_tokens=912,
            cost_usd=Decimal("0.0087"),
        ),
        _default(3, input_tokens=96, output_tokens=311, usage_source="estimated"),
        call(
            4,
            target="anthropic/claude-sonnet",
            client="Continue",
            rule_name="Long documents",
            trace=long,
            duration_ms=9710,
            cost_usd=Decimal("0.0410"),
        ),
        call(5, rule_name="翻译 & friends", trace=chinese, duration_ms=830, client="Cherry Studio"),
        _default(
            6,
            target="ollama/qwen3:8b",
            layer="direct",
            trace=named_trace(),
            cost_usd=None,
            cost_source="unpriced",
        ),
        _refused(7),
        *(call(number, duration_ms=700 + 90 * number) for number in range(8, 16)),
    ]


def _default(number: int, **changes: Any) -> CallRow:
    whole = {
        "target": "openai/gpt-5-mini",
        "layer": "default",
        "rule_id": None,
        "rule_name": None,
        "trace": default_trace(),
        "duration_ms": 2080,
        "cost_usd": Decimal("0.0011"),
        **changes,
    }
    return call(number, **whole)


def _refused(number: int) -> CallRow:
    return call(
        number,
        target=None,
        layer=None,
        rule_id=None,
        rule_name=None,
        requested_model="gpt-9",
        client="curl",
        ttft_ms=None,
        duration_ms=0.8,
        input_tokens=None,
        output_tokens=None,
        usage_source="unknown",
        cost_usd=None,
        cost_source="unknown",
        status=404,
        error="There is no model gpt-9. Did you mean openai/gpt-5-mini?",
        trace=[],
    )


def no_statistics() -> Statistics:
    """Statistics of a time in which nothing was asked."""
    now = datetime.now(UTC)
    counts = Counts.model_validate(dict.fromkeys(Counts.model_fields, 0))
    return Statistics(
        starts_at=now,
        ends_at=now,
        tz=None,
        bucket=None,
        group_by=None,
        source="rollups",
        complete=True,
        totals=counts,
        cache_hit_rate=None,
        savings=None,
        spread=Spread(),
        fallbacks=[],
        groups=[],
        series=None,
    )
