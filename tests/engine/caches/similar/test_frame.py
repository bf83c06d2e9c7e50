"""What is around the user's last words, in each protocol that has them."""

from typing import Any

import pytest

from butler.engine.caches.similar.frame import frame_of

TEXT = "How do I reverse a linked list?"
OTHER = "Who are you?"


def chat(text: str) -> dict[str, Any]:
    turns = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": text}]
    return {"model": "auto", "messages": turns}


def blocks(text: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": [{"type": "text", "text": text}]}]}


def spelled(text: str) -> dict[str, Any]:
    return {"input": text, "instructions": "Be brief."}


def items(text: str) -> dict[str, Any]:
    content = [{"type": "input_text", "text": text}]
    turns = [{"type": "message", "role": "user", "content": content}, {"role": "developer"}]
    return {"input": turns, "store": False}


def contents(text: str) -> dict[str, Any]:
    return {"contents": [{"parts": [{"text": text}]}], "generationConfig": {"topK": 3}}


WRITTEN = pytest.mark.parametrize("written", [chat, blocks, spelled, items, contents])


@WRITTEN
def test_the_words_alone_are_cut_out(written: Any) -> None:
    frame = frame_of(written(TEXT), TEXT)
    assert frame is not None
    assert TEXT not in str(frame)
    assert frame == frame_of(written(OTHER), OTHER)
    assert frame.keys() == written(TEXT).keys()


@WRITTEN
def test_what_stands_around_them_stays(written: Any) -> None:
    wrapped = written(f"<note>one</note>{TEXT}")
    assert frame_of(wrapped, TEXT) != frame_of(written(TEXT), TEXT)
    assert frame_of({**written(TEXT), "new": 1}, TEXT) != frame_of(written(TEXT), TEXT)


def test_one_turn_may_be_spelled_in_several_ways() -> None:
    plain = {"input": [{"role": "user", "content": TEXT}]}
    piece = {"type": "input_text", "text": TEXT}
    item = {"input": [{"type": "message", "role": "user", "content": [piece]}]}
    assert frame_of({"input": TEXT}, TEXT) == frame_of(plain, TEXT) == frame_of(item, TEXT)
    marked = {"messages": [{"role": "user", "content": [{**piece, "cache_control": {}}]}]}
    assert frame_of(marked, TEXT) != frame_of(chat(TEXT), TEXT)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"messages": "text"},
        {"messages": []},
        {"messages": [TEXT]},
        {"messages": [{"role": "user", "content": TEXT}, {"role": "assistant", "content": "So"}]},
        {"input": [{"role": "user", "content": TEXT}, {"type": "function_call_output"}]},
        {"contents": [{"role": "model", "parts": [{"text": TEXT}]}]},
        {"contents": [{"parts": {"text": TEXT}}]},
        {"messages": [{"role": "user", "content": OTHER}]},
        {"messages": [{"role": "user", "content": [None, {"type": "image"}]}]},
    ],
)
def test_what_does_not_end_with_them_has_no_frame(body: dict[str, Any]) -> None:
    assert frame_of(body, TEXT) is None
