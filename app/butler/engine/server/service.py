"""Services, such as embeddings or speech: a call's way through the house, from top to bottom."""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from aiohttp import web

from butler.engine.call import Call, Request
from butler.engine.dialects.base import Delta
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member
from butler.engine.dialects.openai_answer import error_event
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.services.base import Service
from butler.engine.dispatch.answer import REPORTED, Answer, first_error
from butler.engine.errors import UpstreamError
from butler.engine.server import guard
from butler.engine.server.body import read_request
from butler.engine.server.frame import framed
from butler.engine.server.headers import reply_headers
from butler.engine.server.relayed import relayed
from butler.engine.server.reply import note
from butler.engine.server.serving import Serving, ServingRuntime

_MODEL = Member("model", STRING_OR_NULL)
_EVENTS = "text/event-stream"
_TRAVELLING = ("Content-Type", "Content-Disposition")


class ServiceEndpoint:
    """Answers one service; nothing of a request or an answer is changed but the model's name."""

    def __init__(self, serving: Serving, service: Service) -> None:
        self._serving = serving
        self._service = service
        # All services tell their errors as chat completions do.
        self._dialect = OpenAIChat()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Guard, read, choose, dispatch, reply; and record, whatever happened."""
        return await framed(self._serving, self._service.name, self._dialect, request, self._answer)

    async def _answer(
        self, request: web.Request, call: Call, runtime: ServingRuntime
    ) -> web.StreamResponse:
        call.caller = guard.admit(request, runtime, self._serving.failed_tokens)
        guard.check_open(runtime)
        self._serving.request_limits.count(call.caller)
        typed = _Typed(self._service, request.headers.get("Content-Type", ""))
        call.request = await read_request(request, call, typed)
        call.explicit = runtime.names.resolve(call.request.model)
        guard.check_model(call.caller, call.explicit)
        verdict = await runtime.services.decide(call)
        try:
            answer = await self._serving.dispatcher.answer(call, verdict.targets, runtime.providers)
        except UpstreamError as error:
            # Whoever serves this tells errors as OpenAI does, in words that may pass.
            error.dialect = None
            raise
        try:
            return await _send(request, call, answer)
        finally:
            answer.close()


@dataclass(frozen=True, slots=True)
class _Typed:
    """A service, and what the client calls its body."""

    service: Service
    content_type: str

    def read_request(self, body: bytes) -> Request:
        """Read a request; raises ClientError where it is none."""
        return self.service.read_request(body, self.content_type)


async def _send(request: web.Request, call: Call, answer: Answer) -> web.StreamResponse:
    """Send an answer on, whole or as it comes."""
    call.mark_answering()
    upstream = answer.exchange.headers
    headers = {"x-request-id": call.id, **relayed(upstream), **reply_headers(call)}
    headers |= {name: upstream[name] for name in _TRAVELLING if name in upstream}
    if answer.rest is None:
        return await _send_whole(request, call, answer, headers)
    response = web.StreamResponse(status=answer.status, headers=headers)
    await response.prepare(request)
    try:
        async for batch in answer.batches:
            note(call, batch, answer.dialect)
            if data := b"".join([_named(delta, call) for delta in batch]):
                await response.write(data)
                call.mark_first_content()
            if first_error(batch) is not None:
                answer.broke_off(REPORTED)
                call.end(502, REPORTED)
    except UpstreamError as error:
        call.end(error.status, error.for_log)
        await _break_off(request, response, error)
    await response.write_eof()
    call.end(answer.status)
    return response


async def _send_whole(
    request: web.Request, call: Call, answer: Answer, headers: Mapping[str, str]
) -> web.Response:
    note(call, answer.begun, answer.dialect)
    body = b"".join([_named(delta, call) for delta in answer.begun])
    response = web.Response(status=answer.status, body=body, headers=headers)
    await response.prepare(request)
    await response.write_eof()
    call.mark_first_content()
    call.end(answer.status)
    return response


async def _break_off(
    request: web.Request, response: web.StreamResponse, error: UpstreamError
) -> None:
    """Tell of a failure where events can; what is sound must end as it failed, without an end."""
    if response.content_type == _EVENTS:
        await response.write(error_event(error.message, error.kind.value))
    elif request.transport is not None:
        request.transport.abort()
        raise ConnectionResetError("the answer broke off")


def _named(delta: Delta, call: Call) -> bytes:
    """Return an answer's bytes, with the target in `model` where they are JSON that has one."""
    if not isinstance(delta.data, dict) or "model" not in delta.data:
        return delta.raw
    start = delta.raw.find(b"{")
    head, told = delta.raw[:start], delta.raw[start:]
    return head + (_MODEL.replace(told, orjson.dumps(str(call.target))) or told)
