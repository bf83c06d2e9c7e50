"""What vendors mean by a refusal: its kind, from status, code and wording; and their words.

Vendors agree on statuses but not on much else: an empty account is a 402, 429 or 400, a prompt
that is too long a 400, 413 or 422. Codes, where there are some, beat the status; the wording
decides last. Sources: the published API references of the vendors named beside the codes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.retry_after import waiting_time

_Kind = FailureKind
_CODES: Mapping[str, FailureKind] = {
    code: kind
    for kind, codes in {
        _Kind.CONTEXT: (
            "context_length_exceeded",
            "string_above_max_length",
            "exceed_context_size_error",  # llama.cpp
            "request_too_large",  # Anthropic
            "tokens_limit_reached",  # Azure
        ),
        _Kind.POLICY: (
            "content_policy_violation",
            "content_filter",
            "data_inspection_failed",  # DashScope
            "1301",  # Zhipu
        ),
        _Kind.OUT_OF_CREDIT: (
            "insufficient_quota",
            "insufficient_user_quota",
            "billing_hard_limit_reached",
            "billing_not_active",
            "billing_error",  # Anthropic
            "exceeded_current_quota_error",  # Moonshot
            "arrearage",  # DashScope
            "1113",  # Zhipu
        ),
        _Kind.KEY_REJECTED: (
            "invalid_api_key",
            "authentication_error",
            "permission_error",
            "account_deactivated",
        ),
        _Kind.NO_MODEL: ("model_not_found", "invalid_model", "not_found_error"),
        _Kind.OVERLOADED: (
            "overloaded_error",
            "overloaded",
            "engine_overloaded_error",  # Moonshot
            "service_unavailable",
            "unavailable",  # Google
        ),
        _Kind.RATE_LIMITED: ("rate_limit_exceeded", "rate_limit_error", "resource_exhausted"),
        _Kind.SERVER: ("server_error", "api_error", "internal_error", "internal_server_error"),
        _Kind.TIMEOUT: ("timeout_error", "timeout"),
        _Kind.REFUSED: ("invalid_request_error", "bad_request"),
    }.items()
    for code in codes
}
_STATUSES: Mapping[int, FailureKind] = {
    401: _Kind.KEY_REJECTED,
    402: _Kind.OUT_OF_CREDIT,
    403: _Kind.KEY_REJECTED,
    404: _Kind.NO_MODEL,
    408: _Kind.TIMEOUT,
    413: _Kind.CONTEXT,
    429: _Kind.RATE_LIMITED,
    529: _Kind.OVERLOADED,
}
_WORDINGS: tuple[tuple[FailureKind, re.Pattern[str]], ...] = (
    (
        _Kind.CONTEXT,
        re.compile(
            r"context.?(length|window|size|limit)|prompt (is too|length|超长)|too many input tokens"
            r"|(input|prompt).{0,40}\b(too long|too large|exceeds?)\b|range of input length"
            r"|model token limit|reduce the length",
            re.IGNORECASE,
        ),
    ),
    (
        _Kind.OUT_OF_CREDIT,
        re.compile(
            r"credit balance|insufficient (balance|credits?|funds|quota)|余额不足", re.IGNORECASE
        ),
    ),
    (
        _Kind.POLICY,
        re.compile(
            r"content.?(management )?(policy|filter|exists risk)|safety system|\bmoderation\b"
            r"|was flagged|敏感内容",
            re.IGNORECASE,
        ),
    ),
    (_Kind.KEY_REJECTED, re.compile(r"(invalid|incorrect) api.?key|api.?key not valid", re.I)),
    (
        _Kind.NO_MODEL,
        re.compile(r"model.{0,80}(does not exist|not (found|exist|a valid model))", re.I),
    ),
    (_Kind.OVERLOADED, re.compile(r"\boverloaded\b|at capacity", re.IGNORECASE)),
)
"""Asked only where codes say nothing and the status may mean anything."""

_VAGUE = frozenset({400, 403, 422, 429, 500})
_SHOWN: Mapping[FailureKind, int] = {
    _Kind.RATE_LIMITED: 429,
    _Kind.OVERLOADED: 503,
    _Kind.OUT_OF_CREDIT: 402,
    _Kind.KEY_REJECTED: 401,
    _Kind.NO_MODEL: 404,
    _Kind.CONTEXT: 400,
    _Kind.POLICY: 400,
    _Kind.REFUSED: 400,
    _Kind.TIMEOUT: 504,
}
"""The status for what a vendor reports inside a 200."""

_MAX_WORDING_CHARS = 2_000
_STATUS = re.compile(r"[1-9][0-9]{2}")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_.-]{1,60}")
IN_ANSWER = "The provider reported an error in its answer"
"""For the log, which must not hold the vendor's words: they may quote the prompt."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What an error object says: its codes, most telling first, and its words."""

    codes: tuple[str, ...] = ()
    message: str | None = None
    is_error: bool = False


def explain(name: str, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
    """Return the failure that a refusal is, or an error inside a 200, whatever its format.

    Status and wording stay the vendor's own; `name` is the provider's, for what comes without
    a word. A redirect or an empty success is none that a client could use.
    """
    said = _read(body)
    meant = _inner_status(said) if status < 400 and said.is_error else status
    kind = _kind_of(meant, said)
    shown = meant if meant >= 400 else _SHOWN.get(kind, 502)
    code = next((code for code in said.codes if _PLAIN_WORD.fullmatch(code)), None)
    what = f"The provider answered with status {status}" if status >= 300 else IN_ANSWER
    if not said.is_error:
        what = f"The provider answered with status {status}"
    return UpstreamError(
        kind,
        said.message or f"The provider {name} answered with status {status} and no explanation.",
        # A context that is too long has one status everywhere: clients shorten it by themselves.
        status=400 if kind is _Kind.CONTEXT else shown,
        body=body,
        retry_after=waiting_time(headers),
        for_log=f"{what}, {code}." if code else f"{what}.",
    )


def _kind_of(status: int, said: _Said) -> FailureKind:
    if status == 413:
        return _Kind.CONTEXT
    coded = next((_CODES[code.lower()] for code in said.codes if code.lower() in _CODES), None)
    vague = coded is None or coded in (_Kind.REFUSED, _Kind.SERVER)
    if vague and (status in _VAGUE or status < 400) and said.message:
        for kind, wording in _WORDINGS:
            if wording.search(said.message[:_MAX_WORDING_CHARS]):
                return kind
    if coded is not None and (not vague or status < 400):
        return coded
    return _kind_of_status(status, is_error=said.is_error)


def _kind_of_status(status: int, *, is_error: bool) -> FailureKind:
    if status in _STATUSES:
        return _STATUSES[status]
    if status >= 500:
        return _Kind.SERVER
    if status >= 400:
        return _Kind.REFUSED
    return _Kind.SERVER if is_error else _Kind.UNREADABLE


def _inner_status(said: _Said) -> int:
    """Return the status that stands as a code inside a 200, as OpenRouter and Google write it."""
    number = next((int(code) for code in said.codes if _STATUS.fullmatch(code)), 0)
    return number if 400 <= number < 600 else 200


def _read(body: bytes) -> _Said:
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _Said()
    if isinstance(data, list) and data:
        data = data[0]  # Google's way
    if not isinstance(data, dict):
        return _Said()
    error = data.get("error")
    if not isinstance(error, dict):
        # Some say it in one word, others without any object around it.
        words = error if isinstance(error, str) else data.get("message") or data.get("detail")
        return _Said(_codes(data), _text(words), is_error=bool(error))
    return _Said(_codes(error), _text(error.get("message")), is_error=True)


def _codes(error: Mapping[str, Any]) -> tuple[str, ...]:
    found = (error.get(key) for key in ("code", "type", "status"))
    return tuple(str(code) for code in found if isinstance(code, str | int) and code)


def _text(words: object) -> str | None:
    return words if isinstance(words, str) and words else None
