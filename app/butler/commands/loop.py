"""The fastest event loop that this platform has."""

import asyncio
import sys
from collections.abc import Callable


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """Return what makes event loops: uvloop, on Windows winloop."""
    if sys.platform == "win32":
        import winloop  # noqa: PLC0415 - exists on this platform only

        return winloop.new_event_loop  # type: ignore[no-any-return]
    import uvloop  # noqa: PLC0415 - exists on these platforms only

    return uvloop.new_event_loop
