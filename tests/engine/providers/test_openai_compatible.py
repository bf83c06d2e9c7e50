"""Any OpenAI-compatible server: where it is asked, with what, and what its refusals mean."""

import json

import pytest

from butler.engine.call import Target
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.errors import ConfigError
from butler.engine.providers.base import Connection
from butler.engine.providers.openai_compatible import KIND, OpenAICompatible
from tests.engine.calls import HELLO, new_call

KEY = "sk-a-key-of-usual-length"


def provider(key: str | None = KEY, **options: object) -> OpenAICompatible:
    made = KIND.create(Connection("acme", KIND.id, "http://localhost:1/v1", key, options))
    assert isinstance(made, OpenAICompatible)
    return made


def test_where_it_is_asked() -> None:
    sent = provider().prepare(new_call(HELLO), Target("acme", "alpha"))
    assert sent.url == "http://localhost:1/v1/chat/completions"
    with pytest.raises(ConfigError):
        KIND.create(Connection("acme", KIND.id, "nowhere"))


def test_what_is_sent() -> None:
    call = new_call({**HELLO, "stream": True}, headers={"User-Agent": "tool", "Cookie": "c"})
    sent = provider().prepare(call, Target("acme", "org/model"))
    assert sent.url == "http://localhost:1/v1/chat/completions"
    assert (sent.headers["authorization"], sent.headers["user-agent"]) == (f"Bearer {KEY}", "tool")
    assert json.loads(sent.body) == {
        **HELLO,
        "model": "org/model",
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert KEY not in repr(sent)
    assert KEY not in repr(provider().connection)


def test_what_is_left_out() -> None:
    sent = provider(None, ask_usage=False).prepare(
        new_call({**HELLO, "stream": True}), Target("acme", "m")
    )
    assert "authorization" not in sent.headers
    assert b"stream_options" not in sent.body


@pytest.mark.parametrize(
    ("key", "secret"), [(None, None), ("", None), ("ollama", None), (KEY, KEY.encode())]
)
def test_only_what_may_be_a_secret_is_looked_for_in_answers(
    key: str | None, secret: bytes | None
) -> None:
    assert provider(key).prepare(new_call(HELLO), Target("acme", "m")).secret == secret


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error":{"message":"vendor says"}}', "vendor says"),
        (b'{"error":"plain words"}', "plain words"),
        (b'{"error":{"message":""}}', None),
        (b'{"error":{"message":7}}', None),
        (b'{"error":null}', None),
        (b'{"detail":"x"}', "x"),
        (b"[1]", None),
        (b"<html>", None),
        (b"\xff", None),
        (b"", None),
    ],
)
def test_the_vendors_words_where_it_has_some(body: bytes, words: str | None) -> None:
    error = provider().explain_error(400, {}, body)
    assert error.message == words or (words is None and "no explanation" in error.message)
    assert error.body == body


def test_a_preset_says_how_the_key_is_sent() -> None:
    connection = Connection("acme", KIND.id, "https://x.openai.azure.com/openai/v1", KEY)
    sent = KIND.create(connection).prepare(new_call(HELLO), Target("acme", "m"))
    assert (sent.headers["api-key"], "authorization" in sent.headers) == (KEY, False)
    assert sent.url == "https://x.openai.azure.com/openai/v1/chat/completions"


def test_deployments_have_urls_of_their_own() -> None:
    options = {"api_version": "2024-10-21"}
    made = KIND.create(Connection("acme", KIND.id, "https://x.openai.azure.com", KEY, options))
    sent = made.prepare(new_call(HELLO), Target("acme", "my gpt"))
    place = "https://x.openai.azure.com/openai/deployments/my%20gpt/chat/completions"
    assert sent.url == f"{place}?api-version=2024-10-21"
    assert made.models_request().url.endswith("/openai/models?api-version=2024-10-21")


def test_models_are_listed_where_the_vendor_lists_them() -> None:
    def listed(url: str) -> str:
        return KIND.create(Connection("acme", KIND.id, url)).models_request().url

    assert listed("https://api.example.com") == "https://api.example.com/v1/models"
    assert listed("http://localhost:11434/v1") == "http://localhost:11434/api/tags"
    request = provider().models_request()
    assert (request.method, request.body, request.headers["x-butler-hops"]) == ("GET", b"", "1")
    assert [model.id for model in provider().read_models(b'{"data":[{"id":"a"}]}')] == ["a"]


def test_a_cheap_question() -> None:
    probe = provider().probe("alpha")
    assert probe.url == "http://localhost:1/v1/chat/completions"
    assert json.loads(probe.body)["max_tokens"] == 1
    assert json.loads(provider().probe("gpt-5").body)["max_completion_tokens"] == 16
    assert probe.headers["authorization"] == f"Bearer {KEY}"


def test_only_the_dialects_author_is_told_what_others_refuse() -> None:
    body = {"input": "Hi", "text": {"verbosity": "low"}, "prompt_cache_key": "thread"}
    request = OpenAIResponses().read_request(json.dumps(body).encode())
    sent, told = [], []
    for made in (provider(), KIND.create(Connection("o", KIND.id, "https://api.openai.com", KEY))):
        call = new_call()
        call.request = request
        sent.append(json.loads(made.prepare(call, Target("o", "alpha")).body))
        told.append(call.warnings)
    assert sent[0].keys() == {"model", "messages"}
    assert told[0] == ["left out: cache_key", "left out: verbosity"]
    assert (sent[1]["verbosity"], sent[1]["prompt_cache_key"]) == ("low", "thread")
    assert told[1] == []
