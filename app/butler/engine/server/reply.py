"""The way back: an answer to the client with back-pressure, and refusals in its protocol."""

from collections.abc import Mapping

import orjson
from aiohttp import web

from butler.engine.call import Call
from butler.engine.dialects.base import Delta, Dialect, ProviderDialect
from butler.engine.dialects.hub import Asked, answer_writer, chunk_writer
from butler.engine.dispatch.answer import REPORTED, Answer, first_error
from butler.engine.errors import ClientError, FailureKind, UpstreamError
from butler.engine.providers.retry_after import seconds_of
from butler.engine.server.headers import reply_headers
from butler.engine.server.relayed import relayed
from butler.engine.server.statuses import is_ours, status_of, words_of
from butler.engine.server.stream import ReplyStream

GONE = 499
"""The log's status for a client that went away; it never travels."""
_LONGEST_WAIT_S = 60
"""Clients that are told to wait for longer wait it out, or give up at once."""


async def send_whole(
    request: web.Request, call: Call, dialect: Dialect, answer: Answer
) -> web.StreamResponse:
    """Send an answer that has come in one piece."""
    writer = answer_writer(_asked(call, dialect, answer.dialect), answer.dialect, whole=True)
    call.mark_answering()
    note(call, answer.begun, answer.dialect)
    headers = {**_with_id(relayed(answer.exchange.headers), call, dialect), **reply_headers(call)}
    headers["Content-Type"] = "application/json"
    response = web.Response(status=answer.status, body=writer.write(answer.begun), headers=headers)
    await response.prepare(request)
    await response.write_eof()
    call.mark_first_content()
    call.end(answer.status)
    return response


async def send_stream(
    stream: ReplyStream, call: Call, dialect: Dialect, answer: Answer
) -> web.StreamResponse:
    """Send a stream to its end; a failure in the middle of it ends as an error event."""
    asked = _asked(call, dialect, answer.dialect)
    if answer.rest is None:
        writer = chunk_writer(asked, answer.dialect)
    else:
        writer = answer_writer(asked, answer.dialect, whole=False)
    call.mark_answering()
    more = _with_id(relayed(answer.exchange.headers), call, dialect)
    try:
        async for batch in answer.batches:
            note(call, batch, answer.dialect)
            out = writer.write(batch)
            if out:
                await stream.write(out, more)
                call.mark_first_content()
            if first_error(batch) is not None:
                answer.broke_off(REPORTED)
                call.end(502, REPORTED)
        if call.ended_ns is None and (tail := writer.close()):
            await stream.write(tail, more)
    except UpstreamError as error:
        call.end(status_of(error), error.for_log)
        await stream.write(writer.error(words_of(call, error), error.kind.value), more)
    response = await stream.end(more)
    call.end(answer.status)
    return response


async def fail_stream(
    stream: ReplyStream, call: Call, dialect: Dialect, error: UpstreamError
) -> web.StreamResponse:
    """Tell of a failure in a reply whose headers are out already."""
    call.mark_answering()
    call.end(status_of(error), error.for_log)
    target = call.attempts[-1].target
    writer = chunk_writer(Asked(dialect, call.asked, target), dialect)
    words = words_of(call, error)
    if error.kind is FailureKind.CONTEXT:
        words = orjson.loads(dialect.too_long_body(words))["error"]["message"]
    await stream.write(writer.error(words, error.kind.value))
    return await stream.end()


def _asked(call: Call, client: Dialect, provider: ProviderDialect) -> Asked:
    if call.target is None:
        raise RuntimeError("an answer without a target")
    # Equals pass the provider's own counts through: nothing needs to be estimated.
    known = 0 if client.name == provider.name else call.known.input_tokens
    return Asked(client, call.asked, call.target, known, call.warnings)


def _with_id(headers: Mapping[str, str], call: Call, dialect: Dialect) -> dict[str, str]:
    """Put our id where clients look for their vendor's, unless the vendor has given one."""
    given = any(name.lower() == dialect.id_header for name in headers)
    return {**headers} if given else {**headers, dialect.id_header: call.id}


def note(call: Call, batch: list[Delta], dialect: ProviderDialect) -> None:
    """Keep of an answer what the ledger needs: usage, how it ended, and how much was said."""
    if call.capture is not None:
        call.capture.hear(dialect, batch)
    for delta in batch:
        if delta.usage is not None:
            call.usage = delta.usage
        if delta.finish is not None:
            call.finish = delta.finish
        if delta.signed and call.target is not None:
            for signature in delta.signed:
                call.runtime.live.signed(call.target, signature)
        if delta.text:
            call.answer_tally.add(delta.text)
            if call.runtime.keeps_answers:
                call.answer_words.append(delta.text)


async def send_refusal(
    request: web.Request, call: Call, dialect: Dialect, error: ClientError | UpstreamError
) -> web.StreamResponse:
    """Send an error: a provider's own words and status where they are good for it, else ours."""
    call.mark_answering()
    headers = reply_headers(call)
    if isinstance(error, ClientError):
        body = dialect.error_body(error.message, error.type, error.code, error.param)
        headers |= error.headers
    else:
        body = _upstream_body(call, dialect, error)
        headers = {**relayed(error.headers), **headers, **_waiting(error)}
    headers = _with_id(headers, call, dialect)
    headers["Content-Type"] = "application/json"
    status = error.status if isinstance(error, ClientError) else status_of(error)
    response = web.Response(status=status, body=body, headers=headers)
    call.end(status, error.message if isinstance(error, ClientError) else error.for_log)
    await response.prepare(request)
    await response.write_eof()
    return response


def _upstream_body(call: Call, dialect: Dialect, error: UpstreamError) -> bytes:
    """Return a vendor's words as it wrote them where the client speaks its dialect, else anew."""
    if is_ours(error):
        words = words_of(call, error)
        return dialect.error_body(words, "invalid_request_error", error.kind.value, None)
    own = error.dialect in (None, dialect.name) and dialect.is_error_body(error.body)
    if own and (error.kind is not FailureKind.CONTEXT or error.kind.value.encode() in error.body):
        return error.body
    if error.kind is FailureKind.CONTEXT:
        return dialect.too_long_body(error.message)
    return dialect.error_body(error.message, "upstream_error", error.kind.value, None)


def _waiting(error: UpstreamError) -> dict[str, str]:
    """Return how long to wait where the vendor says so: its own words, unless it is for long."""
    if error.retry_after is None:
        return {}
    seconds = seconds_of(error.retry_after)
    is_long = seconds is not None and seconds > _LONGEST_WAIT_S
    return {"Retry-After": str(_LONGEST_WAIT_S) if is_long else error.retry_after}


def mark_gone(call: Call) -> None:
    """Note that the client went away before its answer was complete."""
    call.end(GONE, "The client went away before the answer was complete.")
