"""Google's rules and wire format, gathered as one vendor, and a server that plays it.

Written from the published Gemini API; words for statuses are the vendor's, the sentences are ours.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiohttp import web

from tests.fakes import gemini_message
from tests.fakes.checks import Ask
from tests.fakes.completion import Body
from tests.fakes.errors import VendorError
from tests.fakes.gemini_checks import read_ask
from tests.fakes.upstream import Upstream

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_PATH = re.compile(r"/v1beta/models/([^/]+):(generateContent|streamGenerateContent)")
_PAGE = 50


def error_body(status: int, message: str, *details: Any) -> dict[str, Any]:
    """The published shape of an error."""
    error = {"code": status, "message": message, "status": STATUSES.get(status, "UNKNOWN")}
    return {"error": {**error, "details": list(details)} if details else error}


def retry_info(delay: str) -> dict[str, Any]:
    """The detail that says when to come again."""
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}


class Gemini:
    """The vendor of contents."""

    path = "/v1beta/models/{model}:generateContent"

    def check_head(self, headers: Mapping[str, str], key: str) -> None:
        """Want a key in the header."""
        given = headers.get("x-goog-api-key")
        if given is None:
            raise VendorError(403, "Method doesn't allow unregistered callers.")
        if given != key:
            raise VendorError(400, "API key not valid. Please pass a valid API key.")

    def read_ask(self, raw: bytes, models: Collection[str]) -> Ask:
        """Check a request of the first model."""
        return read_ask(raw, next(iter(models)))

    def listing(self, path: str, query: Mapping[str, str], models: Sequence[str]) -> Any:
        """`GET /v1beta/models`, page by page, and `/v1beta/models/{id}`."""
        if path == "/v1beta/models":
            names = [*models, "gemini-embedding-001"]
            start = int(query.get("pageToken", 0))
            end = start + int(query.get("pageSize", _PAGE))
            page = [gemini_message.model_info(name) for name in names[start:end]]
            more = {"nextPageToken": str(end)} if end < len(names) else {}
            return {"models": page, **more}
        name = path.removeprefix("/v1beta/models/")
        if name not in models:
            raise VendorError(404, f"models/{name} is not found for API version v1beta.")
        return gemini_message.model_info(name)

    def error(self, status: int, message: str, param: str | None, code: str | None) -> Any:
        """The error object of a status."""
        return error_body(status, message)

    def failure(self, status: int) -> Any:
        """The error object that the vendor sends with a status."""
        return error_body(status, f"The request was refused with status {status}.")

    def whole(self, reply: Body, ask: Ask) -> Any:
        """The whole answer."""
        return gemini_message.whole(reply, ask)

    def events(self, reply: Body, ask: Ask) -> list[bytes]:
        """The events of a stream."""
        return gemini_message.events(reply, ask)

    def error_events(self, body: Any, *, with_done: bool) -> list[bytes]:
        """The error in the place of an event; there is no other end."""
        return [gemini_message.event(body)]


class GeminiUpstream(Upstream):
    """The scripted vendor of contents; `base_url` ends in `/v1beta`, `root` does not."""

    vendor = Gemini()

    @property
    def base_url(self) -> str:
        """Where a provider of this kind points."""
        return f"{self.root}/v1beta"

    @property
    def root(self) -> str:
        """Where the vendor's own client points."""
        return f"http://127.0.0.1:{self.port}"

    def _read_ask(self, request: web.Request, raw: bytes) -> Any:
        """Take model and manner from the address; None for what asks no model."""
        found = _PATH.fullmatch(request.path)
        if found is None or request.method != "POST":
            return None
        model, method = found.groups()
        if model not in self.models:
            raise VendorError(404, f"models/{model} is not found for API version v1beta.")
        streams = method == "streamGenerateContent"
        if streams and request.query.get("alt") != "sse":
            raise VendorError(400, "This server streams events only: ask with alt=sse.")
        return replace(read_ask(raw, model), stream=streams)
