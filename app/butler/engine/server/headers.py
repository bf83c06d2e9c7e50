"""The headers in which every reply tells how it came about."""

from functools import lru_cache
from urllib.parse import quote

from butler.engine.call import Call, Replay, Verdict

_SAFE = "/:@ -_.,+()[]"


def reply_headers(call: Call) -> dict[str, str]:
    """Return `x-butler-*` for a reply that is about to begin.

    Names outside ASCII are percent-encoded, since header values are not Unicode.
    """
    headers = {"x-butler-request-id": call.id, "Server": "butler"}
    verdict = call.verdict
    if verdict is not None:
        headers["x-butler-layer"] = verdict.layer
        headers["x-butler-attempts"] = str(_tries(call))
        headers["x-butler-cache"] = _cache(verdict)
        if verdict.rule:
            headers["x-butler-rule"] = _quoted(verdict.rule)
    target = call.target or (call.attempts[-1].target if call.attempts else None)
    if target is not None:
        headers["x-butler-target"] = _quoted(str(target))
    if call.overhead_ms is not None:
        headers["x-butler-overhead-ms"] = f"{call.overhead_ms:.2f}"
    return headers


def _cache(verdict: Verdict) -> str:
    if not isinstance(verdict, Replay):
        return "miss"
    return "joined" if verdict.joined else "hit"


def _tries(call: Call) -> int:
    attempts = call.attempts
    if len(attempts) < 2:
        # Nearly always; and what is alone was not skipped.
        return len(attempts)
    return sum(attempt.outcome != "skipped" for attempt in attempts)


@lru_cache(maxsize=1024)
def _quoted(name: str) -> str:
    return quote(name, safe=_SAFE)
