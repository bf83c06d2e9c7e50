"""What the arbiter costs a call: asked, remembered, skipped, and what pile-up a slow one makes.

    python -m tests.bench.arbiter

A tiny random model stands behind it, so that the first figure is what everything around a model
costs: the client library, HTTP, the schema. Linux only: the model server is.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import uvloop

from butler.engine.arbiter.answer import Answer
from butler.engine.arbiter.arbiter import Arbiter
from butler.engine.arbiter.choice import Choice
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.standing import Phase
from tests.e2e.house import until
from tests.fakes.ollama import MODEL, FakeOllama, Model
from tests.fakes.tiny_model import running_model

_TRIES = 200
_WORDS = "Please mend this loop, it never ends. " * 8
_ROUTES = tuple((f"category_{number}", "What belongs to it, in a sentence") for number in range(8))


def main() -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder, running_model(Path(folder)) as llama:
        return uvloop.run(_measure(llama))


async def _measure(llama: str) -> int:
    arbiter = Arbiter()
    async with FakeOllama(Model(llama)) as up:
        arbiter.follow(Choice(True, "ollama", up.url, MODEL, 2_000), is_wanted=True)
        await until(lambda: arbiter.standing.phase is not Phase.LOADING)
        print(f"the arbiter is {arbiter.standing.phase.value}: {arbiter.standing.reason}")
        questions = [Question(_ROUTES, f"{_WORDS}{number}") for number in range(_TRIES)]
        answered = await _row("asked", arbiter, questions)
        await _row("remembered", arbiter, [questions[answered]] * _TRIES)
        await up.stop()
        await arbiter.judge(Question(_ROUTES, "is anybody there?"))
        await _row(arbiter.standing.phase.value, arbiter, [Question(_ROUTES, "?")] * _TRIES)
    await arbiter.close()
    return 0


async def _row(name: str, arbiter: Arbiter, questions: list[Question]) -> int:
    """Time each question; returns the place of one that was answered."""
    taken_ms: list[float] = []
    answered = [0]
    for place, question in enumerate(questions):
        began_s = time.perf_counter()
        found = await arbiter.judge(question)
        taken_ms.append((time.perf_counter() - began_s) * 1000)
        if isinstance(found, Answer):
            answered.append(place)
    taken_ms.sort()
    p95 = taken_ms[int(len(taken_ms) * 0.95)]
    share = (len(answered) - 1) / len(questions)
    print(f"{name:12} p50 {statistics.median(taken_ms):8.3f} ms  p95 {p95:8.3f} ms  ", end="")
    print(f"answered {share:.0%}")
    return answered[-1]


if __name__ == "__main__":
    sys.exit(main())
