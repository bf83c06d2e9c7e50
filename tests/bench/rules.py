"""The rule layer alone: how long it takes to find that none of n rules holds.

Every call is new to the layer, so its time holds all that a call pays for: finding the user's
words, the keyword search, the classifier, the estimate, and then the rules. Asking the same call
again shows the rules' own part of it. `python -m tests.bench.rules`.
"""

import asyncio
import gc
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from butler.engine.builtin import CONDITION_KINDS
from butler.engine.call import Call, Request, Step, Target, Timeouts
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.groups import GroupReader
from butler.engine.routing.layers.rules import RulesLayer
from butler.engine.routing.rules import RuleSpec, compile_rule, in_order
from butler.engine.signals.features import Features

_BUDGET_MS = 2.0
_BUDGET_RULES = 1_000
_COUNTS = (10, 100, _BUDGET_RULES)
_SENTENCE = (
    "please explain why the reader of this settings file loses its last line when the buffer is "
    "full and how to write a test that shows it before we change anything else in the module "
    "请 解释 为什么 这个 函数 在 最后 一行 丢失 数据 以及 如何 修复 它"
)
_PRESENT = "buffer"


@dataclass(frozen=True, slots=True)
class Size:
    """Prompts of one length: how many different ones, and how often each is decided."""

    title: str
    chars: int
    prompts: int
    repeats: int


_SIZES = (
    Size("300 characters", 300, 300, 1),
    Size("4 KB", 4_096, 200, 1),
    Size("100 KB", 102_400, 1, 60),
)


@dataclass(frozen=True, slots=True)
class Timing:
    """What one size of prompt took at one number of rules, in milliseconds, each call once."""

    rules: int
    size: Size
    whole_ms: Sequence[float]
    again_ms: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Runtime:
    """As much of a compiled configuration as the rule layer looks at."""

    revision: int = 1
    timeouts: Timeouts = field(default_factory=lambda: Timeouts(1, 1, 1, 1))
    routing_enabled: bool = True


def run() -> bool:
    """Measure and print; True when every size keeps the budget at 1,000 rules."""
    title = "rules layer, no rule holds"
    print(f"\n{title:<34}{'p50':>10}{'p99':>10}{'rules alone p50':>20}{'p99':>10}")
    timings = asyncio.run(_measure())
    for timing in timings:
        title = f"{timing.rules:,} rules, {timing.size.title}"
        print(
            f"{title:<34}{_ms(timing.whole_ms, 50):>10}{_ms(timing.whole_ms, 99):>10}"
            f"{_ms(timing.again_ms, 50):>20}{_ms(timing.again_ms, 99):>10}"
        )
    at_budget = [timing for timing in timings if timing.rules == _BUDGET_RULES]
    slow = [t.size.title for t in at_budget if _percentile(t.whole_ms, 99) >= _BUDGET_MS]
    print(f"Budget: p99 below {_BUDGET_MS:.0f} ms at {_BUDGET_RULES:,} rules:", end=" ")
    print(f"missed for {', '.join(slow)}" if slow else "kept")
    return not slow


def _percentile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def _ms(values: Sequence[float], percent: int) -> str:
    return f"{_percentile(values, percent):.3f} ms"


async def _measure() -> list[Timing]:
    timings = []
    for count in _COUNTS:
        layer = _layer(count)
        for size in _SIZES:
            timings.append(await _time(layer, count, size))
    return timings


async def _time(layer: RulesLayer, count: int, size: Size) -> Timing:
    dice = random.Random(size.chars)
    calls = [_call(prompt) for prompt in _prompts(dice, size) for _ in range(size.repeats)]
    # The first call builds the automaton; a new revision pays for that once.
    await layer.decide(_call("warm up"))
    gc.collect()
    whole_ms = [await _decide_ms(layer, call) for call in calls]
    again_ms = [await _decide_ms(layer, call) for call in calls]
    return Timing(count, size, whole_ms, again_ms)


async def _decide_ms(layer: RulesLayer, call: Call) -> float:
    before_ns = time.perf_counter_ns()
    verdict = await layer.decide(call)
    taken_ms = (time.perf_counter_ns() - before_ns) / 1e6
    if verdict is not None:
        raise RuntimeError(f"A rule held that should not: {verdict.reason}")
    return taken_ms


def _prompts(dice: random.Random, size: Size) -> list[str]:
    """Texts of exactly that many characters, all with the word that rules half agree with."""
    words = _SENTENCE.split()
    return [
        (_PRESENT + " " + " ".join(dice.choices(words, k=size.chars // 2)))[: size.chars]
        for _ in range(size.prompts)
    ]


def _call(prompt: str) -> Call:
    data = {"model": "auto", "messages": [{"role": "user", "content": prompt}]}
    call = Call("bench", "chat", _Runtime(), {})
    call.request = Request(b"", data, "auto", stream=False, wants_usage=False)
    call.known = Features(call)
    call.trace.append(Step("rules"))
    return call


def _layer(count: int) -> RulesLayer:
    reader = GroupReader(CONDITION_KINDS, Compiling())
    targets = (Target("bench", "alpha"), Target("bench", "beta"))
    specs = [RuleSpec(str(n), f"rule {n}", n % 1_000, _when(n), targets) for n in range(count)]
    return RulesLayer(in_order([compile_rule(spec, reader) for spec in specs]))


def _when(number: int) -> Mapping[str, Any]:
    """Conditions of rule n, never true: of ten rules six are keywords, one each of the others."""
    absent = _keywords(*(f"{animal}{number}" for animal in ("zebra", "okapi", "lynx", "河马")))
    present = _keywords(_PRESENT, f"tapir{number}")
    shapes: Sequence[Mapping[str, Any]] = (
        *[absent] * 4,
        {**absent, "match": "substring"},
        {"all": [present, absent]},
        {"any": [absent, {"all": [present, {"kind": "tokens", "max": 1}]}]},
        {"all": [present, {"none": [absent, present]}]},
        {"kind": "task", "tasks": ["creative", "translation"], "min_confidence": 1.0},
        {"kind": "regex", "pattern": rf"\b(?:zebra|okapi){number}\b.{{0,20}}\bnow\b"},
    )
    return shapes[number % len(shapes)]


def _keywords(*words: str) -> Mapping[str, Any]:
    return {"kind": "keywords", "words": list(words), "match": "word"}


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
