"""A living engine and upstreams, for the rooms that are met through it."""

from tests.e2e.fixtures import house, other, up

__all__ = ["house", "other", "up"]
