"""A living engine and upstreams for it."""

from tests.e2e.fixtures import house, other, up

__all__ = ["house", "other", "up"]
