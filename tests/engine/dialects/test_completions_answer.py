"""Completions as they are written: with the prompt echoed, tokens with their places, an end."""

import json
from typing import Any

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Likely, Reasoned, Said
from butler.engine.dialects.completions_answer import CompletionChunks, WholeCompletion

TARGET = Target("acme", "alpha")
LIKELY = (Likely("Li", -0.1, others=(Likely("Li", -0.1), Likely("La", -2.0))), Likely("ght", -0.2))


def events(written: bytes) -> list[Any]:
    blocks = [block.removeprefix("data: ") for block in written.decode().split("\n\n") if block]
    return [block if block == "[DONE]" else json.loads(block) for block in blocks]


def test_a_stream_echoes_first_and_counts_places_from_there() -> None:
    writer = CompletionChunks(TARGET, "Dark.", wants_usage=True)
    out = writer.write(Delta(b""), [Reasoned("hm")])
    assert out == b""
    out += writer.write(Delta(b""), [Said("Light", likely=LIKELY)])
    out += writer.write(Delta(b"", finish="tool_calls", usage=Usage(1, 2)), [])
    told = events(out + writer.close())
    assert [chunk["choices"][0]["text"] for chunk in told[:3]] == ["Dark.", "Light", ""]
    assert told[1]["choices"][0]["logprobs"] == {
        "tokens": ["Li", "ght"],
        "token_logprobs": [-0.1, -0.2],
        "top_logprobs": [{"Li": -0.1, "La": -2.0}, {"ght": -0.2}],
        "text_offset": [5, 7],
    }
    assert told[2]["choices"][0]["finish_reason"] == "stop"
    assert (told[3]["choices"], told[3]["usage"]["total_tokens"], told[4]) == ([], 3, "[DONE]")


def test_a_prompt_is_echoed_though_nothing_follows() -> None:
    writer = CompletionChunks(TARGET, "Dark.", wants_usage=False)
    told = events(writer.write(Delta(b"", finish="length"), []) + writer.close())
    assert [chunk["choices"][0]["text"] for chunk in told[:-1]] == ["Dark.", ""]
    assert told[1]["choices"][0]["finish_reason"] == "length"


def test_an_error_has_no_proper_end() -> None:
    writer = CompletionChunks(TARGET, "", wants_usage=False)
    assert events(writer.write(Delta(b"", error="no"), []))[0]["error"]["message"] == "no"
    assert writer.close() == b""


def test_a_whole_completion() -> None:
    writer = WholeCompletion(TARGET, "Dark.")
    told = json.loads(
        writer.write(
            Delta(b"", finish="stop", usage=Usage(1, 2)),
            [Said("Light", likely=LIKELY), Called(0, "c", "f", "{}")],
        )
    )
    assert (told["object"], told["model"]) == ("text_completion", "acme/alpha")
    choice = told["choices"][0]
    assert (choice["text"], choice["finish_reason"]) == ("Dark.Light", "stop")
    assert choice["logprobs"]["text_offset"] == [5, 7]
    assert writer.close() == b""
    assert json.loads(writer.error("no", "x"))["error"]["code"] == "x"
