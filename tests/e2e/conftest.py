"""A living engine and upstreams for it, on the loop that `butler serve` runs on."""

import asyncio
from collections.abc import Callable, Mapping

from butler.commands.loop import loop_factory
from tests.e2e.fixtures import house, moved_in, other, up, vendor

__all__ = ["house", "moved_in", "other", "up", "vendor"]


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The usual loop of Python differs in how connections end and buffers fill."""
    return {"butler": loop_factory()}
