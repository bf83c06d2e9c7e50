"""What is heard is kept where it is a whole, successful answer, and nothing else."""

from butler.engine.call import Call, Target
from butler.engine.dialects.capture import Capture
from butler.engine.dialects.openai_chat import OpenAIChat
from tests.engine.calls import HELLO, new_call

BODY = (
    b'{"id":"1","object":"chat.completion","model":"alpha","choices":[{"index":0,"message":'
    b'{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],'
    b'"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}'
)


def answered(finish: str | None = "stop", status: int = 200) -> Call:
    call = new_call(HELLO)
    call.target = Target("acme", "alpha")
    call.finish = finish
    call.end(status)
    return call


def heard(call: Call, most_bytes: int = 10_000) -> Capture:
    capture = Capture(call, most_bytes)
    dialect = OpenAIChat()
    capture.hear(dialect, [dialect.read_reply(BODY)])
    return capture


def test_a_whole_answer_is_kept() -> None:
    kept = heard(answered()).kept()
    assert kept is not None
    assert (kept.provider, kept.model, kept.text) == ("acme", "alpha", "Hello.")
    assert kept.finish == "stop"


def test_nothing_else_is_kept() -> None:
    assert heard(answered("length")).kept() is None
    assert heard(answered(None)).kept() is None
    assert heard(answered(status=500)).kept() is None
    assert heard(answered(), most_bytes=50).kept() is None
    assert Capture(answered()).kept() is None
