"""The caches, as the admin API shows them."""

from pydantic import BaseModel


class ExactCacheState(BaseModel):
    """What the exact cache holds, and what it did since the engine started.

    `would_have_hit` counts the misses that only came of what tools inject anew each time, while
    `cache.normalise` is off.
    """

    enabled: bool
    entries: int
    bytes: int
    most_bytes: int
    hits: int
    misses: int
    kept: int
    would_have_hit: int


class SemanticCacheState(BaseModel):
    """What the semantic cache holds."""

    enabled: bool
    entries: int


class CacheState(BaseModel):
    """Every cache; `cleared` counts the answers that were thrown away just now."""

    exact: ExactCacheState
    semantic: SemanticCacheState
    cleared: int = 0
