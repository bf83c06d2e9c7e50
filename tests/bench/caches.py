"""What the exact cache costs a call: a miss, a hit from memory, a hit from disk, in microseconds.

Run with `python -m tests.bench.caches`; it needs no server.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from butler.engine.caches.exact.cache import ExactCache
from butler.engine.call import Call, Replay, Step, Target
from butler.engine.kept import KeptAnswer
from butler.engine.routing.layers.exact_cache import Caching, ExactCacheLayer
from butler.engine.vault.vault import Vault
from tests.engine.calls import new_call

TARGET = Target("acme", "alpha")
ROUNDS = 3_000


class Heard:
    """A capture that has heard one short answer."""

    def hear(self, dialect: Any, deltas: Any) -> None:
        """Hear nothing more."""

    def kept(self) -> KeptAnswer:
        """Return the answer."""
        text = "Paris is the capital of France. " * 20
        return KeptAnswer("acme", "alpha", text, (), "stop", 10, 120, datetime.now(UTC))


def asking(text: str, size: int = 0) -> Call:
    """A call that the layer is about to look at, with so many bytes of system prompt."""
    system = [{"role": "system", "content": f"You are helpful. {'x y z ' * (size // 6)}"}]
    messages = [*system, {"role": "user", "content": text}]
    call = new_call({"model": "auto", "messages": messages, "temperature": 0.7})
    call.trace.append(Step("exact_cache"))
    return call


async def timed(make: Callable[[int], Call], ask: Callable[[Call], Awaitable[Any]]) -> list[float]:
    """Return the sorted times of ROUNDS calls in microseconds, the making of them left out."""
    times = []
    for number in range(ROUNDS):
        call = make(number)
        # The pin asks for this anyway, whoever asks first.
        _ = call.known.turn
        started = time.perf_counter_ns()
        await ask(call)
        times.append((time.perf_counter_ns() - started) / 1e3)
    return sorted(times)


def told(name: str, times: list[float]) -> None:
    """Print a line of the report."""
    p99 = times[int(len(times) * 0.99)]
    print(f"{name:28} p50 {statistics.median(times):8.1f} us   p99 {p99:8.1f} us")


async def keep(layer: ExactCacheLayer, text: str, size: int = 0) -> None:
    """Let the layer keep an answer to a text."""
    call = asking(text, size)
    await layer.decide(call)
    call.capture, call.target = Heard(), TARGET
    await layer.observe(call)


def run() -> bool:
    """Measure and print; True, since misses of long requests have no budget yet."""
    print("\nexact cache, time per call")
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(measure(Path(place) / "exact"))
    return True


async def measure(folder: Path) -> None:
    """Print the report."""
    vault = Vault(bytes(32))
    cache = ExactCache(folder, vault)
    await cache.open()
    layer = ExactCacheLayer(Caching(cache, living=frozenset({TARGET})))
    for number in range(500):
        await keep(layer, f"kept {number}")
    await cache.settled()
    told("miss, short", await timed(lambda n: asking(f"new {n}"), layer.decide))
    told("miss, 40 KB", await timed(lambda n: asking(f"new {n}", 40_000), layer.decide))
    told("miss, 400 KB", await timed(lambda n: asking(f"new {n}", 400_000), layer.decide))
    told("hit, memory", await timed(lambda n: asking(f"kept {n % 500}"), layer.decide))
    await cache.close()
    cold = ExactCache(folder, vault)
    await cold.open()
    layer = ExactCacheLayer(Caching(cold, living=frozenset({TARGET})))

    async def from_disk(call: Call) -> None:
        assert isinstance(await layer.decide(call), Replay)

    def unread(number: int) -> Call:
        cold.cool()
        return asking(f"kept {number % 500}")

    told("hit, disk", await timed(unread, from_disk))
    await cold.close()


if __name__ == "__main__":
    run()
