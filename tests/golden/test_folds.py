"""Whatever is said: a stream, folded by the vendor's own library, is the whole answer."""

import json
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.builtin import DIALECTS
from butler.engine.call import Usage, UsageSource
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Called, Finish, Piece, Reasoned, Said
from butler.engine.dialects.gemini import Gemini
from tests.golden.answers import IN
from tests.golden.played import TARGET, body_of
from tests.golden.sdks import stream_of, whole_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
COUNT = st.integers(0, 1000)
USAGES = st.builds(
    lambda given, cached, written, made, thought: Usage(
        given + cached + written,
        made + thought,
        cached,
        thought,
        UsageSource.REPORTED,
        written,
    ),
    *[COUNT] * 5,
)


def fragments(pieces: Sequence[Piece], data: st.DataObject) -> list[Piece]:
    """The same pieces with each call cut into its name and fragments of its arguments."""
    cut: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Called) or not piece.arguments:
            cut.append(piece)
            continue
        at = data.draw(st.integers(0, len(piece.arguments)))
        parts = (piece.arguments[:at], piece.arguments[at:])
        cut += [Called(piece.index, piece.id, piece.name)]
        cut += [Called(piece.index, arguments=part) for part in parts if part]
    return cut


def answers(*, refusals: bool) -> st.SearchStrategy[list[Piece]]:
    """Words and thoughts in any order; calls at the end, as models make them."""
    told = [st.builds(Reasoned, TEXT), st.builds(Said, TEXT)]
    if refusals:
        told.append(st.builds(Said, TEXT, st.just(value=True)))
    arguments = st.dictionaries(TEXT, TEXT, max_size=2).map(json.dumps)
    calls = st.lists(st.sampled_from(["clock", "weather"]).flatmap(
        lambda name: st.tuples(st.just(name), st.one_of(st.just(""), arguments))
    ), max_size=3)  # fmt: skip
    return st.builds(
        lambda said, made: [
            *said,
            *(Called(n, f"call_{n}", name, given) for n, (name, given) in enumerate(made)),
        ],
        st.lists(st.one_of(told), max_size=6),
        calls,
    )


@pytest.mark.parametrize("dialect", IN)
@given(data=st.data())
def test_a_stream_folded_is_the_whole(dialect: str, data: st.DataObject) -> None:
    pieces = data.draw(answers(refusals=dialect != "anthropic_messages"))
    finish = data.draw(st.sampled_from(Finish))
    usage = data.draw(USAGES)
    ended = Delta(b"", usage=usage, finish=finish, done=True)
    whole = translator(dialect, stream=False).write(ended, pieces)
    writer = translator(dialect, stream=True)
    raw = b"".join(writer.write(Delta(b""), [one]) for one in fragments(pieces, data))
    raw += writer.write(ended, []) + writer.close()
    assert stream_of(dialect, raw).answer == whole_of(dialect, whole)


def translator(dialect: str, *, stream: bool) -> Any:
    """The writer of an answer to a client of a dialect."""
    client = DIALECTS[dialect]
    if isinstance(client, Gemini):
        client = client.at("auto", stream=stream)
    request = client.read_request(orjson.dumps(body_of(dialect, stream=stream)))
    return client.translator(request, TARGET, whole=not stream)
