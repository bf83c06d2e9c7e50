"""What translating costs a streamed answer, for each event of the provider's, in microseconds.

Run with `python -m tests.bench.translated`; it needs no server. Measured is all that stands
between the bytes of one event and those that the client gets for it: the event is cut out, read,
understood, and written anew. Exits 1 where a pair misses the budget.
"""

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from butler.engine.call import Target
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.base import Dialect, ProviderDialect
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.hub import Asked, answer_writer
from butler.engine.dialects.ollama import Ollama
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_responses import OpenAIResponses
from tests.fakes import (
    Answer,
    AnthropicUpstream,
    GeminiUpstream,
    OllamaUpstream,
    ToolCall,
    ToolCalls,
    Upstream,
)
from tests.fakes.checks import Ask
from tests.fakes.openai_responses import ResponsesUpstream

BUDGET_US = 100.0
"""For the median of a pair."""
ROUNDS = 20
_TARGET = Target("bench", "alpha")
_WORDS = "Walk through the list once, and turn each arrow round as you pass it, 世界. "
_REPLIES = (
    Answer(text=_WORDS * 12, reasoning=_WORDS * 5),
    ToolCalls(
        calls=(
            ToolCall("read_file", '{"path": "src/lists/reversed.py", "from": 1, "to": 240}'),
            ToolCall("run", '{"command": "python -m pytest -q tests/lists", "timeout_s": 60}'),
        ),
        text="Let me look.",
    ),
)
"""What coding tools hear: thoughts, a text word by word, calls whose arguments come in pieces."""


@dataclass(frozen=True, slots=True)
class Side:
    """A provider's dialect, and the vendor who plays it."""

    dialect: ProviderDialect
    vendor: Callable[[], Upstream]


PROVIDERS: Mapping[str, Side] = {
    "chat": Side(OpenAIChat(), Upstream),
    "messages": Side(AnthropicMessages(), AnthropicUpstream),
    "responses": Side(OpenAIResponses(), ResponsesUpstream),
    "gemini": Side(Gemini(), GeminiUpstream),
    "ollama": Side(Ollama(), OllamaUpstream),
}
_SAID: Any = {"model": "auto", "stream": True, "messages": [{"role": "user", "content": "Hi"}]}
_CONTENTS: Any = {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}
CLIENTS: Mapping[str, tuple[Dialect, Any]] = {
    "chat": (OpenAIChat(), _SAID),
    "messages": (AnthropicMessages(), {**_SAID, "max_tokens": 4096}),
    "responses": (OpenAIResponses(), {"model": "auto", "stream": True, "input": "Hi"}),
    "gemini": (Gemini("auto", True), _CONTENTS),
}


def timed(provider: Side, client: Dialect, body: Any, events: Sequence[bytes]) -> list[float]:
    """Return how long each event of a stream took, in microseconds."""
    request = client.read_request(orjson.dumps(body))
    reader = provider.dialect.stream_reader()
    writer = answer_writer(Asked(client, request, _TARGET), provider.dialect, whole=False)
    times, written = [], 0
    for event in events:
        started = time.perf_counter_ns()
        out = writer.write(reader.feed(event))
        times.append((time.perf_counter_ns() - started) / 1e3)
        written += len(out)
    if written < len(_WORDS):
        raise RuntimeError("hardly anything was translated")
    return times


def measure(provider: Side, client: Dialect, body: Any) -> list[float]:
    """Return the sorted times of all events of a few answers, many times over."""
    ask = Ask("alpha", stream=True, include_usage=True)
    vendor = provider.vendor().vendor
    streams = [vendor.events(reply, ask) for reply in _REPLIES]
    for events in streams:
        timed(provider, client, body, events)
    return sorted(
        took
        for _ in range(ROUNDS)
        for events in streams
        for took in timed(provider, client, body, events)
    )


def run() -> bool:
    """Measure and print; True when every pair keeps the budget."""
    print(f"\ntranslated streams, added to each event (p50 under {BUDGET_US:.0f} us wanted)")
    missed = 0
    for name, provider in PROVIDERS.items():
        for spoken, (client, body) in CLIENTS.items():
            if client.name == provider.dialect.name:
                continue
            times = measure(provider, client, body)
            p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
            missed += p50 >= BUDGET_US
            mark = "" if p50 < BUDGET_US else "   missed"
            pair = f"{name} -> {spoken}"
            print(f"{pair:28} p50 {p50:8.1f} us   p99 {p99:8.1f} us   {len(times):,}{mark}")
    return missed == 0


if __name__ == "__main__":
    sys.exit(int(not run()))
