"""Every golden reply, from every kind of provider, to the clients of every dialect.

What comes out is read by the vendor's own library. However the network cuts what comes in, the
same bytes go out, but for ids and times. `MATRIX=complete` tries each pair of dialects with every
cut; otherwise each pair is tried with one way of cutting.
"""

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
import pytest

from tests.golden.answers import IN, OUT, Pair, pairs, replies
from tests.golden.played import TARGET, Played, Stage
from tests.golden.sdks import stream_of, whole_of

_COMPLETE = os.environ.get("MATRIX") == "complete"
_OTHER_EACH_TIME = re.compile(
    rb'"(id|item_id|call_id|responseId|encrypted_content|thoughtSignature)":"[^"]*"'
    rb'|"(created|created_at)":\d+'
)
_SOME_CUTS = 5


def taken() -> Iterator[Pair]:
    """The pairs of a run: all of them, or each streamed or whole."""
    for number, pair in enumerate(pairs()):
        both = {"whole", "stream"} <= pair.case.said[pair.said_in].keys()
        if _COMPLETE or not both or pair.stream == bool((number // 2) % 2):
            yield pair


@pytest.mark.parametrize("pair", tuple(taken()), ids=str)
def test_what_the_client_gets(pair: Pair) -> None:
    stage, said = Stage(pair), said_in_bytes(pair)
    played = stage.play([said])
    is_passed = pair.said_in == pair.got_in and played.refused is None
    if is_passed:
        check_passed(pair, played, said)
    elif pair.said_in != pair.got_in:
        check_got(pair, played)
    for pieces in cuts(pair, said):
        again = stage.play(pieces)
        if is_passed:
            check_passed(pair, again, b"".join(pieces))
        else:
            assert bare(again) == bare(played)


def said_in_bytes(pair: Pair) -> bytes:
    """What the upstream sends."""
    return pair.said.encode() if pair.stream else orjson.dumps(pair.said)


def check_passed(pair: Pair, played: Played, said: bytes) -> None:
    """Between equals the very bytes go on: only the model is named anew, and a break is told."""
    names = rb'"(model|modelVersion)": ?"(?!' + re.escape(str(TARGET)).encode() + rb')[^"]*"'
    assert not re.search(names, played.body)
    named = re.compile(rb'("(?:model|modelVersion)": ?)"[^"]*"')
    label = rb'\1"' + str(TARGET).encode() + b'"'
    got, passed = named.sub(label, played.body), named.sub(label, said)
    assert got.startswith(passed)
    if more := got.removeprefix(passed):
        assert stream_of(pair.got_in, more).steps[-1].startswith(("error", "failed"))
    assert played.warnings == ()


def check_got(pair: Pair, played: Played) -> None:
    """Compare what the vendor's library makes of it with the golden file."""
    expected = pair.case.expected(pair)
    if played.refused is not None:
        assert expected["refused"] == played.refused.message
        return
    if pair.stream:
        got = stream_of(pair.got_in, played.body)
        assert got.answer == expected
        assert got.steps == pair.case.steps(pair)
    else:
        assert whole_of(pair.got_in, played.body) == expected
    assert set(played.warnings) == pair.case.warnings(pair)


def cuts(pair: Pair, said: bytes) -> Iterator[Sequence[bytes]]:
    """Ways in which the network may bring a stream."""
    if not pair.stream:
        return
    windows = said.replace(b"\n", b"\r\n")
    yield from ([one[at : at + 1] for at in range(len(one))] for one in (said, windows))
    yield [windows]
    step = 1 if _COMPLETE else max(1, len(said) // _SOME_CUTS)
    yield from ([said[:at], said[at:]] for at in range(1, len(said), step))


def bare(played: Played) -> Any:
    """What must be the same each time."""
    why = played.refused and (played.refused.kind, played.refused.message)
    return _OTHER_EACH_TIME.sub(rb"\1\2", played.body), played.warnings, why


@pytest.mark.parametrize("case", replies(), ids=lambda case: case.name)
def test_a_case_is_whole(case: Any) -> None:
    assert case.shows
    assert case.said.keys() <= set(OUT)
    translated = {dialect for dialect in IN if case.said.keys() - {dialect}}
    assert case.got.keys() == translated
    if any("stream" in said for said in case.said.values()):
        assert case.flow.keys() == translated
