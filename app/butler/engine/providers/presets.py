"""Presets: what is known of well-known vendors, as data.

A preset never decides more than its owner could have typed: address, way of sending the key,
thinking dialect, first models. A vendor that speaks a known dialect needs no more than an entry
in `resources/presets/providers.json`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Self
from urllib.parse import urlsplit

import orjson

from butler.contract.places import resource
from butler.engine.providers.base import Connection
from butler.engine.providers.locality import is_loopback


class Auth(StrEnum):
    """How a vendor wants to be given its key."""

    BEARER = "bearer"
    X_API_KEY = "x-api-key"
    API_KEY = "api-key"
    X_GOOG_API_KEY = "x-goog-api-key"
    BOTH = "both"
    NONE = "none"

    def headers(self, key: str | None) -> dict[str, str]:
        """Return the headers that carry a key; a key that was given is sent, wanted or not."""
        if not key:
            return {}
        match self:
            case Auth.X_API_KEY | Auth.API_KEY | Auth.X_GOOG_API_KEY:
                return {self.value: key}
            case Auth.BOTH:
                return {"x-api-key": key, "authorization": f"Bearer {key}"}
            case _:
                return {"authorization": f"Bearer {key}"}


@dataclass(frozen=True, slots=True)
class Preset:
    """One vendor.

    `base_url` is None where everybody has another one; `example_url` shows what it looks like,
    or names the vendor's other region. `listing` is where models are listed: below the base URL,
    or with a slash below the host. `key_env` is the environment variable in which people keep
    the key, `options` what may be set beyond the fields of the kind, `hosts` where else it lives,
    `formerly` the ids that older configurations of its kind may have for it. `completions` says
    that its models are asked to complete texts as such; those on one's own machine are anyhow.
    """

    id: str
    title: str
    kind: str
    base_url: str | None
    auth: Auth
    thinking: str
    models: tuple[str, ...]
    docs_url: str
    key_env: str | None
    local: bool = False
    listing: str = "models"
    example_url: str | None = None
    ask_usage: bool = True
    completions: bool = False
    options: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Read one entry; raises TypeError or ValueError where it is not as it should be."""
        lists = {name: tuple(data[name]) for name in _LISTS if name in data}
        preset = cls(**{**data, "auth": Auth(data["auth"]), **lists})
        wrong = [
            name for name, type_ in _SHAPES.items() if not isinstance(getattr(preset, name), type_)
        ]
        wrong += [name for name, texts in lists.items() if not all(map(_is_text, texts))]
        if wrong:
            raise TypeError(f"the preset {preset.id!r} has wrong values: {', '.join(wrong)}")
        return preset


_LISTS = ("models", "options", "hosts", "formerly")
_SHAPES: Mapping[str, Any] = {
    "id": str,
    "title": str,
    "kind": str,
    "base_url": str | None,
    "thinking": str,
    "docs_url": str,
    "key_env": str | None,
    "local": bool,
    "listing": str,
    "example_url": str | None,
    "ask_usage": bool,
    "completions": bool,
}


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


@cache
def presets() -> Mapping[str, Preset]:
    """Return all presets by their id, in the order in which to show them.

    Raises TypeError or ValueError where the data are wrong.
    """
    entries = orjson.loads(resource("presets", "providers.json").read_bytes())
    found = {preset.id: preset for preset in map(Preset.read, entries)}
    if len(found) < len(entries):
        raise ValueError("two presets have the same id")
    return found


def preset_of(connection: Connection) -> Preset:
    """Return the preset of a provider: the one that its owner chose, else its vendor's by host.

    A vendor that nobody knows is any vendor of its kind.
    """
    known = presets()
    chosen = str(connection.options.get("preset"))
    place = _place(connection.base_url)
    of_its_kind = [preset for preset in known.values() if preset.kind == connection.kind]
    for preset in of_its_kind:
        if chosen == preset.id or chosen in preset.formerly:
            return preset
    for preset in of_its_kind:
        if _is_at(preset, place):
            return preset
    alike = (preset for preset in known.values() if preset.kind == connection.kind)
    named = known.get(connection.kind)
    if named is not None and named.kind == connection.kind:
        return named
    return next(alike, known["openai_compatible"])


def _is_at(preset: Preset, place: str) -> bool:
    places = (_place(preset.base_url or ""), *preset.hosts)
    return bool(place) and any(place == it or place.endswith(f".{it}") for it in places if it)


def _place(url: str) -> str:
    """Return a URL's host; on this machine its port tells servers apart."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    return f"localhost:{port}" if is_loopback(url) else parts.hostname or ""
