"""`POST /v1/messages/count_tokens`: how long a request is, estimated without asking anybody."""

from aiohttp import web

from butler.engine.call import Call
from butler.engine.server import guard
from butler.engine.server.body import read_request
from butler.engine.server.json_reply import json_reply
from butler.engine.server.serving import Serving
from butler.engine.signals.features import Features
from butler.engine.store.ids import new_id


class CountTokensEndpoint:
    """Counts; no model is asked, nothing is logged."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._dialect = serving.dialects["anthropic_messages"]

    async def count(self, request: web.Request) -> web.Response:
        """Answer with `{"input_tokens": n}`; raises ClientError for what can not be read."""
        runtime = self._serving.runtime()
        guard.admit(request, runtime, self._serving.failed_tokens)
        call = Call(new_id("req"), "count_tokens", runtime, request.headers)
        call.request = await read_request(request, call, self._dialect)
        return json_reply({"input_tokens": Features(call).input_tokens})
