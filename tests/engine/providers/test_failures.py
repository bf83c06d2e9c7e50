"""What vendors' refusals mean, as they really word them."""

from typing import Any

import orjson
import pytest

from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.failures import explain

K = FailureKind


def said(
    status: int, error: Any = None, *, raw: bytes | None = None, **headers: str
) -> UpstreamError:
    body = orjson.dumps({"error": error}) if raw is None else raw
    return explain("acme", status, headers, body)


@pytest.mark.parametrize(
    ("status", "kind", "shown"),
    [
        *((status, K.UNREADABLE, 502) for status in (200, 202, 204, 301, 302, 307)),
        *((status, K.REFUSED, status) for status in (400, 405, 409, 418, 422)),
        (401, K.KEY_REJECTED, 401),
        (402, K.OUT_OF_CREDIT, 402),
        (403, K.KEY_REJECTED, 403),
        (404, K.NO_MODEL, 404),
        (408, K.TIMEOUT, 408),
        (413, K.CONTEXT, 400),
        (429, K.RATE_LIMITED, 429),
        *((status, K.SERVER, status) for status in (500, 502, 503, 504, 520)),
        (529, K.OVERLOADED, 529),
    ],
)
def test_what_a_bare_status_means(status: int, kind: FailureKind, shown: int) -> None:
    for raw in (b"", b"<html>no</html>", b"[]", b"{}", b"7"):
        error = said(status, raw=raw)
        assert (error.kind, error.status) == (kind, shown)
        assert error.message == (
            f"The provider acme answered with status {status} and no explanation."
        )
        assert error.for_log == f"The provider answered with status {status}."


CODED = [
    (400, {"code": "context_length_exceeded"}, K.CONTEXT),
    (400, {"type": "exceed_context_size_error"}, K.CONTEXT),
    (413, {"type": "tokens", "code": "rate_limit_exceeded"}, K.CONTEXT),
    (429, {"code": "insufficient_quota", "type": "insufficient_quota"}, K.OUT_OF_CREDIT),
    (429, {"code": "1113", "message": "账户已欠费"}, K.OUT_OF_CREDIT),
    (400, {"code": "Arrearage"}, K.OUT_OF_CREDIT),
    (429, {"type": "engine_overloaded_error"}, K.OVERLOADED),
    (429, {"type": "requests", "code": "rate_limit_exceeded"}, K.RATE_LIMITED),
    (400, {"code": "content_policy_violation"}, K.POLICY),
    (400, {"code": "content_filter"}, K.POLICY),
    (400, {"code": "data_inspection_failed"}, K.POLICY),
    (404, {"type": "not_found_error", "message": "model: x"}, K.NO_MODEL),
    (400, {"code": "invalid_model"}, K.NO_MODEL),
    (401, {"code": "invalid_api_key", "type": "invalid_request_error"}, K.KEY_REJECTED),
    (503, {"code": 503, "status": "UNAVAILABLE"}, K.OVERLOADED),
    (429, {"code": 429, "status": "RESOURCE_EXHAUSTED"}, K.RATE_LIMITED),
    (500, {"type": "server_error"}, K.SERVER),
    (400, {"type": "invalid_request_error", "param": "temperature"}, K.REFUSED),
]


@pytest.mark.parametrize(("status", "error", "kind"), CODED)
def test_codes_beat_the_status(status: int, error: Any, kind: FailureKind) -> None:
    assert said(status, error).kind is kind


WORDED = {
    K.CONTEXT: (
        "This model's maximum context length is 8192 tokens. However, you asked for 9000.",
        "prompt is too long: 210000 tokens > 200000 maximum",
        "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
        "The input token count (1100000) exceeds the maximum number of tokens allowed (1048576).",
        "Range of input length should be [1, 129024]",
        "Your request exceeded model token limit: 8192",
        "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
        "the request exceeds the available context size, try increasing it",
        "Please reduce the length of the messages or completion.",
        "Input is too long for requested model.",
        "Prompt 超长",
    ),
    K.OUT_OF_CREDIT: (
        "Your credit balance is too low to access the API.",
        "Insufficient Balance",
        "账户余额不足",
    ),
    K.POLICY: (
        "The response was filtered due to the prompt triggering our content management policy.",
        "Content Exists Risk",
        "Your request was rejected as a result of our safety system.",
        "Your input was flagged: requires moderation on this model.",
    ),
    K.KEY_REJECTED: ("API key not valid. Please pass a valid API key.", "Incorrect API key"),
    K.NO_MODEL: (
        "The model `x` does not exist or you do not have access to it.",
        "Model Not Exist",
        "The model x/y is not a valid model ID",
        'model "llama9" not found, try pulling it first',
    ),
    K.OVERLOADED: ("The engine is currently overloaded, please try again later",),
    K.REFUSED: (
        "max_tokens is too large: 99999. This model supports at most 4096 completion tokens.",
        "Unsupported value: 'temperature' does not support 0.2 with this model.",
        "Invalid value for 'content': expected a string, got null.",
    ),
}


@pytest.mark.parametrize(
    ("kind", "words"), [(kind, words) for kind, many in WORDED.items() for words in many]
)
def test_the_wording_decides_where_codes_say_nothing(kind: FailureKind, words: str) -> None:
    for error in ({"message": words, "type": "invalid_request_error"}, words):
        found = said(400, error)
        assert (found.kind, found.status, found.message) == (kind, 400, words)


def test_some_say_it_without_an_error_object() -> None:
    assert said(400, raw=b'{"message":"Model Not Exist"}').kind is K.NO_MODEL
    assert said(400, raw=b'{"detail":"prompt is too long"}').message == "prompt is too long"
    assert said(400, raw=b'[{"error":{"message":"no","code":400}}]').message == "no"
    assert said(400, raw=b'{"code":"Arrearage","message":"Access denied."}').kind is K.OUT_OF_CREDIT


@pytest.mark.parametrize(
    ("error", "kind", "shown"),
    [
        ({"type": "overloaded_error", "message": "Overloaded"}, K.OVERLOADED, 503),
        ({"type": "rate_limit_error", "message": "Slow."}, K.RATE_LIMITED, 429),
        ({"type": "server_error"}, K.SERVER, 502),
        ({"type": "api_error"}, K.SERVER, 502),
        ({"code": 429, "message": "Slow."}, K.RATE_LIMITED, 429),
        ({"code": 502, "message": "Upstream."}, K.SERVER, 502),
        ({"type": "invalid_request_error", "message": "No."}, K.REFUSED, 400),
        ({"message": "prompt is too long"}, K.CONTEXT, 400),
        ({"message": "too hot"}, K.SERVER, 502),
        ("too hot", K.SERVER, 502),
    ],
)
def test_an_error_inside_a_200(error: Any, kind: FailureKind, shown: int) -> None:
    found = said(200, error)
    assert (found.kind, found.status) == (kind, shown)
    assert found.for_log.startswith("The provider reported an error in its answer")


@pytest.mark.parametrize("code", ["9" * 5_000, "099", "42900"])
def test_a_number_that_is_no_status_is_none(code: str) -> None:
    error = said(200, {"code": code, "message": "x"})
    assert (error.kind, error.status) == (K.SERVER, 502)


def test_the_log_gets_the_code_but_never_the_words() -> None:
    words = "aunt Philomena"
    assert said(400, {"message": words, "code": "weird_one"}).for_log == (
        "The provider answered with status 400, weird_one."
    )
    for code in (words, f"x {words}", "", None):
        assert words not in said(500, {"message": words, "code": code}).for_log


def test_only_a_waiting_time_is_taken_from_retry_after() -> None:
    assert said(429, {}, **{"Retry-After": "7"}).retry_after == "7"
    assert said(429, {}, **{"Retry-After": "soon\r\nX: y"}).retry_after is None
