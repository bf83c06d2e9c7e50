"""What passes through passes through whole: only the model's name is another."""

from butler.engine.call import Target
from butler.engine.dialects.openai_reader import ChatStreamReader
from butler.engine.dialects.openai_relay import ChatRelay

STREAM = (
    b": keepalive\n\n"
    b'data: {"id":"1","model":"m-1","choices":[{"delta":{"content":"the \\"model\\""}}]}\n\n'
    b'data: {"id":"1","model":"m-1","choices":[],"usage":{"prompt_tokens":1}}\n\n'
    b"data: [DONE]\n\n"
)


def relayed(*, drop_usage: bool) -> bytes:
    relay = ChatRelay(Target("acme", "alpha"), drop_usage=drop_usage)
    return relay.write(ChatStreamReader().feed(STREAM)) + relay.close()


def test_only_the_name_changes() -> None:
    assert relayed(drop_usage=False) == STREAM.replace(b"m-1", b"acme/alpha")


def test_usage_that_nobody_asked_for() -> None:
    assert b"usage" not in relayed(drop_usage=True)
    assert b"too hot" in ChatRelay(Target("a", "b"), drop_usage=True).error("too hot", "cut")
