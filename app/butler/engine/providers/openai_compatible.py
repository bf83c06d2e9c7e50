"""Any server that speaks OpenAI's chat completions: the body passes through."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from butler.contract.problems import ProblemCode
from butler.engine.call import Call, Target
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.errors import ConfigError, UpstreamError, problem
from butler.engine.providers import failures
from butler.engine.providers.base import Connection, Field, Outgoing, ProviderKind
from butler.engine.providers.headers import passed_on

_SHORTEST_SECRET = 16
"""Shorter keys are placeholders for local servers, such as `ollama`: words of any answer."""


class OpenAICompatible:
    """One configured OpenAI-compatible provider."""

    def __init__(self, connection: Connection) -> None:
        """Raises ConfigError when the base URL is none."""
        self.connection = connection
        self.dialect = OpenAIChat()
        self._url = chat_url(connection.base_url)
        self._ask_usage = connection.options.get("ask_usage", True) is not False
        key = connection.api_key or ""
        self._secret = key.encode() if len(key) >= _SHORTEST_SECRET else None

    def prepare(self, call: Call, target: Target) -> Outgoing:
        """Return the client's bytes with the upstream's name for the model, and our key."""
        headers = passed_on(call.headers)
        if self.connection.api_key:
            headers["authorization"] = f"Bearer {self.connection.api_key}"
        body = self.dialect.write_request(call.asked, target.model, ask_usage=self._ask_usage)
        return Outgoing(self._url, headers, body, self._secret)

    def explain_error(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """Keep the vendor's status and wording; without any, say what happened in ours."""
        return failures.explain(self.connection.name, status, headers, body)


def chat_url(base_url: str) -> str:
    """Return the URL of chat completions under a base URL as people write them.

    A bare host gets `/v1`; a path is taken as it stands; a pasted full endpoint is accepted.
    Raises ConfigError when the text is no http(s) URL.
    """
    text = base_url.strip().rstrip("/")
    if not _is_base_url(text):
        raise ConfigError(
            problem(
                ProblemCode.INVALID,
                f"{base_url!r} is not a base URL.",
                "Write it like https://api.example.com/v1.",
                "base_url",
            )
        )
    text = text.removesuffix("/chat/completions")
    return (text if urlsplit(text).path else text + "/v1") + "/chat/completions"


def _is_base_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_place = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    # A name and password in it would be a secret that lies open.
    secret = parts.username or parts.password
    plain = not (secret or parts.query or parts.fragment or any(char.isspace() for char in text))
    return parts.scheme in ("http", "https") and has_place and plain


KIND = ProviderKind(
    id="openai_compatible",
    title="OpenAI-compatible",
    dialect="openai_chat",
    fields=(
        Field("base_url", "Base URL", required=True),
        Field("api_key", "API key", secret=True),
        Field("ask_usage", "Ask for token counts in streams", type="bool", default="true"),
    ),
    default_url=None,
    create=OpenAICompatible,
)
