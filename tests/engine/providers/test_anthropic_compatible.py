"""A server of messages: where it is asked, with what, and what is made of a request."""

from typing import Any

import orjson
import pytest

from butler.engine.call import (
    ModelFacts,
    Target,
    Thinking,
    ThinkingMode,
    UseTargets,
)
from butler.engine.errors import ConfigError, FailureKind, UpstreamError
from butler.engine.providers.anthropic_compatible import KIND, AnthropicCompatible
from butler.engine.providers.base import Connection
from tests.engine.calls import HELLO, Revision, new_call

KEY = "sk-ant-a-key-of-usual-length"


def provider(base_url: str = "https://api.anthropic.com", **options: Any) -> AnthropicCompatible:
    made = KIND.create(Connection("acme", KIND.id, base_url, KEY, options))
    assert isinstance(made, AnthropicCompatible)
    return made


def body_for(model: str, facts: ModelFacts | None = None, **body: Any) -> dict[str, Any]:
    target = Target("acme", model)
    call = new_call({**HELLO, **body})
    call.runtime = Revision(known_facts={} if facts is None else {target: facts})
    sent: dict[str, Any] = orjson.loads(provider().prepare(call, target).body)
    return sent


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://api.anthropic.com", "https://api.anthropic.com/v1/messages"),
        ("https://api.anthropic.com/v1/", "https://api.anthropic.com/v1/messages"),
        ("https://api.anthropic.com/v1/messages", "https://api.anthropic.com/v1/messages"),
        ("https://a.example/anthropic", "https://a.example/anthropic/v1/messages"),
        ("http://[::1]:9", "http://[::1]:9/v1/messages"),
    ],
)
def test_where_it_is_asked(base: str, url: str) -> None:
    sent = provider(base).prepare(new_call(HELLO), Target("acme", "claude-x"))
    assert sent.url == url
    with pytest.raises(ConfigError):
        provider("nowhere")


def test_what_goes_in_the_headers() -> None:
    headers = {"anthropic-beta": "a,b", "Authorization": "Bearer client", "X-Api-Key": "client"}
    sent = provider().prepare(new_call(HELLO, headers=headers), Target("acme", "claude-x"))
    assert (sent.headers["x-api-key"], sent.headers["anthropic-beta"]) == (KEY, "a,b")
    assert "authorization" not in sent.headers
    assert sent.headers["anthropic-version"] == "2023-06-01"
    assert sent.secret == KEY.encode()
    both = provider("https://a.example").prepare(new_call(HELLO), Target("acme", "claude-x"))
    assert both.headers["authorization"] == f"Bearer {KEY}"


def test_how_long_an_answer_may_be() -> None:
    assert body_for("claude-sonnet-4-5")["max_tokens"] == 64_000
    assert body_for("alpha")["max_tokens"] == 8192
    assert body_for("alpha", max_tokens=5)["max_tokens"] == 5
    known = ModelFacts(context_tokens=4000, output_tokens=3999)
    long = [{"role": "user", "content": "word " * 2000}]
    assert 1024 <= body_for("alpha", known, messages=long)["max_tokens"] < 2500
    longer = [{"role": "user", "content": "word " * 20_000}]
    assert body_for("alpha", known, messages=longer)["max_tokens"] == 1024


def test_what_new_models_refuse_is_left_out() -> None:
    tools = [{"type": "function", "function": {"name": "f", "parameters": {}}}]
    more: Any = {"temperature": 0, "top_p": 0.9, "tools": tools, "tool_choice": "required"}
    old, new = body_for("claude-sonnet-4-5", **more), body_for("claude-opus-5-5", **more)
    assert (old["temperature"], old["tool_choice"]) == (0, {"type": "any"})
    assert not {"temperature", "top_p"} & new.keys()
    assert new["tool_choice"] == {"type": "auto"}


def test_a_schema_is_given_where_it_is_understood() -> None:
    schema = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}
    assert "output_config" in body_for("claude-sonnet-4-5", response_format=schema)
    assert "output_config" not in body_for("deepseek-v4-pro", response_format=schema)
    unable = ModelFacts(json_mode=False)
    assert "output_config" not in body_for("claude-opus-5", unable, response_format=schema)
    assert "JSON" in body_for("claude-3-haiku", response_format=schema)["system"]


def test_a_rule_decides_about_thinking() -> None:
    target = Target("acme", "claude-sonnet-4-5")
    call = new_call({**HELLO, "reasoning_effort": "high"})
    off = Thinking(ThinkingMode.DISABLED)
    call.verdict = UseTargets((target,), "rules", "", thinking=off)
    sent = orjson.loads(provider().prepare(call, target).body)
    assert sent["thinking"] == {"type": "disabled"}


def test_what_can_not_be_said_is_told() -> None:
    audio = {"type": "input_audio", "input_audio": {"data": "AA", "format": "wav"}}
    call = new_call({"messages": [{"role": "user", "content": [audio]}]})
    with pytest.raises(UpstreamError, match="audio") as caught:
        provider().prepare(call, Target("acme", "claude-x"))
    assert (caught.value.kind, caught.value.status) == (FailureKind.UNSUPPORTED, 400)
    assert "audio" not in caught.value.for_log


def test_errors_keep_their_dialect() -> None:
    body = b'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'
    error = provider().explain_error(529, {}, body)
    assert (error.kind, error.status, error.message) == (FailureKind.OVERLOADED, 529, "Overloaded")
    assert error.dialect == "anthropic_messages"


def test_models_and_a_cheap_question() -> None:
    listing, probe = provider().models_request(), provider().probe("claude-x")
    assert listing.method == "GET"
    assert listing.url == "https://api.anthropic.com/v1/models?limit=1000"
    assert listing.headers["anthropic-version"] == probe.headers["anthropic-version"]
    assert orjson.loads(probe.body)["max_tokens"] == 1
    assert (probe.url, probe.secret) == ("https://api.anthropic.com/v1/messages", KEY.encode())
    (model,) = provider().read_models(b'{"data":[{"type":"model","id":"claude-x"}]}')
    assert model.id == "claude-x"
