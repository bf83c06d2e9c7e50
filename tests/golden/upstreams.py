"""Who is asked in the golden cases: one model of each vendor, as people would have set it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from butler.engine.builtin import DIALECTS, PROVIDER_KINDS
from butler.engine.call import Call, Target
from butler.engine.dialects.gemini import Gemini
from butler.engine.providers.base import Connection, Provider
from tests.engine.calls import new_call

_UPSTREAMS = {
    "openai_chat": ("openai_compatible", "https://api.openai.com/v1", "gpt-5.5"),
    "openai_responses": ("openai_responses", "https://api.openai.com/v1", "gpt-5.5"),
    "anthropic_messages": (
        "anthropic_compatible",
        "https://api.anthropic.com",
        "claude-sonnet-4-5",
    ),
    "gemini": ("gemini", "https://generativelanguage.googleapis.com", "gemini-2.5-flash"),
    "ollama": ("ollama", "http://127.0.0.1:11434", "qwen3:8b"),
}
CONTEXT_TOKENS = 16_384
"""What the owner of the Ollama gives each model, so that it does not depend on the request."""
_KEY = "sk-a-key-of-the-usual-length"


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out: the body as bytes and as JSON, the address, and what the trace says."""

    raw: bytes
    url: str
    warnings: tuple[str, ...]

    @property
    def body(self) -> Any:
        """The body, parsed."""
        return orjson.loads(self.raw)


def is_there(dialect: str) -> bool:
    """Say whether a kind of provider speaks a dialect."""
    return _UPSTREAMS[dialect][0] in PROVIDER_KINDS


def model_of(dialect: str, models: Mapping[str, str]) -> str:
    """Return the model that is asked in a dialect: a case may name another one."""
    return models.get(dialect, _UPSTREAMS[dialect][2])


def send(asked_in: str, raw: bytes, sent_in: str, *, stream: bool, model: str) -> Sent:
    """Take a client's bytes the way that a call takes, up to what the upstream would get.

    Raises UpstreamError where the provider can not be asked this.
    """
    call = _call(asked_in, raw, stream=stream)
    target = Target("vendor", model)
    outgoing = provider_of(sent_in).prepare(call, target)
    return Sent(outgoing.body, outgoing.url, tuple(call.warnings))


def _call(asked_in: str, raw: bytes, *, stream: bool) -> Call:
    call = new_call()
    dialect = DIALECTS[asked_in]
    if isinstance(dialect, Gemini):
        dialect = dialect.at("auto", stream=stream)
    call.request = dialect.read_request(raw)
    return call


def provider_of(dialect: str) -> Provider:
    """Return a provider that speaks a dialect."""
    kind, url, _ = _UPSTREAMS[dialect]
    options = {"num_ctx": CONTEXT_TOKENS} if kind == "ollama" else {}
    return PROVIDER_KINDS[kind].create(Connection("vendor", kind, url, _KEY, options))
