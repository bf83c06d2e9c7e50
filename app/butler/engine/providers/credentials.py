"""A provider's key: the headers that carry it, and what must never come back."""

from collections.abc import Mapping

from butler.engine.providers.base import Connection
from butler.engine.providers.headers import HOPS
from butler.engine.providers.presets import Preset

_SHORTEST_SECRET = 16
"""Shorter keys are placeholders for local servers, such as `ollama`: words of any answer."""


class Credentials:
    """How one provider is given its key."""

    def __init__(self, connection: Connection, preset: Preset) -> None:
        key = connection.api_key or ""
        self.headers: Mapping[str, str] = preset.auth.headers(key)
        self.secret = key.encode() if len(key) >= _SHORTEST_SECRET else None

    def own_headers(self, **more: str) -> dict[str, str]:
        """Return the headers of a request that no client has sent: of our own asking."""
        own = {"content-type": "application/json", "accept-encoding": "identity", HOPS: "1"}
        return {**own, **{name.replace("_", "-"): it for name, it in more.items()}, **self.headers}
