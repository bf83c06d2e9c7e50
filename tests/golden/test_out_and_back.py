"""Out and back: what a dialect's writer says, its own reader understands, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.builtin import DIALECTS
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.anthropic_request import Wanted
from butler.engine.dialects.canonical import Conversation
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.gemini_request import Wanted as GeminiWanted
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_responses import OpenAIResponses
from tests.golden.conversations import WORDS, conversations, normal


def written(conversation: Conversation, dialect: str) -> bytes:
    """A conversation as a dialect says it."""
    match DIALECTS[dialect]:
        case OpenAIChat() as chat:
            return chat.write_conversation(conversation, "m", ask_usage=False)
        case OpenAIResponses() as responses:
            return responses.write_conversation(conversation, "m", thinks=False)
        case AnthropicMessages() as messages:
            return messages.write_conversation(conversation, Wanted("m"))
        case Gemini() as gemini:
            return gemini.write_conversation(conversation, GeminiWanted())
    raise AssertionError(dialect)


def read(raw: bytes, dialect: str, *, stream: bool) -> Conversation:
    """What a dialect's reader makes of a body."""
    client = DIALECTS[dialect]
    if isinstance(client, Gemini):
        client = client.at("m", stream=stream)
    return client.conversation(client.read_request(raw))


@pytest.mark.parametrize("dialect", sorted(WORDS))
@given(data=st.data())
def test_nothing_is_lost(dialect: str, data: st.DataObject) -> None:
    said = data.draw(conversations(dialect))
    back = read(written(said, dialect), dialect, stream=said.stream)
    assert normal(back) == normal(said)
