"""A living engine and upstreams for it."""

from tests.e2e.fixtures import house, moved_in, other, up

__all__ = ["house", "moved_in", "other", "up"]
