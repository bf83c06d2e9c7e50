"""Base URLs as people write them."""

from urllib.parse import urlsplit

from butler.contract.problems import ProblemCode
from butler.engine.errors import ConfigError, problem


def base_of(base_url: str, endpoint: str) -> str:
    """Return a base URL without a slash at its end or the endpoint that was pasted with it.

    A bare host gets `/v1`; a path is taken as it stands. Raises ConfigError when the text is no
    http(s) URL.
    """
    text = base_url.strip().rstrip("/")
    if not _is_base_url(text):
        raise ConfigError(
            problem(
                ProblemCode.INVALID,
                # Not quoted where it may hold a password.
                "This is not a base URL." if "@" in text else f"{base_url!r} is not a base URL.",
                "Write it like https://api.example.com/v1.",
                "base_url",
            )
        )
    text = text.removesuffix(endpoint)
    return text if urlsplit(text).path else text + "/v1"


def root_of(base_url: str) -> str:
    """Return scheme, host and port of a URL."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


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
