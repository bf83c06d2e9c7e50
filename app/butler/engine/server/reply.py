"""The way back: an answer to the client with back-pressure, and refusals in its protocol."""

from aiohttp import web

from butler.engine.call import Call
from butler.engine.dialects.base import AnswerWriter, Delta, Dialect
from butler.engine.dialects.hub import answer_writer
from butler.engine.dispatch.answer import REPORTED, Answer, first_error
from butler.engine.errors import ClientError, UpstreamError
from butler.engine.server.headers import reply_headers

GONE = 499
"""The log's status for a client that went away; it never travels."""


async def send_answer(
    request: web.Request, call: Call, dialect: Dialect, answer: Answer
) -> web.StreamResponse:
    """Send an answer to its end; a failure in the middle of a stream ends as an error event."""
    if call.target is None:
        raise RuntimeError("an answer without a target")
    whole = answer.rest is None
    writer = answer_writer(dialect, answer.dialect, call.asked, call.target, whole=whole)
    call.mark_answering()
    send = _send_whole if whole else _send_stream
    return await send(request, call, writer, answer)


async def _send_whole(
    request: web.Request, call: Call, writer: AnswerWriter, answer: Answer
) -> web.StreamResponse:
    note(call, answer.begun)
    headers = reply_headers(call)
    headers["Content-Type"] = answer.content_type
    body = writer.write(answer.begun)
    response = web.Response(status=answer.status, body=body, headers=headers)
    await response.prepare(request)
    await response.write_eof()
    call.mark_first_content()
    call.end(answer.status)
    return response


async def _send_stream(
    request: web.Request, call: Call, writer: AnswerWriter, answer: Answer
) -> web.StreamResponse:
    headers = reply_headers(call)
    headers["Content-Type"] = answer.content_type
    headers["Cache-Control"] = "no-cache"
    response = web.StreamResponse(status=answer.status, headers=headers)
    await response.prepare(request)
    try:
        async for batch in answer.batches:
            note(call, batch)
            out = writer.write(batch)
            if out:
                await response.write(out)
                call.mark_first_content()
            if first_error(batch) is not None:
                call.end(502, REPORTED)
        if tail := writer.close():
            await response.write(tail)
    except UpstreamError as error:
        call.end(error.status, error.for_log)
        await response.write(writer.error(error.message, error.kind.value))
    await response.write_eof()
    call.end(answer.status)
    return response


def note(call: Call, batch: list[Delta]) -> None:
    """Keep of an answer what the ledger needs: usage, how it ended, and text to estimate from."""
    for delta in batch:
        if delta.usage is not None:
            call.usage = delta.usage
        if delta.finish is not None:
            call.finish = delta.finish
        if delta.text:
            call.answer_texts.append(delta.text)


async def send_refusal(
    request: web.Request, call: Call, dialect: Dialect, error: ClientError | UpstreamError
) -> web.StreamResponse:
    """Send an error: a provider's own words and status where it sent some, else ours."""
    call.mark_answering()
    headers = reply_headers(call) | {"Content-Type": "application/json"}
    if isinstance(error, ClientError):
        body = dialect.error_body(error.message, error.type, error.code, error.param)
    else:
        body = _upstream_body(dialect, error)
        if error.retry_after:
            headers["Retry-After"] = error.retry_after
    response = web.Response(status=error.status, body=body, headers=headers)
    call.end(error.status, error.message if isinstance(error, ClientError) else error.for_log)
    await response.prepare(request)
    await response.write_eof()
    return response


def _upstream_body(dialect: Dialect, error: UpstreamError) -> bytes:
    """Return a vendor's words as it wrote them where the client speaks its dialect, else anew."""
    if error.dialect in (None, dialect.name) and dialect.is_error_body(error.body):
        return error.body
    return dialect.error_body(error.message, "upstream_error", error.kind.value, None)


def mark_gone(call: Call) -> None:
    """Note that the client went away before its answer was complete."""
    call.end(GONE, "The client went away before the answer was complete.")
