"""An upstream's answer on its way to a client, without the sockets: all else is the real thing."""

from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from butler.engine.builtin import DIALECTS
from butler.engine.call import Call, Target
from butler.engine.dialects.base import Dialect
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.hub import Asked, answer_writer
from butler.engine.dispatch.answer import first_error, open_answer
from butler.engine.errors import UpstreamError
from butler.engine.providers.base import Provider
from tests.engine.calls import new_call
from tests.golden.answers import Pair
from tests.golden.upstreams import provider_of

TARGET = Target("vendor", "model")
INPUT_TOKENS = 10
"""What the prompt is estimated at, for who must be told before the provider has counted."""
_ASKED: Mapping[str, Mapping[str, Any]] = {
    "openai_chat": {"messages": [{"role": "user", "content": "Hi"}]},
    "openai_responses": {"input": "Hi"},
    "anthropic_messages": {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 99},
    "gemini": {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]},
}


@dataclass(frozen=True, slots=True)
class Played:
    """What the client gets; `refused` where the answer failed before there was any content."""

    body: bytes
    warnings: tuple[str, ...]
    refused: UpstreamError | None = None


class Arriving:
    """An upstream's answer in the pieces in which it comes; stands in for the socket's end."""

    status = 200

    def __init__(self, pieces: Sequence[bytes], *, is_stream: bool) -> None:
        self._pieces = pieces
        self.is_stream = is_stream
        self.is_complete = False
        self.headers: Mapping[str, str] = {}

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield them, until the answer is said to be complete."""
        for piece in self._pieces:
            if self.is_complete:
                return
            yield piece

    async def body(self) -> bytes:
        """Return all of them."""
        return b"".join(self._pieces)


class Stage:
    """One pair of dialects in which answers can be played again and again."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._provider: Provider = provider_of(pair.said_in)
        self._client, self._call = _asking(pair)

    def play(self, pieces: Sequence[bytes]) -> Played:
        """Take an answer that comes in these pieces the way that answers take."""
        return _run(self._play(pieces))

    async def _play(self, pieces: Sequence[bytes]) -> Played:
        warnings: list[str] = []
        arriving = Arriving(pieces, is_stream=self._pair.stream)
        try:
            answer = await open_answer(self._call, self._provider, arriving)
        except UpstreamError as error:
            return Played(b"", (), error)
        asked = Asked(self._client, self._call.asked, TARGET, INPUT_TOKENS, warnings)
        writer = answer_writer(asked, answer.dialect, whole=not self._pair.stream)
        out, failed = [], False
        try:
            async for batch in answer.batches:
                out.append(writer.write(batch))
                failed = failed or first_error(batch) is not None
            if not failed:
                out.append(writer.close())
        except UpstreamError as error:
            out.append(writer.error(error.message, error.kind.value))
        return Played(b"".join(out), tuple(warnings))


def body_of(dialect: str, *, stream: bool) -> dict[str, Any]:
    """Return a small request of a dialect; where its model and manner stand in it, with both."""
    body = dict(_ASKED[dialect])
    if dialect == "gemini":
        return body
    body |= {"model": "auto"} | ({"stream": True} if stream else {})
    if stream and dialect == "openai_chat":
        body["stream_options"] = {"include_usage": True}
    return body


def _asking(pair: Pair) -> tuple[Dialect, Call]:
    body = body_of(pair.got_in, stream=pair.stream) | pair.case.asked.get(pair.got_in, {})
    dialect = DIALECTS[pair.got_in]
    if isinstance(dialect, Gemini):
        dialect = dialect.at("auto", stream=pair.stream)
    call = new_call()
    call.request = dialect.read_request(orjson.dumps(body))
    return dialect, call


def _run(play: Coroutine[Any, Any, Played]) -> Played:
    """Run what never waits, without a loop: there are many thousands of these."""
    try:
        play.send(None)
    except StopIteration as done:
        played: Played = done.value
        return played
    raise RuntimeError("an answer that is all there was waited for")
