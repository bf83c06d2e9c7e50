"""Any OpenAI-compatible server: where it is asked, with what, and what its refusals mean."""

import json

import pytest

from butler.engine.call import Target
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
