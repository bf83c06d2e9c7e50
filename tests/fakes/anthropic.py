"""Anthropic's rules and wire format, gathered as one vendor, and a server that plays it.

Written from the published Messages API; types are the vendor's, the sentences are ours.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from aiohttp import web

from tests.fakes import anthropic_message
from tests.fakes.anthropic_betas import without_betas
from tests.fakes.anthropic_checks import read_ask
from tests.fakes.checks import Ask
from tests.fakes.completion import Body
from tests.fakes.errors import VendorError
from tests.fakes.upstream import Upstream

_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}
_WORDS = {
    429: "This request would exceed your rate limit.",
    500: "Internal server error",
    529: "Overloaded",
}
_PAGE = 20


def error_body(kind: str, message: str) -> dict[str, Any]:
    """The published shape of an error."""
    return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_fake"}


class Anthropic:
    """The vendor of messages."""

    path = "/v1/messages"

    def check_head(self, headers: Mapping[str, str], key: str) -> None:
        """Want a key in either of two places, and the version header."""
        given = headers.get("x-api-key")
        if given is None:
            scheme, _, given = headers.get("Authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not given:
                raise VendorError(401, "x-api-key header is required")
        if given != key:
            raise VendorError(401, "invalid x-api-key")
        if not headers.get("anthropic-version"):
            raise VendorError(400, "anthropic-version: header is required")

    def read_ask(self, raw: bytes, models: Collection[str]) -> Ask:
        """Check a message request."""
        return read_ask(raw, models)

    def listing(self, path: str, query: Mapping[str, str], models: Sequence[str]) -> Any:
        """`GET /v1/models`, page by page, and `/v1/models/{id}`."""
        if path == "/v1/models":
            names = list(models)
            after = query.get("after_id")
            start = names.index(after) + 1 if after in names else 0
            end = start + int(query.get("limit", _PAGE))
            page = [anthropic_message.model_info(name) for name in names[start:end]]
            return {
                "data": page,
                "has_more": end < len(names),
                "first_id": page[0]["id"] if page else None,
                "last_id": page[-1]["id"] if page else None,
            }
        name = path.removeprefix("/v1/models/")
        if name not in models:
            raise VendorError(404, "Not found")
        return anthropic_message.model_info(name)

    def error(self, status: int, message: str, param: str | None, code: str | None) -> Any:
        """The error object of a status."""
        return error_body(_TYPES.get(status, "api_error"), message)

    def failure(self, status: int) -> Any:
        """The error object that the vendor sends with a status."""
        words = _WORDS.get(status, f"The request was refused with status {status}.")
        return error_body(_TYPES.get(status, "api_error"), words)

    def whole(self, reply: Body, ask: Ask) -> Any:
        """The message object."""
        return anthropic_message.whole(reply, ask)

    def events(self, reply: Body, ask: Ask) -> list[bytes]:
        """The events of a stream."""
        return anthropic_message.events(reply, ask)

    def error_events(self, body: Any, *, with_done: bool) -> list[bytes]:
        """The error event, and the end where one comes nevertheless."""
        done = [anthropic_message.event({"type": "message_stop"})] if with_done else []
        return [anthropic_message.event({"type": "error", **body}), *done]


class AnthropicUpstream(Upstream):
    """The scripted vendor of messages; `base_url` ends in `/v1`, `root` does not."""

    vendor = Anthropic()

    @property
    def root(self) -> str:
        """Where the vendor's own client points."""
        return self.base_url.removesuffix("/v1")

    def _read_ask(self, request: web.Request, raw: bytes) -> Any:
        """Check a request, but for what the betas allow that it announces."""
        announced = request.headers.get("anthropic-beta", "")
        return super()._read_ask(request, without_betas(raw, announced))
