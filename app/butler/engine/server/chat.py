"""Chat, in whichever dialect: a request's way through the house, from top to bottom."""

from collections.abc import Awaitable

from aiohttp import web

from butler.engine.call import Call, Replay, UseTargets
from butler.engine.dialects.base import Dialect
from butler.engine.dispatch.answer import Answer
from butler.engine.errors import UpstreamError
from butler.engine.server import guard, reply
from butler.engine.server.body import read_request
from butler.engine.server.feedback import take_feedback
from butler.engine.server.flights import Flight
from butler.engine.server.frame import framed
from butler.engine.server.kept import send_kept, stream_kept
from butler.engine.server.serving import Serving, ServingRuntime
from butler.engine.server.stream import ReplyStream


class ChatEndpoint:
    """Answers conversations in one dialect; `name` is what the log calls the endpoint."""

    def __init__(self, serving: Serving, name: str, dialect: Dialect) -> None:
        self._serving = serving
        self._name = name
        self._dialect = dialect

    async def complete(self, request: web.Request) -> web.StreamResponse:
        """Guard, read, decide, dispatch, reply; and record, whatever happened."""
        return await framed(self._serving, self._name, self._dialect, request, self._answer)

    async def _answer(
        self, request: web.Request, call: Call, runtime: ServingRuntime
    ) -> web.StreamResponse:
        call.caller = guard.admit(request, runtime, self._serving.failed_tokens)
        guard.check_open(runtime)
        self._serving.request_limits.count(call.caller)
        call.request = await read_request(request, call, self._dialect)
        call.explicit = runtime.names.resolve(call.request.model)
        guard.check_model(call.caller, call.explicit)
        await take_feedback(call, self._serving.similar)
        with self._serving.flights.begin(call) as flight:
            verdict = await runtime.router.decide(call)
            if isinstance(verdict, Replay):
                return await send_kept(request, call, self._dialect, verdict)
            asking = self._ask(flight, verdict, runtime)
            if call.request.stream:
                return await self._stream(request, call, asking)
            return await self._whole(request, call, asking)

    async def _ask(
        self, flight: Flight, verdict: UseTargets, runtime: ServingRuntime
    ) -> Answer | Replay:
        """Return the answer that the same request gets right now, else one of this call's own."""
        replay = await self._serving.flights.company(flight)
        if replay is not None:
            return replay
        targets, providers = verdict.targets, runtime.providers
        return await self._serving.dispatcher.answer(flight.call, targets, providers)

    async def _whole(
        self, request: web.Request, call: Call, asking: Awaitable[Answer | Replay]
    ) -> web.StreamResponse:
        answer = await asking
        if isinstance(answer, Replay):
            return await send_kept(request, call, self._dialect, answer)
        try:
            return await reply.send_whole(request, call, self._dialect, answer)
        finally:
            answer.close()

    async def _stream(
        self, request: web.Request, call: Call, asking: Awaitable[Answer | Replay]
    ) -> web.StreamResponse:
        with ReplyStream(request, call, self._dialect) as stream:
            try:
                answer = await asking
            except UpstreamError as error:
                if not await stream.stopped():
                    raise
                return await reply.fail_stream(stream, call, self._dialect, error)
            if isinstance(answer, Replay):
                return await stream_kept(stream, call, self._dialect, answer)
            try:
                if answer.rest is None and not await stream.stopped():
                    return await reply.send_whole(request, call, self._dialect, answer)
                return await reply.send_stream(stream, call, self._dialect, answer)
            finally:
                answer.close()
