"""Vendors to play faults with: each says the same things in its own words and format."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.e2e.house import House
from tests.fakes import Answer, CutAfter, ErrorEvent, Fail, Silence, SlowHeaders, Upstream, Wire
from tests.fakes import anthropic as anthropic_fake
from tests.fakes.errors import error_body
from tests.fakes.upstream import Behaviour

TEXT = "Hello from the upstream."
FAILED = "It failed."

Sayings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor's server, the kind of provider that asks it, and its words for what goes wrong.

    `what` is one of the keys of `OPENAI_SAYS`; without one there are words, but no code.
    """

    name: str
    up: Upstream
    kind: str
    says: Sayings

    async def join(self, house: House, name: str = "acme", **fields: Any) -> None:
        """Configure the server as a provider."""
        await house.add(self.up, name, kind=self.kind, **fields)

    def fail(self, status: int, what: str = "", retry_after: str | None = None) -> Behaviour:
        """An error answer."""
        body = self.says[what] if what else self.up.vendor.error(status, FAILED, None, None)
        return Fail(status, body, retry_after)

    def reported(self, what: str, after: int = 0) -> Behaviour:
        """An error inside a 200, after that many events of a stream."""
        return ErrorEvent(after, self.says[what])

    def cut(self, after: int) -> Behaviour:
        """An answer that breaks off after that many events."""
        return CutAfter(after)

    def silence(self, seconds: float) -> Behaviour:
        """Nothing for so long, then the connection closes."""
        return Silence(seconds)

    def late(self, seconds: float) -> Behaviour:
        """A good answer whose head comes late."""
        return SlowHeaders(seconds)

    def comments(self) -> Behaviour:
        """A good answer with a sign of life before each of its events."""
        return Answer(wire=Wire(comments=True))


OPENAI_SAYS: Sayings = {
    "context": error_body(
        "This model's maximum context length is 8192 tokens.", code="context_length_exceeded"
    ),
    "context, in other words": error_body("prompt is too long: 9000 tokens > 8192 maximum"),
    "policy": error_body("Your request was refused.", code="content_policy_violation"),
    "quota": error_body(
        "You exceeded your quota.", "insufficient_quota", code="insufficient_quota"
    ),
    "overloaded": error_body("Overloaded.", "overloaded_error"),
    "rate": error_body("Slow down.", "rate_limit_error"),
    "server": error_body("The server had an error.", "server_error"),
    "no model": error_body("The model `alpha` does not exist.", code="model_not_found"),
}
RESPONSES_SAYS: Sayings = {
    **OPENAI_SAYS,
    # Inside a stream there are codes, but no types.
    "overloaded": error_body("Overloaded.", "server_error", code="overloaded"),
    "rate": error_body("Slow down.", "rate_limit_error", code="rate_limit_exceeded"),
    "server": error_body("The server had an error.", "server_error", code="server_error"),
}
_say = anthropic_fake.error_body
ANTHROPIC_SAYS: Sayings = {
    "context": _say("invalid_request_error", "prompt is too long: 9000 tokens > 8192 maximum"),
    "context, in other words": _say("request_too_large", "Request exceeds the maximum size"),
    "policy": _say("invalid_request_error", "Output blocked by content filtering policy"),
    "quota": _say("invalid_request_error", "Your credit balance is too low to access the API."),
    "overloaded": _say("overloaded_error", "Overloaded."),
    "rate": _say("rate_limit_error", "Slow down."),
    "server": _say("api_error", "The server had an error."),
    "no model": _say("not_found_error", "model: alpha"),
}


def openai(up: Upstream) -> Vendor:
    """A vendor that speaks OpenAI's chat completions."""
    return Vendor("openai", up, "openai_compatible", OPENAI_SAYS)


def responses(up: Upstream) -> Vendor:
    """A vendor that speaks OpenAI's responses."""
    return Vendor("responses", up, "openai_responses", RESPONSES_SAYS)


def anthropic(up: Upstream) -> Vendor:
    """A vendor that speaks Anthropic's messages."""
    return Vendor("anthropic", up, "anthropic_compatible", ANTHROPIC_SAYS)
