"""Any OpenAI-compatible server: where it is asked, with what, and what its refusals mean."""

import json

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.call import Target
from butler.engine.errors import ConfigError
from butler.engine.providers.base import Connection
from butler.engine.providers.openai_compatible import KIND, OpenAICompatible, chat_url
from tests.engine.calls import HELLO, new_call

KEY = "sk-a-key-of-usual-length"


def provider(key: str | None = KEY, **options: object) -> OpenAICompatible:
    made = KIND.create(Connection("acme", KIND.id, "http://localhost:1/v1", key, options))
    assert isinstance(made, OpenAICompatible)
    return made


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://api.example.com", "https://api.example.com/v1/chat/completions"),
        ("https://api.example.com/", "https://api.example.com/v1/chat/completions"),
        (" https://api.example.com/v1/ \n", "https://api.example.com/v1/chat/completions"),
        ("https://api.example.com/openai", "https://api.example.com/openai/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://[::1]:8000", "http://[::1]:8000/v1/chat/completions"),
        ("https://a.example/v1/chat/completions", "https://a.example/v1/chat/completions"),
        ("https://a.example/chat/completions/", "https://a.example/v1/chat/completions"),
        ("https://a.example/v%201/%E6%A8%A1", "https://a.example/v%201/%E6%A8%A1/chat/completions"),
    ],
)
def test_base_urls_as_people_write_them(base: str, url: str) -> None:
    assert chat_url(base) == url


@pytest.mark.parametrize(
    "base",
    ["", "api.example.com", "ftp://a.example", "http://", "https:///v1", "https://a.example?x=1",
     "http://[::1", "http://a.example:port", "http://a b.example"],
)  # fmt: skip
def test_what_is_no_base_url_is_refused_in_words(base: str) -> None:
    with pytest.raises(ConfigError) as caught:
        chat_url(base)
    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == (ProblemCode.INVALID, "base_url")
    assert problem.hint


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
