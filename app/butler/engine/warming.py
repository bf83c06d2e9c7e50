"""What is loaded before the first call may come, and what right after, so that nobody waits."""

import asyncio

from butler.engine.admin.view import AdminRuntime
from butler.engine.ledger import prices
from butler.engine.providers.vendors import load_vendors
from butler.engine.routing.explain import dry_run
from butler.engine.signals.task import prepare as prepare_classifier

_WARM_UP = {"messages": [{"role": "user", "content": "Write a function. 写一个函数。"}]}


def load() -> None:
    """Read the data that calls depend on, before the first may come."""
    load_vendors()
    prepare_classifier()


def warm_up(runtime: AdminRuntime) -> None:
    """Load what is loaded on first use, so that nobody's first request waits for it."""
    prices.warm_up()
    asyncio.run(dry_run(runtime, runtime.names, runtime.router, _WARM_UP))
