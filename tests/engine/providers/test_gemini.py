"""Google's own API: where it is asked, with what, and what its refusals mean."""

import json
from typing import Any

import pytest

from butler.engine.call import Call, Makes, ModelFacts, Target
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.services import embeddings
from butler.engine.errors import ConfigError, FailureKind
from butler.engine.providers.base import Connection
from butler.engine.providers.gemini import KIND, GeminiProvider
from tests.engine.calls import HELLO, Revision, new_call
from tests.fakes.gemini import error_body, retry_info
from tests.fakes.gemini_message import model_info

KEY = "AIza-a-key-of-usual-length"
URL = "https://generativelanguage.googleapis.com/v1beta"
NEW, OLD = Target("acme", "gemini-3.8-flash"), Target("acme", "gemini-2.5-flash")
TOOL = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}


def provider(base_url: str = URL) -> GeminiProvider:
    made = KIND.create(Connection("acme", KIND.id, base_url, KEY))
    assert isinstance(made, GeminiProvider)
    return made


def sent(call: Call, target: Target = NEW) -> Any:
    return json.loads(provider().prepare(call, target).body)


@pytest.mark.parametrize(
    ("base_url", "base"),
    [
        (URL, URL),
        ("https://generativelanguage.googleapis.com/", URL),
        (f"{URL}/models/", URL),
        ("http://localhost:1/google/v1", "http://localhost:1/google/v1"),
    ],
)
def test_where_it_is_asked(base_url: str, base: str) -> None:
    whole = provider(base_url).prepare(new_call(HELLO), Target("acme", "a/b"))
    assert whole.url == f"{base}/models/a%2Fb:generateContent"
    streamed = provider(base_url).prepare(new_call({**HELLO, "stream": True}), NEW)
    assert streamed.url == f"{base}/models/gemini-3.8-flash:streamGenerateContent?alt=sse"


def test_what_is_no_address() -> None:
    with pytest.raises(ConfigError):
        provider("nowhere")


def test_the_key_goes_where_the_vendor_looks_and_nowhere_else() -> None:
    headers = {"anthropic-beta": "a", "x-goog-api-key": "the client's", "User-Agent": "tool"}
    outgoing = provider().prepare(new_call(HELLO, headers=headers), NEW)
    assert outgoing.headers["x-goog-api-key"] == KEY
    assert "anthropic-beta" not in outgoing.headers
    assert "the client's" not in str(dict(outgoing.headers))
    assert outgoing.secret == KEY.encode()
    assert KEY not in repr(outgoing) + outgoing.url


def test_other_dialects_are_translated() -> None:
    body = sent(new_call({**HELLO, "max_tokens": 10**9, "reasoning_effort": "high", "user": "u"}))
    assert body["contents"] == [{"role": "user", "parts": [{"text": "Hello there!"}]}]
    thinking = {"thinkingLevel": "HIGH", "includeThoughts": True}
    config = body["generationConfig"]
    assert (config["thinkingConfig"], config["maxOutputTokens"]) == (thinking, 65_536)
    older = sent(new_call({**HELLO, "reasoning_effort": "none"}), OLD)
    assert older["generationConfig"] == {"thinkingConfig": {"thinkingBudget": 0}}


def test_what_is_left_out_is_told() -> None:
    call = new_call(
        {**HELLO, "user": "u", "tools": [TOOL], "response_format": {"type": "json_object"}}
    )
    sent(call, OLD)
    assert [words.partition(":")[0] for words in call.warnings] == ["left out"] * 2
    assert "user" in call.warnings[0]
    assert "in words" in call.warnings[1]
    call.warnings.clear()
    sent(call, NEW)
    assert len(call.warnings) == 1


def test_a_models_own_parameters_count_where_the_client_says_nothing() -> None:
    call = new_call({**HELLO, "temperature": 0.1})
    facts = ModelFacts(parameters={"temperature": 0.9, "top_p": 0.5})
    call.runtime = Revision(known_facts={NEW: facts})
    assert sent(call)["generationConfig"] == {"temperature": 0.1, "topP": 0.5}


def test_its_own_dialect_passes_through() -> None:
    raw = b'{ "contents": [{"parts": [{"text": "a"}]}], "unknown_to_us": 1.50 }'
    call = new_call()
    call.request = Gemini(stream=True).read_request(raw)
    outgoing = provider().prepare(call, NEW)
    assert outgoing.body == raw
    assert outgoing.url.endswith(":streamGenerateContent?alt=sse")


@pytest.mark.parametrize(
    ("status", "body", "kind", "shown"),
    [
        (400, error_body(400, "API key not valid."), FailureKind.KEY_REJECTED, 400),
        (403, error_body(403, "Not allowed."), FailureKind.KEY_REJECTED, 403),
        (
            400,
            error_body(
                400,
                "The input token count (9) exceeds the maximum number of tokens allowed (8).",
            ),
            FailureKind.CONTEXT,
            400,
        ),
        (429, error_body(429, "Quota."), FailureKind.RATE_LIMITED, 429),
        (503, error_body(503, "The model is overloaded."), FailureKind.OVERLOADED, 503),
        (404, error_body(404, "models/a is not found."), FailureKind.NO_MODEL, 404),
        (400, error_body(400, "Unknown name."), FailureKind.REFUSED, 400),
        (200, {"promptFeedback": {"blockReason": "SAFETY"}}, FailureKind.POLICY, 400),
        (200, error_body(503, "Overloaded."), FailureKind.OVERLOADED, 503),
        (429, [error_body(429, "Quota.")], FailureKind.RATE_LIMITED, 429),
    ],
)
def test_what_refusals_mean(status: int, body: Any, kind: FailureKind, shown: int) -> None:
    error = provider().explain_error(status, {}, json.dumps(body).encode())
    assert (error.kind, error.status, error.dialect) == (kind, shown, "gemini")
    assert error.message


@pytest.mark.parametrize(
    ("headers", "delay", "asked"),
    [({}, "34.074s", "34.074"), ({}, "soon", None), ({"Retry-After": "3"}, "34s", "3")],
)
def test_how_long_to_wait(headers: dict[str, str], delay: str, asked: str | None) -> None:
    body = json.dumps(error_body(429, "Quota.", {"@type": "a"}, retry_info(delay))).encode()
    assert provider().explain_error(429, headers, body).retry_after == asked


def test_embeddings_are_asked_for_in_openais_words() -> None:
    call = new_call(headers={"x-goog-api-key": "the client's", "content-type": "application/json"})
    call.request = embeddings.SERVICE.read_request(
        b'{"model":"auto","input":"a"}', "application/json"
    )
    outgoing = provider().prepare(call, Target("acme", "gemini-embedding-001"))
    assert outgoing.url == f"{URL}/openai/embeddings"
    assert json.loads(outgoing.body) == {"model": "gemini-embedding-001", "input": "a"}
    # With two keys the vendor would refuse it.
    assert outgoing.headers["authorization"] == f"Bearer {KEY}"
    assert "x-goog-api-key" not in outgoing.headers
    assert outgoing.dialect is embeddings.SERVICE
    assert Makes.EMBEDDING in KIND.makes


def test_models_that_are_served_are_listed() -> None:
    outgoing = provider().models_request()
    assert (outgoing.method, outgoing.url) == ("GET", f"{URL}/models?pageSize=1000")
    models = [model_info(name) for name in ("gemini-3.8-flash", "gemini-embedding-001")]
    models.append({"name": "models/veo-3", "supportedGenerationMethods": ["predictLongRunning"]})
    listed, embedding = provider().read_models(json.dumps({"models": models}).encode())
    assert (embedding.id, embedding.is_chat) == ("gemini-embedding-001", False)
    assert (listed.id, listed.title) == ("gemini-3.8-flash", "Gemini-3.8-Flash")
    details = listed.details
    assert (details.context_tokens, details.output_tokens) == (1_048_576, 65_536)
    assert details.thinking is True
    with pytest.raises(ValueError, match="no list"):
        provider().read_models(b"[]")


def test_a_probe_is_small() -> None:
    probe = provider().probe("gemini-3.8-flash")
    assert probe.url == f"{URL}/models/gemini-3.8-flash:generateContent"
    assert json.loads(probe.body)["generationConfig"] == {"maxOutputTokens": 16}
