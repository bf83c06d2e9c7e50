"""The tools whose injections are known, and a request without them."""

from collections.abc import Mapping
from typing import Any

from butler.engine.call import Call


def without_injected(call: Call) -> Mapping[str, Any] | None:
    """Return a request's body without what its tool injects anew; None where there is nothing."""
    return None
