"""What can not be said in a provider's dialect is a failure of that target alone."""

import orjson
import pytest

from butler.engine.call import Call, Target
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.canonical import Conversation, Message, Role, Text, Thought
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.errors import ClientError, FailureKind, UpstreamError
from butler.engine.providers.translating import (
    conversation_of,
    translated,
    with_own_thoughts,
)
from tests.engine.calls import HELLO, new_call

TARGET, OTHER = Target("acme", "alpha"), Target("other", "beta")


def refusing(_call: Call, _target: Target) -> bytes:
    raise ClientError(400, "unsupported_content", "No audio.")


def test_it_moves_on() -> None:
    assert translated(new_call(HELLO), TARGET, lambda *_: b"{}") == b"{}"
    with pytest.raises(UpstreamError) as failed:
        translated(new_call(HELLO), TARGET, refusing)
    assert (failed.value.kind, failed.value.status) == (FailureKind.UNSUPPORTED, 400)
    assert str(failed.value) == "acme/alpha can not be asked this. No audio."
    assert "audio" not in failed.value.for_log


def test_what_is_left_out_is_told_once() -> None:
    call = new_call()
    body = {"input": "Hi", "tools": [{"type": "web_search"}]}
    call.request = OpenAIResponses().read_request(orjson.dumps(body))
    for _ in range(2):
        assert conversation_of(call, OpenAIChat()).tools == ()
    assert call.warnings == ["left out: the tool `web_search`, which only its vendor runs"]


def test_what_the_provider_has_no_words_for_is_told() -> None:
    call = new_call()
    body = {"messages": [{"role": "user", "content": HELLO}], "top_k": 5, "stop": []}
    call.request = AnthropicMessages().read_request(orjson.dumps(body))
    assert conversation_of(call, OpenAIChat()).top_k == 5
    assert call.warnings == ["left out: top_k"]


def thoughts(target: Target | None, *given: Thought, signs: bool = True) -> list[Thought]:
    call = new_call(HELLO)
    call.runtime.live.signed(TARGET, "own")
    call.runtime.live.signed(OTHER, "foreign")
    conversation = Conversation((Message(Role.ASSISTANT, (Text("Hi"), *given)),))
    found = with_own_thoughts(conversation, call, target, signs=signs)
    assert found.messages[0].parts[0] == Text("Hi")
    return list(found.thoughts)


def test_thoughts_go_back_to_the_one_who_thought_them() -> None:
    own, told = Thought("Hm.", "own"), Thought("So.", signer=str(TARGET))
    foreign, sealed = Thought("Ha.", "foreign"), Thought(sealed="foreign")
    unknown = Thought("Oh.", "of nobody")
    kept = thoughts(TARGET, own, told, foreign, sealed, unknown)
    assert kept == [Thought("Hm.", "own", signer=str(TARGET)), told, Thought("Ha."), Thought("Oh.")]
    assert thoughts(OTHER, told, sealed) == [
        Thought("So."),
        Thought(sealed="foreign", signer=str(OTHER)),
    ]
    assert thoughts(None, own, told) == [Thought("Hm."), Thought("So.")]


def test_unsigned_thoughts_are_those_of_who_never_signs() -> None:
    """Some clients keep no more than the words, and some models want these back."""
    unsigned, told = Thought("Hm."), Thought("So.", signer=str(OTHER))
    kept = thoughts(TARGET, unsigned, told, Thought("Ha.", "foreign"), signs=False)
    assert kept == [Thought("Hm.", signer=str(TARGET)), Thought("So."), Thought("Ha.")]
    assert thoughts(None, unsigned, signs=False) == [unsigned]
