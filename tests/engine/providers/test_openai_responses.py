"""How a provider of responses is asked, by clients of its own dialect and of others."""

from typing import Any

import orjson
import pytest

from butler.engine.call import Call, ModelFacts, Target, Thinking, ThinkingMode
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.errors import ConfigError, FailureKind, UpstreamError
from butler.engine.providers.base import Connection
from butler.engine.providers.openai_responses import KIND, OpenAIResponsesProvider
from tests.engine.calls import HELLO, Revision, new_call

KEY = "sk-a-key-that-is-long"
TARGET = Target("acme", "alpha")
READERS = {it.name: it for it in (OpenAIChat(), OpenAIResponses(), AnthropicMessages())}


def provider(base_url: str = "https://api.openai.com/v1", **options: Any) -> Any:
    return OpenAIResponsesProvider(Connection("acme", KIND.id, base_url, KEY, options))


def asking(dialect: str, facts: ModelFacts | None = None, **body: Any) -> Call:
    call = new_call()
    call.request = READERS[dialect].read_request(orjson.dumps(body))
    known = {} if facts is None else {TARGET: facts}
    call.runtime = Revision(known_facts=known)
    return call


def sent(call: Call, target: Target = TARGET) -> dict[str, Any]:
    body: dict[str, Any] = orjson.loads(provider().prepare(call, target).body)
    return body


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com/v1/responses"),
        ("https://api.openai.com/v1/responses", "https://api.openai.com/v1/responses"),
        ("https://api.x.ai", "https://api.x.ai/v1/responses"),
    ],
)
def test_where_it_is_asked(given: str, url: str) -> None:
    made = provider(given)
    assert made.prepare(asking("openai_chat", **HELLO), TARGET).url == url
    assert made.probe("alpha").url == url
    assert made.models_request().url == url.replace("/responses", "/models")
    with pytest.raises(ConfigError):
        provider("nowhere")


def test_the_key_and_the_headers() -> None:
    call = asking("anthropic_messages", max_tokens=9, **HELLO)
    call.headers = {"anthropic-version": "2023-06-01", "authorization": "Bearer client", "x-a": "b"}
    out = provider().prepare(call, TARGET)
    assert (out.headers["authorization"], out.headers["x-a"]) == (f"Bearer {KEY}", "b")
    assert (out.secret, "anthropic-version" in out.headers) == (KEY.encode(), False)


def test_own_bytes_stay_as_they_are() -> None:
    call = asking("openai_responses", input="Hi")
    raw = b'{"input":"Hi", "model" : "auto","x":1.0}'
    call.request = OpenAIResponses().read_request(raw)
    assert provider().prepare(call, TARGET).body == raw.replace(b"auto", b"alpha")
    call.request = OpenAIResponses().read_request(b'{"input":"Hi"}')
    assert provider().prepare(call, TARGET).body == b'{"model":"alpha","input":"Hi"}'


def test_defaults_of_the_models_owner() -> None:
    facts = ModelFacts(
        parameters={"max_tokens": 99, "service_tier": "flex"},
        default_thinking=Thinking(ThinkingMode.DISABLED),
    )
    body = sent(asking("openai_chat", facts, **HELLO))
    assert (body["max_output_tokens"], body["service_tier"]) == (99, "flex")
    assert body["reasoning"] == {"effort": "none"}
    body = sent(asking("openai_chat", facts, max_tokens=50, reasoning_effort="low", **HELLO))
    assert (body["max_output_tokens"], body["reasoning"]["effort"]) == (50, "low")


def test_what_models_refuse() -> None:
    body = sent(
        asking("openai_chat", temperature=0.5, logprobs=True, top_logprobs=2, **HELLO),
        Target("acme", "gpt-5"),
    )
    assert not {"temperature", "top_logprobs"} & body.keys()
    assert body["include"] == ["reasoning.encrypted_content"]
    plain = sent(asking("openai_chat", temperature=0.5, **HELLO), Target("acme", "gpt-4o"))
    assert (plain["temperature"], "include" in plain) == (0.5, False)


def test_what_can_not_be_said() -> None:
    audio = {"type": "input_audio", "input_audio": {"data": "eA==", "format": "wav"}}
    call = asking("openai_chat", messages=[{"role": "user", "content": [audio]}])
    with pytest.raises(UpstreamError) as failed:
        provider().prepare(call, TARGET)
    assert failed.value.kind is FailureKind.UNSUPPORTED


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "Slow down.", "type": "x", "code": "rate_limit_exceeded"}},
        {"type": "error", "code": "rate_limit_exceeded", "message": "Slow down.", "param": None},
        {
            "type": "response.failed",
            "response": {"error": {"code": "rate_limit_exceeded", "message": "Slow down."}},
        },
    ],
    ids=["alone", "an event", "a response that failed"],
)
def test_errors_in_every_shape(body: Any) -> None:
    error = provider().explain_error(200, {}, orjson.dumps(body))
    assert (error.kind, str(error)) == (FailureKind.RATE_LIMITED, "Slow down.")
    assert error.dialect == "openai_responses"
    assert OpenAIResponses().is_error_body(error.body)


def test_a_probe_asks_for_next_to_nothing() -> None:
    body = orjson.loads(provider().probe("alpha").body)
    assert (body["max_output_tokens"], body["store"]) == (16, False)
