"""Any server that speaks OpenAI's chat completions: the body passes through."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import orjson

from butler.contract.problems import ProblemCode
from butler.engine.call import Call, Target
from butler.engine.dialects.base import Dialect
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.errors import ConfigError, FailureKind, UpstreamError, problem
from butler.engine.providers.base import Connection, Field, Outgoing, ProviderKind
from butler.engine.providers.headers import passed_on

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_SHORTEST_SECRET = 16
"""Shorter keys are placeholders for local servers, such as `ollama`: words of any answer."""


class OpenAICompatible:
    """One configured OpenAI-compatible provider."""

    def __init__(self, connection: Connection) -> None:
        """Raises ConfigError when the base URL is none."""
        self.connection = connection
        self.dialect: Dialect = OpenAIChat()
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
        return UpstreamError(
            _kind(status),
            _words(self.connection.name, status, body),
            # A redirect or an empty success is none that a client could use.
            status=status if status >= 400 else 502,
            body=body,
            retry_after=headers.get("Retry-After"),
            for_log=f"The provider answered with status {status}{_code_of(body)}.",
        )


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


def _kind(status: int) -> FailureKind:
    if status == 429:
        return FailureKind.RATE_LIMITED
    if status < 400:
        return FailureKind.UNREADABLE
    return FailureKind.SERVER if status >= 500 else FailureKind.REFUSED


def _words(name: str, status: int, body: bytes) -> str:
    try:
        error = orjson.loads(body).get("error")
        said = error.get("message") if isinstance(error, dict) else error
    except (orjson.JSONDecodeError, AttributeError):
        said = None
    if isinstance(said, str) and said:
        return said
    return f"The provider {name} answered with status {status} and no explanation."


def _code_of(body: bytes) -> str:
    """Return the vendor's code for what is wrong, where it is a plain word."""
    try:
        error = orjson.loads(body)["error"]
        code = error.get("code") or error.get("type")
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
        return ""
    return f", {code}" if isinstance(code, str) and _CODE.fullmatch(code) else ""


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
