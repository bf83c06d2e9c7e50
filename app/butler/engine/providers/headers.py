"""Which of a client's headers travel on to a provider.

Pass through by default: vendors read headers of their own. Left behind are those that belong
to one connection (RFC 9110, section 7.6.1), that carry the client's token for this endpoint,
or that say where in a browser or network the client sits.
"""

from collections.abc import Mapping
from functools import lru_cache

_CONNECTION = frozenset(
    {
        *("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"),
        *("upgrade", "host", "expect", "content-length", "content-encoding", "accept-encoding"),
    }
)
_PRIVATE = frozenset(
    {
        *("authorization", "x-api-key", "api-key", "x-goog-api-key", "proxy-authorization"),
        *("cookie", "origin", "referer", "forwarded", "via", "x-real-ip"),
    }
)
HOPS = "x-butler-hops"
"""How many engines a call has come through: one that goes in circles is found out by it."""
_PREFIXES = ("x-butler-", "x-forwarded-", "sec-", "proxy-")


def hops_of(headers: Mapping[str, str]) -> int:
    """Return through how many engines a call has come; 0 where nobody says."""
    text = headers.get(HOPS, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that travel on, in lower case, with `Accept-Encoding: identity`.

    Replies must come uncompressed, since the target's name is written into them.
    """
    connection = headers.get("Connection")
    named = {name.strip().lower() for name in connection.split(",")} if connection else ()
    kept: dict[str, str] = {}
    for name, value in headers.items():
        lower = _travelling(name)
        if lower is not None and lower not in named:
            # One that is sent several times is one list (RFC 9110, section 5.3).
            kept[lower] = f"{kept[lower]}, {value}" if lower in kept else value
    kept[HOPS] = str(hops_of(headers) + 1)
    kept["accept-encoding"] = "identity"
    kept["content-type"] = "application/json"
    return kept


@lru_cache(maxsize=1024)
def _travelling(name: str) -> str | None:
    """Return a header's name in lower case; None where such headers are left behind."""
    lower = name.lower()
    stays = lower in _CONNECTION or lower in _PRIVATE or lower.startswith(_PREFIXES)
    return None if stays else lower
