"""Google's `POST /v1beta/models/{model}:{method}`: the address says who is asked, and for what.

Source: Gemini API reference, "Generating content", "Counting tokens".
"""

from urllib.parse import unquote

import orjson
from aiohttp import web

from butler.engine.call import Call
from butler.engine.dialects.body import parse_object
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.gemini_body import inner
from butler.engine.errors import ClientError
from butler.engine.server import guard
from butler.engine.server.body import read_body
from butler.engine.server.chat import ChatEndpoint
from butler.engine.server.json_reply import json_reply
from butler.engine.server.serving import Serving
from butler.engine.signals.features import Features
from butler.engine.store.ids import new_id

_NAME = "generate_content"


class GenerateContentEndpoint:
    """Answers Google's clients; a model's name may hold slashes and colons."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """Do what the last word of the path says; raises ClientError (404) for any other word."""
        model, _, method = unquote(request.match_info["call"]).rstrip("/").rpartition(":")
        model = model.strip("/").removeprefix("models/")
        match method:
            case "generateContent":
                return await self._chat(request, Gemini(model))
            case "streamGenerateContent":
                sse = request.query.get("alt", request.query.get("$alt")) == "sse"
                return await self._chat(request, Gemini(model, stream=True, sse=sse))
            case "countTokens":
                return await self._count(request, Gemini(model))
        raise ClientError(
            404,
            "not_found",
            f"There is nothing at {request.path[:200]}: models are asked here to "
            "`generateContent`, to `streamGenerateContent`, or to `countTokens`.",
        )

    async def _chat(self, request: web.Request, dialect: Gemini) -> web.StreamResponse:
        return await ChatEndpoint(self._serving, _NAME, dialect).complete(request)

    async def _count(self, request: web.Request, dialect: Gemini) -> web.Response:
        """Answer how long a request is, estimated; no model is asked, nothing is logged."""
        runtime = self._serving.runtime()
        guard.admit(request, runtime, self._serving.failed_tokens)
        call = Call(new_id("req"), "count_tokens", runtime, request.headers)
        body = await read_body(request, call)
        # A request that is to be counted whole stands in a member of its own.
        whole = inner(parse_object(body), "generateContentRequest")
        call.request = dialect.read_request(orjson.dumps(whole) if whole else body)
        return json_reply({"totalTokens": Features(call).input_tokens})
