"""Which providers run on the owner's own machines."""

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def is_local(base_url: str, options: Mapping[str, Any]) -> bool:
    """Say whether calls to a provider stay with the owner.

    A loopback address does by itself; any other is local only where the owner has said so
    (`local` in the options), and stays foreign where the owner has denied it.
    """
    said = options.get("local")
    return said if isinstance(said, bool) else is_loopback(base_url)


def is_loopback(base_url: str) -> bool:
    """Say whether a URL's host is this machine: `localhost`, or a loopback address."""
    try:
        host = (urlsplit(base_url).hostname or "").rstrip(".")
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
