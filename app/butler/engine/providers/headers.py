"""Which of a client's headers travel on to a provider.

Pass through by default: vendors read headers of their own. Left behind are those that belong
to one connection (RFC 9110, section 7.6.1), that carry the client's token for this endpoint,
or that say where in a browser or network the client sits.
"""

from collections.abc import Mapping

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
_PREFIXES = ("x-butler-", "x-forwarded-", "sec-", "proxy-")


def passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that travel on, in lower case, with `Accept-Encoding: identity`.

    Replies must come uncompressed, since the target's name is written into them.
    """
    connection = headers.get("Connection")
    named = {name.strip().lower() for name in connection.split(",")} if connection else ()
    kept = {
        lower: value
        for name, value in headers.items()
        if (lower := name.lower()) not in _CONNECTION
        and lower not in _PRIVATE
        and lower not in named
        and not lower.startswith(_PREFIXES)
    }
    kept["accept-encoding"] = "identity"
    kept["content-type"] = "application/json"
    return kept
