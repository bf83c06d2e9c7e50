"""A kept answer goes out again, as a stream or whole, in the dialect of whoever asks now."""

from aiohttp import web

from butler.engine.call import Call, Replay, Usage, UsageSource
from butler.engine.dialects.base import Delta, Dialect
from butler.engine.dialects.canonical import Called, Piece, Said
from butler.engine.kept import KeptAnswer
from butler.engine.server.headers import reply_headers
from butler.engine.server.stream import ReplyStream

_OK = 200


async def send_kept(
    request: web.Request, call: Call, dialect: Dialect, verdict: Replay
) -> web.StreamResponse:
    """Send an answer that was given before, with the usage that it had then."""
    body = _written(call, dialect, verdict)
    streamed = call.asked.stream
    headers = {dialect.id_header: call.id, **reply_headers(call)}
    headers["Content-Type"] = dialect.stream_type if streamed else "application/json"
    if streamed:
        headers["Cache-Control"] = "no-cache"
    response = web.Response(status=_OK, body=body, headers=headers)
    await response.prepare(request)
    await response.write_eof()
    call.mark_first_content()
    call.end(_OK)
    return response


async def stream_kept(
    stream: ReplyStream, call: Call, dialect: Dialect, verdict: Replay
) -> web.StreamResponse:
    """Send one to a client that was waiting, in the reply that may have begun with heartbeats."""
    more = {dialect.id_header: call.id}
    await stream.write(_written(call, dialect, verdict), more)
    call.mark_first_content()
    call.end(_OK)
    return await stream.end()


def _written(call: Call, dialect: Dialect, verdict: Replay) -> bytes:
    kept, asked = verdict.answer, call.asked
    call.target = verdict.target
    _note(call, kept)
    call.mark_answering()
    writer = dialect.translator(asked, verdict.target, whole=not asked.stream)
    delta = Delta(b"", kept.text, content=True, usage=call.usage, finish=kept.finish, done=True)
    return writer.write(delta, _pieces(kept)) + writer.close()


def _note(call: Call, kept: KeptAnswer) -> None:
    """Tell the ledger of the answer what it would hear of one that comes from a provider."""
    call.usage, call.finish = _usage(kept), kept.finish
    said = [kept.text, *(word for one in kept.calls for word in (one.name, one.arguments))]
    for words in filter(None, said):
        call.answer_tally.add(words)
        if call.runtime.keeps_answers:
            call.answer_words.append(words)


def _pieces(kept: KeptAnswer) -> list[Piece]:
    pieces: list[Piece] = [Said(kept.text)] if kept.text else []
    pieces += [
        Called(index, call.id, call.name, call.arguments) for index, call in enumerate(kept.calls)
    ]
    return pieces


def _usage(kept: KeptAnswer) -> Usage:
    known = kept.input_tokens is not None and kept.output_tokens is not None
    source = UsageSource.REPORTED if known else UsageSource.UNKNOWN
    return Usage(kept.input_tokens, kept.output_tokens, source=source)
