"""What Anthropic's answers say: ends, refusals in words, and what nobody else can say."""

import orjson
import pytest

from butler.engine.dialects.anthropic_reader import MessageStreamReader, pieces_of, read_reply
from butler.engine.dialects.canonical import Called, Finish, Heard, Said, Unsaid


def heard(*content: object, reason: str = "end_turn", **more: object) -> list[Heard]:
    """What a whole message says; a stream's end says the same."""
    message = {"type": "message", "content": content, "stop_reason": reason, **more}
    return list(pieces_of(read_reply(orjson.dumps(message)).data))


def ending(**told: object) -> bytes:
    data = orjson.dumps({"type": "message_delta", "delta": told, "usage": {"output_tokens": 3}})
    return b"event: message_delta\ndata: " + data + b"\n\n"


def test_a_refusal_in_words() -> None:
    details = {"type": "refusal", "category": None, "explanation": "Not this."}
    told = {"reason": "refusal", "stop_details": details}
    assert heard({"type": "text", "text": "Well"}, **told) == [
        Said("Well"),
        Said("Not this.", True),
    ]
    (delta,) = MessageStreamReader().feed(ending(stop_reason="refusal", stop_details=details))
    assert list(pieces_of(delta.data)) == [Said("Not this.", refused=True)]
    assert (delta.finish, delta.text) == (Finish.CONTENT_FILTER, "Not this.")
    assert heard(reason="refusal", stop_details=None) == []


@pytest.mark.parametrize(
    ("told", "stopped_by"),
    [
        ({"stop_reason": "stop_sequence", "stop_sequence": "END"}, "END"),
        ({"stop_reason": "stop_sequence"}, ""),
        ({"stop_reason": "end_turn", "stop_sequence": None}, None),
    ],
)
def test_which_sequence_ended_it(told: dict[str, str], stopped_by: str | None) -> None:
    (delta,) = MessageStreamReader().feed(ending(**told))
    assert (delta.finish, delta.stopped_by) == (Finish.STOP, stopped_by)
    assert read_reply(orjson.dumps({"content": [], **told})).stopped_by == stopped_by


def test_what_no_other_dialect_says_is_named() -> None:
    cited = {"type": "text", "text": "so", "citations": [{"type": "char_location"}]}
    searched = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}}
    assert heard(searched, cited) == [Unsaid("server_tool_use"), Said("so"), Unsaid("citations")]
    assert heard(reason="pause_turn") == [Unsaid("pause_turn")]
    assert heard(reason="something_new") == [Unsaid("something_new")]
    delta = {"type": "content_block_delta", "index": 0, "delta": {"type": "citations_delta"}}
    assert list(pieces_of(delta)) == [Unsaid("citations")]


def test_a_call_of_nothing_has_empty_arguments() -> None:
    for given in ({}, None):
        call = {"type": "tool_use", "id": "t", "name": "f", "input": given}
        assert heard(call) == [Called(0, "t", "f", "{}")]
