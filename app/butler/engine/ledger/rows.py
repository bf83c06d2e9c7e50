"""A finished call as a row of the log."""

from collections.abc import Mapping
from typing import Any

from butler.engine.call import NOT_KNOWN, Attempt, Call, Step, Usage, UsageSource
from butler.engine.ledger.prices import Cost, cost_of
from butler.engine.store.requests import RequestRecord

_MAX_TEXT_CHARS = 500


def row_of(call: Call, base_url: str | None) -> RequestRecord:
    """Return the row for a call that has ended; `base_url` is that of the target's provider."""
    verdict = call.verdict
    usage = usage_of(call)
    cost = _cost(call, base_url, usage)
    request = call.request
    known = call.known
    guess = known.task_if_known
    return RequestRecord(
        id=call.id,
        started_at=call.started_at,
        token_id=call.caller.id if call.caller else None,
        token_name=call.caller.name if call.caller else None,
        client=_clean(known.client),
        call_kind=_clean(known.kind_of_call),
        conversation=known.conversation,
        endpoint=call.endpoint,
        requested_model=_clean(request.model) if request else None,
        modalities=known.modalities if request else (),
        thinking=_clean(known.thinking),
        streaming=request.stream if request else False,
        layer=verdict.layer if verdict else None,
        rule_id=verdict.rule_id if verdict else None,
        rule_name=verdict.rule if verdict else None,
        target=str(call.target) if call.target else None,
        attempts=[_attempt(attempt) for attempt in call.attempts],
        ttft_ms=_rounded(call.ttft_ms),
        duration_ms=round(call.duration_ms, 3),
        overhead_ms=_rounded(call.overhead_ms),
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_tokens=usage.cached_tokens,
        reasoning_tokens=usage.reasoning_tokens,
        usage_source=usage.source.value,
        cost_usd=cost.usd,
        cost_source=cost.source,
        status=call.status,
        error=_clean(call.error),
        task=guess.task.value if guess else None,
        task_confidence=round(guess.confidence, 4) if guess else None,
        trace=[step_row(step) for step in call.trace],
    )


def usage_of(call: Call) -> Usage:
    """Return what the upstream reported, else an estimate marked as one, else nothing."""
    if call.usage.source is UsageSource.REPORTED:
        return call.usage
    if call.target is None:
        return NOT_KNOWN
    return Usage(
        input_tokens=call.known.input_tokens,
        output_tokens=call.known.estimate_tokens("".join(call.answer_texts)),
        source=UsageSource.ESTIMATED,
    )


def _cost(call: Call, base_url: str | None, usage: Usage) -> Cost:
    if call.target is None:
        return Cost(None, "unknown")
    return cost_of(base_url, call.target.model, usage, call.started_at)


def step_row(step: Step) -> Mapping[str, Any]:
    """Return a trace step as it is stored and shown; what says nothing is left out."""
    row: dict[str, Any] = {
        "layer": step.layer,
        "outcome": str(step.outcome),
        "reason": step.reason,
        "ms": round(step.ms, 4),
    }
    if step.score is not None:
        row["score"] = round(step.score, 4)
    if step.words:
        row["words"] = list(step.words)
    if step.rule_id is not None:
        row["rule_id"], row["rule"] = step.rule_id, step.rule
    return row


def _attempt(attempt: Attempt) -> Mapping[str, Any]:
    return {
        "target": str(attempt.target),
        "outcome": attempt.outcome,
        "failure": attempt.failure,
        "status": attempt.status,
        "error": _clean(attempt.error),
        "ms": round(attempt.ms, 3),
    }


def _clean(text: str | None) -> str | None:
    """Return a text that every database takes: bounded, valid Unicode, without NUL."""
    if text is None:
        return None
    return text[:_MAX_TEXT_CHARS].encode("utf-8", "replace").decode().replace("\0", "")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
