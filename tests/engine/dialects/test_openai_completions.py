"""Completions as clients ask for them, and what of that a chat can be asked."""

import json
from typing import Any

import pytest

from butler.engine.call import Makes, Target
from butler.engine.dialects.canonical import Conversation, Role, Text
from butler.engine.dialects.openai_completions import OpenAICompletions
from butler.engine.errors import ClientError

DIALECT = OpenAICompletions()


def conversation(**fields: Any) -> Conversation:
    """What a request says as a conversation."""
    body = json.dumps({"prompt": "Go on", **fields}).encode()
    return DIALECT.conversation(DIALECT.read_request(body))


def test_a_prompt_is_what_the_user_says() -> None:
    told = conversation(max_tokens=5, temperature=0, stop=["a", "b"], seed=1, logprobs=2)
    assert [(it.role, it.parts) for it in told.messages] == [(Role.USER, (Text("Go on"),))]
    assert (told.max_tokens, told.temperature, told.stop) == (5, 0, ("a", "b"))
    assert (told.seed, told.likeliest, told.left_out) == (1, 2, ())


def test_what_no_chat_is_asked_is_told() -> None:
    told = conversation(best_of=2, logit_bias={"5": 1}, odd=1, n=1, user="me")
    assert told.left_out == ("best_of", "logit_bias", "odd")
    assert conversation(best_of=1, logit_bias={}, n=None).left_out == ()


def test_rules_read_every_prompt() -> None:
    request = DIALECT.read_request(b'{"prompt": ["a", "b"], "model": "m"}')
    assert [part["text"] for part in request.messages[0]["content"]] == ["a", "b"]
    assert (request.model, request.makes) == ("m", Makes.COMPLETION)


@pytest.mark.parametrize(
    "fields", [{"prompt": ["a", "b"]}, {"prompt": [[1]]}, {"prompt": [1]}, {"suffix": "z"}]
)
def test_what_a_chat_can_not_do_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ClientError, match="complete texts"):
        conversation(**fields)


@pytest.mark.parametrize("body", [b"{}", b'{"prompt": []}', b'{"prompt": 5}', b"[]", b"{"])
def test_what_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(ClientError):
        DIALECT.read_request(body)


def test_the_bytes_pass_but_for_the_name() -> None:
    body = b'{"model":"auto", "prompt":"a", "odd":1.0}'
    out = DIALECT.write_request(DIALECT.read_request(body), "alpha", ask_usage=True)
    assert out == body.replace(b"auto", b"alpha")
    relay = DIALECT.relay(DIALECT.read_request(body), Target("acme", "alpha"))
    answer = DIALECT.read_reply(b'{"model":"alpha","choices":[{"text":"b"}]}')
    assert relay.write([answer]) == b'{"model":"acme/alpha","choices":[{"text":"b"}]}'
