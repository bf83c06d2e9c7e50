"""A living engine and upstreams, for the rooms that are met through it."""

from tests.e2e.fixtures import house, moved_in, other, up

__all__ = ["house", "moved_in", "other", "up"]
