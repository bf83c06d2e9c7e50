"""A key goes out in the right headers, and is known again."""

from butler.engine.providers.base import Connection
from butler.engine.providers.credentials import Credentials
from butler.engine.providers.presets import presets

KEY = "sk-a-key-of-usual-length"


def of(key: str | None, preset: str = "openai") -> Credentials:
    connection = Connection("acme", "openai_compatible", "https://a.example", key)
    return Credentials(connection, presets()[preset])


def test_only_what_is_long_enough_is_a_secret() -> None:
    assert of(KEY).secret == KEY.encode()
    assert of("ollama").secret is None
    assert (of(None).secret, of(None).headers) == (None, {})


def test_our_own_requests_say_that_they_come_through_us() -> None:
    headers = of(KEY, "azure").own_headers(anthropic_version="1")
    assert headers["api-key"] == KEY
    assert headers["anthropic-version"] == "1"
    assert headers["x-butler-hops"] == "1"
    assert headers["accept-encoding"] == "identity"
