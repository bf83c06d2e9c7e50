"""Errors of Google's APIs: a number, a word for the status, a sentence.

Source: Google Cloud API design guide, "Errors" (google.rpc.Code); Gemini API, "Troubleshooting".
"""

from collections.abc import Mapping
from typing import Any

import orjson

from butler.engine.dialects.too_long import told_numbers

_INTERNAL = (500, "INTERNAL")
_INVALID = (400, "INVALID_ARGUMENT")
_BY_CODE: Mapping[str, tuple[int, str]] = {
    "rate_limited": (429, "RESOURCE_EXHAUSTED"),
    "rate_limit_exceeded": (429, "RESOURCE_EXHAUSTED"),
    "out_of_credit": _INVALID,
    "overloaded": (503, "UNAVAILABLE"),
    "busy": (503, "UNAVAILABLE"),
    "paused": (503, "UNAVAILABLE"),
    "connect": (502, "UNAVAILABLE"),
    "cut": (502, "UNAVAILABLE"),
    "unreadable": (502, "UNAVAILABLE"),
    "timeout": (504, "DEADLINE_EXCEEDED"),
    "model_not_found": (404, "NOT_FOUND"),
    "not_found": (404, "NOT_FOUND"),
    "method_not_allowed": (405, "UNIMPLEMENTED"),
    "request_too_large": (413, "INVALID_ARGUMENT"),
    "context_length_exceeded": _INVALID,
    "content_policy": _INVALID,
    "refused": _INVALID,
    "unsupported_content": _INVALID,
    "key_rejected": _INVALID,
    "server_error": _INTERNAL,
    "internal_error": _INTERNAL,
}
_BY_TYPE: Mapping[str, tuple[int, str]] = {
    "invalid_request_error": _INVALID,
    "authentication_error": (401, "UNAUTHENTICATED"),
    "permission_error": (403, "PERMISSION_DENIED"),
    "rate_limit_error": (429, "RESOURCE_EXHAUSTED"),
    "server_error": _INTERNAL,
}
_TOO_LONG = "input token count"


def error_object(message: str, type_: str | None, code: str | None) -> dict[str, Any]:
    """Return `{"error": {"code", "message", "status"}}`."""
    number, status = _BY_CODE.get(code or "") or _BY_TYPE.get(type_ or "") or _INTERNAL
    return {"error": {"code": number, "message": message, "status": status}}


def error_body(message: str, type_: str | None, code: str | None) -> bytes:
    """Return the same, as bytes."""
    return orjson.dumps(error_object(message, type_, code))


def too_long_body(message: str) -> bytes:
    """Return the error that a prompt is too long, in the vendor's words, with the two numbers.

    They are taken from the message, where it tells how long it is and how long it may be.
    """
    words = message
    if _TOO_LONG not in message.lower():
        told = told_numbers(message)
        given, most = ("", "") if told is None else (f" ({told[0]})", f" ({told[1]})")
        words = f"The {_TOO_LONG}{given} exceeds the maximum number of tokens allowed{most}."
        words = f"{words} {message}"
    return error_body(words, None, "context_length_exceeded")


def is_error_body(body: bytes) -> bool:
    """Say whether a body is the vendor's error object."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    return isinstance(data, dict) and isinstance(data.get("error"), dict)
