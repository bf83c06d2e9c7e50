"""The rule layer alone: what it takes to find the rule that holds, or that none of n does.

Times are processor time of the thread, which waits for nothing: what busy neighbours take from
the core is not the layer's. Every call is new to the layer, so its time holds all that a call
pays for: finding the user's words, the keyword search, the patterns, the estimate, and the
classifier. The columns `but classifier` are of calls whose task was known before.
`python -m tests.bench.rules`.
"""

import asyncio
import gc
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from butler.engine.builtin import CONDITION_KINDS
from butler.engine.call import Call, LiveView, Request, Step, Target, Timeouts
from butler.engine.dispatch.health import Health
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.groups import GroupReader
from butler.engine.routing.layers.rules import RulesLayer
from butler.engine.routing.rules import RuleSpec, compile_rule, in_order
from butler.engine.signals.features import Features

_BUDGET_MS = 2.0
_BUDGET_RULES = 1_000
_COUNTS = (10, 100, _BUDGET_RULES)
_ENGLISH = (
    "We moved the reader of the settings into a module of its own last week. ",
    "Since then the last line of the file is lost whenever the buffer is exactly full. ",
    "The tests did not notice, because every sample ends with an empty line. ",
    "Please explain why this happens, and write a test that shows it. ",
    "I would rather keep the public functions as they are: two other teams call them. ",
    "The build takes eleven minutes (nine of them for the pictures). ",
    "Could you compare reading by lines with reading by blocks?\n",
    "My colleague blames the network, but the capture shows nothing unusual. ",
    "A summary is welcome, as long as it names the file and the line. ",
)
_CHINESE = (
    "上周我们把读取配置的代码移到了单独的模块里。",
    "从那以后，只要 buffer 刚好写满，文件的最后一行就会丢失。",
    "测试没有发现这个问题，因为所有样例都以空行结尾。",
    "请解释为什么会这样，并写一个能重现它的测试。",
    "公开的函数最好不要改动：另外两个团队也在调用。",
    "构建一次要十一分钟（其中九分钟在处理图片）。",
    "能不能比较一下按行读取和按块读取？\n",
    "同事认为是网络的问题，但是抓包没有看到任何异常。",
    "欢迎附上总结，只要写明文件名和行号。",
)
_PRESENT = "buffer"


@dataclass(frozen=True, slots=True)
class Size:
    """Prompts of one length, and how many of them are decided."""

    title: str
    chars: int
    prompts: int
    has_budget: bool = True


_SIZES = (
    Size("300 characters", 300, 300),
    Size("4 KB", 4_096, 300),
    Size("100 KB", 102_400, 100, has_budget=False),
)
_LANGUAGES: Mapping[str, Sequence[str]] = {"English": _ENGLISH, "Chinese": _CHINESE}


@dataclass(frozen=True, slots=True)
class Case:
    """So many rules, of which the middle one holds or none, asked about prompts of one sort."""

    rules: int
    holds: bool
    size: Size
    language: str

    @property
    def has_budget(self) -> bool:
        """Whether the budget is for this case."""
        return self.rules == _BUDGET_RULES and self.size.has_budget

    def __str__(self) -> str:
        found = "the middle one holds" if self.holds else "none holds"
        return f"{self.rules:,} rules, {found}, {self.size.title}, {self.language}"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds that each call of a case took, without the classifier and with it."""

    case: Case
    but_classifier_ms: Sequence[float]
    whole_ms: Sequence[float]

    @property
    def is_slow(self) -> bool:
        """Whether the case misses its budget."""
        return self.case.has_budget and _percentile(self.whole_ms, 99) >= _BUDGET_MS


@dataclass(frozen=True, slots=True)
class _Runtime:
    """As much of a compiled configuration as the rule layer looks at."""

    revision: int = 1
    timeouts: Timeouts = field(default_factory=lambda: Timeouts(1, 1, 1, 1))
    routing_enabled: bool = True
    live: LiveView = field(default_factory=Health)


def run() -> bool:
    """Measure and print; True when every size with a budget keeps it at 1,000 rules."""
    print(f"\n{'':<62}{'but classifier':>24}{'everything':>24}")
    print(f"{'rules layer, processor time per call':<62}" + f"{'p50':>12}{'p99':>12}" * 2)
    slow = []
    for case in _cases():
        timing = asyncio.run(_time(case))
        columns = [
            f"{_percentile(series, percent):>9.3f} ms"
            for series in (timing.but_classifier_ms, timing.whole_ms)
            for percent in (50, 99)
        ]
        print(f"{case!s:<62}" + "".join(columns), end="")
        print(f"  budget {_BUDGET_MS:.0f} ms" * case.has_budget + " MISSED" * timing.is_slow)
        slow += [str(case)] * timing.is_slow
    print(f"A bare loop of a million steps takes {_loop_ms():.0f} ms on this machine now.")
    print(
        f"Budget: p99 of everything below {_BUDGET_MS:.0f} ms at {_BUDGET_RULES:,} rules:", end=" "
    )
    print(f"missed {len(slow)} times" if slow else "kept")
    return not slow


def _cases() -> Iterator[Case]:
    for rules in _COUNTS:
        for holds in (False, True):
            for size in _SIZES:
                yield from (Case(rules, holds, size, language) for language in _LANGUAGES)


def _loop_ms() -> float:
    """A yardstick: shared machines differ by a factor of two from hour to hour."""
    before_ns = time.thread_time_ns()
    for _ in range(1_000_000):
        pass
    return (time.thread_time_ns() - before_ns) / 1e6


def _percentile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1]


async def _time(case: Case) -> Timing:
    layer = _layer(case)
    prompts = _prompts(case)
    # The first call builds the automaton; a new revision pays for that once.
    await _decide_ms(case, layer, _call(prompts[0]))
    gc.collect()
    known = [_call(prompt) for prompt in prompts]
    for call in known:
        # On a view of its own, so that nothing else of the call is known.
        vars(call.known)["task"] = Features(call).task
    but_classifier_ms = [await _decide_ms(case, layer, call) for call in known]
    gc.collect()
    whole_ms = [await _decide_ms(case, layer, _call(prompt)) for prompt in prompts]
    return Timing(case, but_classifier_ms, whole_ms)


async def _decide_ms(case: Case, layer: RulesLayer, call: Call) -> float:
    before_ns = time.thread_time_ns()
    verdict = await layer.decide(call)
    taken_ms = (time.thread_time_ns() - before_ns) / 1e6
    if (verdict is not None) != case.holds:
        raise RuntimeError(f"{case}: the layer found {verdict}")
    return taken_ms


def _prompts(case: Case) -> list[str]:
    """Texts of exactly that many characters, all with the word that half of the rules know."""
    dice = random.Random(case.size.chars)
    sentences = _LANGUAGES[case.language]
    # No sentence is shorter than fifteen characters.
    count = case.size.chars // 15
    return [
        (f"{_PRESENT}: " + "".join(dice.choices(sentences, k=count)))[: case.size.chars]
        for _ in range(case.size.prompts)
    ]


def _call(prompt: str) -> Call:
    data = {"model": "auto", "messages": [{"role": "user", "content": prompt}]}
    call = Call("bench", "chat", _Runtime(), {})
    call.request = Request(b"", data, "auto", stream=False, wants_usage=False)
    call.known = Features(call)
    call.trace.append(Step("rules"))
    return call


def _layer(case: Case) -> RulesLayer:
    reader = GroupReader(CONDITION_KINDS, Compiling())
    targets = (Target("bench", "alpha"), Target("bench", "beta"))
    specs = [
        RuleSpec(str(number), f"rule {number}", 1_000 - number, _when(number), targets)
        for number in range(case.rules)
    ]
    if case.holds:
        middle = case.rules // 2
        when = {"all": [_keywords(_PRESENT, "tapir")]}
        specs[middle] = RuleSpec("middle", "the middle", 1_000 - middle, when, targets)
    return RulesLayer(in_order([compile_rule(spec, reader) for spec in specs]))


def _when(number: int) -> Mapping[str, Any]:
    """Conditions of rule n, never true: five of ten are keywords alone, the others all differ."""
    absent = _keywords(*(f"{animal}{number}" for animal in ("zebra", "okapi", "lynx", "河马")))
    present = _keywords(_PRESENT, f"tapir{number}")
    huge = {"kind": "tokens", "min": 1_000_000 + number}
    shapes: Sequence[Mapping[str, Any]] = (
        *[absent] * 4,
        {**absent, "match": "substring"},
        {"all": [present, absent, huge]},
        {"any": [absent, {"all": [present, {"none": [absent, present]}]}]},
        huge,
        {"all": [{"kind": "task", "tasks": ["creative", "translation"], "min_confidence": 1.0}]},
        {"kind": "regex", "pattern": rf"\b(?:zebra|okapi|河马){number}\b.{{0,20}}\bnow\b"},
    )
    return shapes[number % len(shapes)]


def _keywords(*words: str) -> Mapping[str, Any]:
    return {"kind": "keywords", "words": list(words), "match": "word"}


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
