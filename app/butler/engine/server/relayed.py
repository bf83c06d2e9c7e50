"""Which headers of a provider's answer travel on to the client.

Only those that a vendor's library or a person makes use of: limits and what is left of them,
the vendor's id of the request, and its own families. Never what belongs to the connection, to
the body as it came (RFC 9110, section 7.6), or to a browser, such as cookies.
"""

from collections.abc import Mapping
from functools import lru_cache

_NAMES = frozenset({"x-request-id", "request-id", "cf-ray"})
_PREFIXES = ("x-ratelimit-", "openai-", "anthropic-")


def relayed(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that travel on; `Retry-After` is written by who has checked it.

    Not one with control characters in it, which some servers send and nobody may pass on.
    """
    return {
        name: value for name, value in headers.items() if _travels(name) and value.isprintable()
    }


@lru_cache(maxsize=1024)
def _travels(name: str) -> bool:
    lower = name.lower()
    return lower in _NAMES or lower.startswith(_PREFIXES)
