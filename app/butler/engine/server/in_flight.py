"""The calls that are being answered right now."""

import asyncio
from typing import Self


class InFlight:
    """Counts calls in and out; whoever stops the engine waits until there is none."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    def __len__(self) -> int:
        return self._count

    def one_more(self) -> Self:
        """Count one more call as in flight for as long as the `with` block of this lasts."""
        return self

    def __enter__(self) -> None:
        self._count += 1
        self._none.clear()

    def __exit__(self, *_: object) -> None:
        self._count -= 1
        if self._count == 0:
            self._none.set()

    async def drained(self) -> None:
        """Wait until no call is in flight."""
        await self._none.wait()
