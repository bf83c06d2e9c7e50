"""OpenAI's rules and wire format, gathered as one vendor."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tests.fakes import checks, completion
from tests.fakes.errors import VendorError, error_body


class OpenAI:
    """The vendor of chat completions."""

    path = "/v1/chat/completions"

    def check_head(self, headers: Mapping[str, str], key: str) -> None:
        """Want a bearer token."""
        checks.check_key(headers.get("Authorization"), key)

    def read_ask(self, raw: bytes, models: Collection[str]) -> checks.Ask:
        """Check a chat completion request."""
        return checks.read_ask(raw, models)

    def listing(self, path: str, query: Mapping[str, str], models: Sequence[str]) -> Any:
        """`GET /v1/models` and `/v1/models/{id}`."""
        listed = {
            name: {"id": name, "object": "model", "created": 1_700_000_000, "owned_by": "fake"}
            for name in models
        }
        if path == "/v1/models":
            return {"object": "list", "data": list(listed.values())}
        if path.startswith("/v1/models/"):
            name = path.removeprefix("/v1/models/")
            if name not in listed:
                raise checks.model_not_found(name)
            return listed[name]
        raise VendorError(404, f"Invalid URL (GET {path})")

    def error(self, status: int, message: str, param: str | None, code: str | None) -> Any:
        """The error object."""
        return error_body(message, param=param, code=code)

    def failure(self, status: int) -> Any:
        """The error object that the vendor sends with a status."""
        if status == 429:
            return error_body(
                "Rate limit reached for requests.", "requests", None, "rate_limit_exceeded"
            )
        if status == 500:
            return error_body("The server had an error.", "server_error")
        if status > 500:
            return error_body("The server had an error processing the request.", "server_error")
        return error_body(f"The request was refused with status {status}.")

    def whole(self, reply: completion.Body, ask: checks.Ask) -> Any:
        """The completion object."""
        return completion.whole(reply, ask)

    def events(self, reply: completion.Body, ask: checks.Ask) -> list[bytes]:
        """The chunks of a stream."""
        return completion.events(reply, ask)

    def error_events(self, body: Any, *, with_done: bool) -> list[bytes]:
        """The error object as an event, and the end where one comes nevertheless."""
        return [completion.event(body), *([completion.DONE] if with_done else [])]
