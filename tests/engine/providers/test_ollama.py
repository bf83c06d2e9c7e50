"""A server of Ollama: where it is asked, with how much context, and what its refusals mean."""

import base64
from typing import Any

import orjson
import pytest

from butler.engine.call import ModelFacts, Target, Thinking, ThinkingMode
from butler.engine.errors import ConfigError, FailureKind, UpstreamError
from butler.engine.providers.base import Connection
from butler.engine.providers.ollama import KIND, OllamaProvider
from tests.engine.calls import HELLO, Revision, new_call

ALPHA = Target("acme", "alpha")
HOME = "http://localhost:11434"
TOOLS = [{"type": "function", "function": {"name": "f", "parameters": {}}}]


def provider(base_url: str = HOME, key: str | None = None, **options: Any) -> OllamaProvider:
    made = KIND.create(Connection("acme", KIND.id, base_url, key, options))
    assert isinstance(made, OllamaProvider)
    return made


def sent_for(
    facts: ModelFacts | None = None,
    target: Target = ALPHA,
    options: dict[str, Any] | None = None,
    **body: Any,
) -> tuple[dict[str, Any], list[str]]:
    """What is sent, and what is told of what is not."""
    call = new_call({**HELLO, **body})
    call.runtime = Revision(known_facts={} if facts is None else {target: facts})
    sent: dict[str, Any] = orjson.loads(provider(**(options or {})).prepare(call, target).body)
    return sent, call.warnings


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (HOME, f"{HOME}/api/chat"),
        (f"{HOME}/", f"{HOME}/api/chat"),
        (f"{HOME}/v1", f"{HOME}/api/chat"),
        (f"{HOME}/api", f"{HOME}/api/chat"),
        (f"{HOME}/api/chat", f"{HOME}/api/chat"),
        ("https://a.example/ollama", "https://a.example/ollama/api/chat"),
    ],
)
def test_where_it_is_asked(base: str, url: str) -> None:
    made = provider(base)
    assert made.prepare(new_call(HELLO), ALPHA).url == url
    assert made.models_request().url == url.replace("/api/chat", "/api/tags")
    with pytest.raises(ConfigError):
        provider("nowhere")


def test_a_key_is_sent_where_there_is_one() -> None:
    headers = {"Authorization": "Bearer client", "anthropic-beta": "a"}
    plain = provider().prepare(new_call(HELLO, headers=headers), ALPHA)
    assert not {"authorization", "anthropic-beta"} & plain.headers.keys()
    sent = provider(key="a-key-of-usual-length").prepare(new_call(HELLO), ALPHA)
    assert sent.headers["authorization"] == "Bearer a-key-of-usual-length"
    assert sent.secret == b"a-key-of-usual-length"


def test_a_prompt_is_never_cut_without_a_word() -> None:
    sent, _ = sent_for()
    assert (sent["truncate"], sent["shift"]) == (False, False)
    assert sent["options"]["num_ctx"] == 16_384
    long = [{"role": "user", "content": "word " * 30_000}]
    assert sent_for(messages=long)[0]["options"]["num_ctx"] == 65_536
    known = ModelFacts(context_tokens=40_960)
    assert sent_for(known, messages=long)[0]["options"]["num_ctx"] == 40_960
    assert sent_for(max_tokens=100)[0]["options"] == {"num_ctx": 8_192, "num_predict": 100}


@pytest.mark.parametrize(
    ("options", "num_ctx", "keep"),
    [
        ({"num_ctx": 4096, "keep_alive": "24h"}, 4096, "24h"),
        ({"num_ctx": "4096", "keep_alive": "-1"}, 4096, -1),
        ({"num_ctx": "", "keep_alive": 0}, 16_384, 0),
        ({"keep_alive": ""}, 16_384, None),
    ],
)
def test_the_owner_may_set_the_context_and_how_long_models_stay(
    options: dict[str, Any], num_ctx: int, keep: object
) -> None:
    sent, _ = sent_for(options=options)
    assert sent["options"]["num_ctx"] == num_ctx
    assert sent.get("keep_alive") == keep


@pytest.mark.parametrize(
    "options",
    [{"num_ctx": 10}, {"num_ctx": "x"}, {"num_ctx": True}, {"keep_alive": "x"}, {"keep_alive": {}}],
)
def test_options_that_are_none_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        provider(**options)


def test_a_models_own_parameters() -> None:
    mine = {"num_ctx": 2048, "min_p": 0.1, "temperature": 0.3, "seed": 1, "keep_alive": "1h"}
    sent, _ = sent_for(ModelFacts(parameters=mine), seed=5)
    assert sent["options"] == {"num_ctx": 2048, "min_p": 0.1, "temperature": 0.3, "seed": 5}
    assert sent["keep_alive"] == "1h"


@pytest.mark.parametrize(
    ("model", "facts", "asked", "told"),
    [
        ("alpha", ModelFacts(thinking=True), {"reasoning_effort": "high"}, True),
        ("alpha", ModelFacts(thinking=True), {"think": False}, False),
        ("alpha", ModelFacts(thinking=True), {}, None),
        ("alpha", ModelFacts(thinking=False), {"reasoning_effort": "high"}, None),
        ("alpha", ModelFacts(), {"reasoning_effort": "none"}, False),
        ("gpt-oss:20b", ModelFacts(), {"reasoning_effort": "high"}, "high"),
        ("gpt-oss:20b", ModelFacts(), {"think": "low"}, "low"),
        ("gpt-oss:20b", ModelFacts(), {"reasoning_effort": "none"}, "low"),
        (
            "alpha",
            ModelFacts(thinking=True, default_thinking=Thinking(ThinkingMode.DISABLED)),
            {},
            False,
        ),
    ],
)
def test_how_a_model_is_told_to_think(
    model: str, facts: ModelFacts, asked: dict[str, Any], told: object
) -> None:
    sent, _ = sent_for(facts, Target("acme", model), **asked)
    assert sent.get("think") == told
    assert "reasoning_effort" not in sent


def test_a_model_that_nobody_knows_is_not_told_to_think() -> None:
    sent, warnings = sent_for(reasoning_effort="high")
    assert "think" not in sent
    assert warnings == ["left out: thinking: nobody knows whether the model can"]


def test_what_can_not_be_said_is_told() -> None:
    _, warnings = sent_for(
        tools=TOOLS, tool_choice="required", parallel_tool_calls=False, user="me"
    )
    assert warnings == [
        "left out: parallel_tools",
        "left out: user",
        "left out: tool_choice: tools are offered, but the model need not call one",
    ]


def test_what_has_no_place_moves_the_call_on() -> None:
    link = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
    with pytest.raises(UpstreamError, match="only linked to") as caught:
        sent_for(messages=[{"role": "user", "content": [link]}])
    assert caught.value.kind is FailureKind.UNSUPPORTED
    inline = "data:image/png;base64," + base64.b64encode(b"x").decode()
    shown = {"type": "image_url", "image_url": {"url": inline}}
    sent, _ = sent_for(messages=[{"role": "user", "content": [shown]}])
    assert sent["messages"][0]["images"] == ["eA=="]


@pytest.mark.parametrize(
    ("status", "words", "kind", "told"),
    [
        (404, "model 'alpha:latest' not found", "NO_MODEL", "`ollama pull alpha:latest`"),
        (404, 'model "a" not found, try pulling it first', "NO_MODEL", "`ollama pull a`"),
        (400, '"alpha" does not support thinking', "UNSUPPORTED", "thinking"),
        (400, "registry.ollama.ai/x:latest does not support tools", "UNSUPPORTED", "tools"),
        (400, "the input length exceeds the context length", "CONTEXT", "context length"),
        (400, "invalid role", "REFUSED", "invalid role"),
        (401, "unauthorized", "KEY_REJECTED", "unauthorized"),
        (503, "server busy, please try again", "SERVER", "busy"),
        (500, "llama runner process has terminated", "SERVER", "terminated"),
        (200, "an error was encountered while running the model", "SERVER", "running the model"),
    ],
)
def test_what_refusals_mean(status: int, words: str, kind: str, told: str) -> None:
    error = provider().explain_error(status, {}, orjson.dumps({"error": words}))
    assert (error.kind, error.dialect) == (FailureKind[kind], "ollama")
    assert told in error.message


def test_models_are_listed_by_their_tags() -> None:
    body = {"models": [{"name": "qwen3:8b", "model": "qwen3:8b", "details": {"family": "qwen3"}}]}
    (found,) = provider().read_models(orjson.dumps(body))
    assert (found.id, found.is_chat) == ("qwen3:8b", True)
    with pytest.raises(ValueError, match="no list"):
        provider().read_models(b"{}")


def test_a_probe_costs_next_to_nothing() -> None:
    sent = provider().probe("alpha")
    body = orjson.loads(sent.body)
    assert (body["stream"], body["options"]) == (False, {"num_predict": 1})
