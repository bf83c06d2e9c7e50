"""A finished call as a row of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from butler.engine.call import (
    NOT_KNOWN,
    TALK,
    Attempt,
    Call,
    Makes,
    Replay,
    Step,
    Usage,
    UsageSource,
)
from butler.engine.ledger.prices import FREE, UNKNOWN, UNPRICED, Baseline, Cost, cost_of
from butler.engine.store.requests import RequestRecord

_MAX_TEXT_CHARS = 500
_MAX_WORD_CHARS = 80
"""Of what clients say of themselves; it stands in an index."""
_EXPLICIT_LAYER = "direct"
_PUBLISHED = "catalogue"
_MIXED_PRICES = frozenset({Makes.IMAGE, Makes.TRANSCRIPTION, Makes.SPEECH})
"""Of these, published prices differ by what a token stands for, and the catalogue tells one."""


def row_of(call: Call, base_url: str | None, baseline: Baseline | None = None) -> RequestRecord:
    """Return the row for a call that has ended; `base_url` is that of the target's provider."""
    verdict = call.verdict
    usage = usage_of(call)
    cost = _cost(call, base_url, usage)
    compared = _compared(call, usage, baseline)
    request = call.request
    known = call.known
    guess = known.task_if_known
    return RequestRecord(
        id=call.id,
        started_at=call.started_at,
        token_id=call.caller.id if call.caller else None,
        token_name=call.caller.name if call.caller else None,
        client=_clean(known.client, _MAX_WORD_CHARS),
        call_kind=_clean(known.kind_of_call),
        conversation=known.conversation,
        endpoint=call.endpoint,
        requested_model=_clean(request.model) if request else None,
        modalities=known.modalities if request else (),
        thinking=_clean(known.thinking, _MAX_WORD_CHARS),
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
        finish=_clean(call.finish, _MAX_WORD_CHARS),
        fallback=_fallback(call.attempts),
        cache_write_tokens=usage.cache_write_tokens,
        images=usage.images,
        price_source=cost.priced_by,
        baseline=str(baseline.target) if baseline and compared.usd is not None else None,
        baseline_usd=compared.usd,
        revision=call.runtime.revision,
        warnings=tuple(_clean(warning) or "" for warning in call.warnings),
        signals=known.noted if request else {},
    )


def usage_of(call: Call) -> Usage:
    """Return what the upstream reported, with what it left out estimated and marked as that."""
    told = call.usage
    if call.target is None and told.source is not UsageSource.REPORTED:
        return NOT_KNOWN
    if call.request is not None and call.request.makes not in TALK:
        # How much was heard, drawn or read out is nothing that words could tell.
        return told
    complete = told.input_tokens is not None and told.output_tokens is not None
    if told.source is UsageSource.REPORTED and (complete or told.images):
        return told
    output = told.output_tokens
    if output is None:
        output = call.answer_tally.tokens
    return replace(
        told,
        input_tokens=call.known.input_tokens if told.input_tokens is None else told.input_tokens,
        output_tokens=output,
        source=UsageSource.ESTIMATED,
    )


def _cost(call: Call, base_url: str | None, usage: Usage) -> Cost:
    target = call.target
    if isinstance(call.verdict, Replay):
        return FREE
    if target is None:
        return UNKNOWN
    facts = call.runtime.facts(target)
    known = facts.price.source if facts.price else _PUBLISHED
    if call.asked.makes in _MIXED_PRICES and known == _PUBLISHED:
        return UNPRICED
    return cost_of(base_url, target.model, usage, call.started_at, facts)


def _compared(call: Call, usage: Usage, baseline: Baseline | None) -> Cost:
    """Return what the same tokens would have cost at the baseline.

    Only for answers to calls whose model we chose: for others nobody saved anything here.
    """
    chosen = call.verdict is not None and call.verdict.layer != _EXPLICIT_LAYER
    if baseline is None or not chosen or call.target is None or call.status >= 400:
        return UNKNOWN
    at, model = call.started_at, baseline.target.model
    return cost_of(baseline.base_url, model, usage, at, baseline.facts)


def _fallback(attempts: Sequence[Attempt]) -> str | None:
    """Return why the first target was left for another; None where none was."""
    for before, after in pairwise(attempts):
        if before.target != after.target:
            return before.failure
    return None


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


def _clean(text: str | None, most_chars: int = _MAX_TEXT_CHARS) -> str | None:
    """Return a text that every database takes: bounded, valid Unicode, without NUL."""
    if text is None:
        return None
    return text[:most_chars].encode("utf-8", "replace").decode().replace("\0", "")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
