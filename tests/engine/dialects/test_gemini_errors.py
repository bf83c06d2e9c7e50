"""Errors as Google's APIs word them."""

import json
from typing import Any

import pytest

from butler.engine.dialects.gemini_errors import error_body, is_error_body, too_long_body


def error(raw: bytes) -> Any:
    return json.loads(raw)["error"]


@pytest.mark.parametrize(
    ("type_", "code", "number", "status"),
    [
        ("invalid_request_error", "invalid_json", 400, "INVALID_ARGUMENT"),
        ("authentication_error", "missing_api_key", 401, "UNAUTHENTICATED"),
        ("permission_error", "model_not_allowed", 403, "PERMISSION_DENIED"),
        ("invalid_request_error", "model_not_found", 404, "NOT_FOUND"),
        ("upstream_error", "rate_limited", 429, "RESOURCE_EXHAUSTED"),
        ("upstream_error", "overloaded", 503, "UNAVAILABLE"),
        ("upstream_error", "content_policy", 400, "INVALID_ARGUMENT"),
        ("upstream_error", "something_new", 500, "INTERNAL"),
        (None, None, 500, "INTERNAL"),
    ],
)
def test_a_number_and_a_word(type_: str | None, code: str | None, number: int, status: str) -> None:
    raw = error_body("It failed.", type_, code)
    assert error(raw) == {"code": number, "message": "It failed.", "status": status}
    assert is_error_body(raw)


@pytest.mark.parametrize(
    ("message", "begins"),
    [
        (
            "The maximum context length is 8,192 tokens, and yours 9000.",
            "The input token count (9000) exceeds the maximum number of tokens allowed (8192).",
        ),
        ("Too long.", "The input token count exceeds the maximum number of tokens allowed. Too"),
        ("The input token count (2) exceeds it.", "The input token count (2) exceeds it."),
    ],
)
def test_a_prompt_that_is_too_long(message: str, begins: str) -> None:
    told = error(too_long_body(message))
    assert told["message"].startswith(begins)
    assert told["message"].endswith(message)
    assert (told["code"], told["status"]) == (400, "INVALID_ARGUMENT")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"error": "a"}'])
def test_what_is_no_error(body: bytes) -> None:
    assert not is_error_body(body)
