"""Requests that the HTTP parser refuses get an error that tools can read, too.

aiohttp answers them below any application, with a plain text; and that text may quote the bytes
which it could not read. So this reaches into the part of it that makes such answers. Nobody
knows yet which path is asked: the object is an error in the words of every vendor at once.
"""

import orjson
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

_WORDS = {
    400: "This can not be read as an HTTP request.",
    431: "The headers of this request are too long.",
}


class JsonRunner(web.AppRunner):
    """Runs an application whose every answer is JSON."""

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(
            made.request_handler,
            request_factory=made.request_factory,
            handler_cancellation=made.handler_cancellation,
            loop=made._loop,
            **made._kwargs,
        )


class _Server(web.Server):
    def __call__(self) -> RequestHandler:
        return _Handler(self, loop=self._loop, **self._kwargs)


class _Handler(RequestHandler):
    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer with words of ours instead of the library's, which then hangs up."""
        plain = super().handle_error(request, status, exc, message)
        words = _WORDS.get(plain.status, "The butler failed.")
        kind = "invalid_request_error" if plain.status < 500 else "server_error"
        code = "unreadable_request" if plain.status < 500 else "internal_error"
        error = {"message": words, "type": kind, "param": None, "code": code}
        response = web.Response(
            status=plain.status,
            body=orjson.dumps({"type": "error", "error": error}),
            content_type="application/json",
            headers={"Server": "butler"},
        )
        response.force_close()
        return response
