"""Every golden case, in every dialect that can ask it, to every kind of provider.

`MATRIX=complete` runs each pair streamed and whole; otherwise one of the two is taken.
"""

import os
from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from butler.engine.errors import UpstreamError
from tests.golden.cases import IN, OUT, Pair, cases, pairs
from tests.golden.shapes import problems_of
from tests.golden.upstreams import CONTEXT_TOKENS, Sent, is_there, model_of, send

_MODEL_IN_ADDRESS = ("gemini",)
_ALWAYS = {"truncate": False, "shift": False}
"""What Ollama is always told: to refuse what is too long, instead of cutting it."""
_PAIRS = [
    pair
    for pair in pairs(complete=os.environ.get("MATRIX") == "complete")
    if is_there(pair.sent_in)
]


@pytest.mark.parametrize("pair", _PAIRS, ids=str)
def test_what_is_sent(pair: Pair) -> None:
    asked = streamed(pair.case.asked[pair.asked_in], pair.asked_in, stream=pair.stream)
    model = model_of(pair.sent_in, pair.case.models)
    raw = orjson.dumps(asked)
    if pair.asked_in == pair.sent_in:
        sent = send(pair.asked_in, raw, pair.sent_in, stream=pair.stream, model=model)
        fitted = pair.case.fitted(pair.sent_in)
        if fitted is None:
            assert sent.raw == passed(raw, pair, model)
        else:
            named = {**fitted, "model": model}
            assert sent.body == streamed(named, pair.sent_in, stream=pair.stream, sent=True)
        return
    expected = pair.case.expected(pair.asked_in, pair.sent_in)
    try:
        sent = send(pair.asked_in, raw, pair.sent_in, stream=pair.stream, model=model)
    except UpstreamError as error:
        assert expected.get("refused", "an answer") in str(error)
        return
    check_address(sent, pair, model)
    assert sent.body == streamed(expected, pair.sent_in, stream=pair.stream, sent=True)
    assert set(sent.warnings) == pair.case.warnings(pair.asked_in, pair.sent_in)


def streamed(body: Mapping[str, Any], dialect: str, *, stream: bool, sent: bool = False) -> Any:
    """Return a request that is to be streamed, or not, as a dialect says it."""
    plain = {key: it for key, it in body.items() if key not in ("stream", "stream_options")}
    match dialect:
        case "gemini":
            return body
        case "ollama":
            options = {"num_ctx": CONTEXT_TOKENS, **plain.get("options", {})}
            return {**plain, **_ALWAYS, "options": options, "stream": stream}
        case "openai_chat" if stream and sent:
            return {**plain, "stream": True, "stream_options": {"include_usage": True}}
    return {**plain, "stream": True} if stream else plain


def passed(raw: bytes, pair: Pair, model: str) -> bytes:
    """Return a client's own bytes with only the model changed, and usage asked for."""
    if pair.sent_in in _MODEL_IN_ADDRESS:
        return raw
    changed = raw.replace(b'"model":"auto"', b'"model":' + orjson.dumps(model), 1)
    if pair.sent_in == "openai_chat" and pair.stream:
        return b'{"stream_options":{"include_usage":true},' + changed[1:]
    return changed


def check_address(sent: Sent, pair: Pair, model: str) -> None:
    """Where the address names model and manner, they stand there."""
    if pair.sent_in in _MODEL_IN_ADDRESS:
        manner = "streamGenerateContent?alt=sse" if pair.stream else "generateContent"
        assert sent.url.endswith(f"/models/{model}:{manner}")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_vendors_would_take_it(case: Any) -> None:
    """The vendors' own SDKs have types for what is asked and for what is sent."""
    found = []
    for side, bodies in (("asked", case.asked), ("sent", case.sent)):
        for dialect, body in bodies.items():
            if "refused" not in body:
                beyond = frozenset(case.beyond.get(dialect, ()))
                found += [f"{side} {dialect}{it}" for it in problems_of(dialect, body, beyond)]
    assert found == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_case_is_whole(case: Any) -> None:
    assert case.shows
    assert case.asked.keys() <= set(IN)
    assert case.sent.keys() == set(OUT)
    for dialect, body in case.asked.items():
        if dialect not in _MODEL_IN_ADDRESS:
            assert body["model"] == "auto"
