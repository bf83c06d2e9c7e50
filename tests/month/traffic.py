"""What is asked in such a month, by whom, and how it goes: calls as they would have ended."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import orjson

from butler.engine.call import (
    Attempt,
    Call,
    Caller,
    Outcome,
    Replay,
    Step,
    Target,
    Usage,
    UsageSource,
    UseTargets,
)
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.facts import ModelFacts
from butler.engine.kept import KeptAnswer
from butler.engine.ledger.prices import Baseline
from butler.engine.signals.features import Features
from tests.engine.calls import Revision
from tests.month.furnishing import BASE_URLS, BASELINE, Furnished

DAYS = 30
_MINI = "openai/gpt-5-mini"
_LARGE = "openai/gpt-5.2"
_SONNET = "anthropic/claude-sonnet-4-5"
_CHEAP = "deepseek/deepseek-chat"
_HERE = "ollama/qwen3:8b"
_HOURS = (0, 0, 0, 0, 0, 0, 1, 4, 12, 19, 20, 17, 9, 12, 18, 18, 16, 13, 8, 5, 5, 4, 2, 1)
"""How busy each hour of a weekday is."""
_BUSIEST = max(_HOURS)
_LAST = tuple(timedelta(seconds=each) for each in (410, 330, 240, 170, 95, 40, 12))
_OUTAGE = (timedelta(days=6, hours=3), timedelta(minutes=40))
"""How long ago a provider went away, and for how long."""
_LOCAL = {Target("ollama", "qwen3:8b"): ModelFacts(local=True)}
_REVISION = Revision(revision=12, known_facts=_LOCAL)


@dataclass(frozen=True, slots=True)
class Speed:
    """How quick a model is: milliseconds to its first token, tokens per second after it."""

    ttft_ms: float
    tokens_per_s: float


_SPEEDS = {
    _LARGE: Speed(1_150, 62),
    _MINI: Speed(620, 110),
    _SONNET: Speed(980, 71),
    _CHEAP: Speed(740, 48),
    _HERE: Speed(310, 34),
}


@dataclass(frozen=True, slots=True)
class Habit:
    """One kind of request: who asks what, who decides and answers; `weight` is how often."""

    weight: int
    layer: str
    tool: str
    prompt: str
    target: str
    tokens_in: int
    tokens_out: int
    rule: str | None = None
    reason: str = ""
    score: float | None = None
    fallback: str | None = None
    image: bool = False
    thinking: bool = False


_AGENTS = {
    "Claude Code": "claude-cli/2.0.31 (external, cli)",
    "Codex": "codex_cli_rs/0.58.0 (Debian 13; x86_64)",
    "Cursor": "Cursor/2.1.0",
    "Continue": "continue/1.5.10",
    "Scripts": "OpenAI/Python 2.8.0",
}
_CODE = "Refactor this Python function and add type hints:\ndef total(rows): return sum(rows)"
HABITS = (
    Habit(9, "exact_cache", "Continue", "Explain what a mutex is", _MINI, 420, 310),
    Habit(9, "exact_cache", "Scripts", "Classify: refund not received", _MINI, 610, 24),
    Habit(
        6, "semantic_cache", "Scripts", "What is the capital of Peru?", _MINI, 96, 60, score=0.953
    ),
    Habit(
        15,
        "rules",
        "Claude Code",
        _CODE,
        _CHEAP,
        11_200,
        640,
        "Coding",
        "the task is coding (93 % sure)",
        fallback=_MINI,
    ),
    Habit(
        10,
        "rules",
        "Codex",
        "Fix the failing unit test in parser.rs",
        _CHEAP,
        8_400,
        520,
        "Coding",
        "the task is coding (90 % sure)",
        fallback=_MINI,
    ),
    Habit(
        7,
        "rules",
        "Claude Code",
        "Summarise the attached specification",
        _SONNET,
        31_000,
        900,
        "Long documents",
        "31,000 tokens are 20,000 or more",
        fallback=_LARGE,
    ),
    Habit(
        4,
        "rules",
        "Scripts",
        "Prove that the square root of 2 is irrational",
        _LARGE,
        190,
        820,
        "Maths",
        "the task is math (97 % sure)",
        fallback=_SONNET,
        thinking=True,
    ),
    Habit(
        5,
        "rules",
        "Scripts",
        "Translate into German: Where is the station?",
        _MINI,
        140,
        90,
        "Translation",
        "the task is translation (99 % sure)",
        fallback=_CHEAP,
    ),
    Habit(
        3,
        "rules",
        "Cursor",
        "Rotate this key for me: sk-live-…",
        _HERE,
        700,
        160,
        "Secrets stay here",
        "a key is in it",
    ),
    Habit(
        8,
        "semantic",
        "Continue",
        "Why does my borrow checker complain here?",
        _CHEAP,
        3_600,
        480,
        reason="“Debugging” is nearest (74% sure)",
        score=0.74,
    ),
    Habit(
        7,
        "semantic",
        "Cursor",
        "Compare these two quarterly reports",
        _LARGE,
        5_900,
        760,
        reason="“Data analysis” is nearest (69% sure)",
        score=0.69,
    ),
    Habit(
        5,
        "arbiter",
        "Continue",
        "Which database suits time series?",
        _MINI,
        900,
        380,
        reason="“general chat”, said qwen3:0.6b",
    ),
    Habit(
        8,
        "default",
        "Cursor",
        "Write a short note to the team",
        _MINI,
        1_300,
        260,
        reason="nothing above decided",
    ),
    Habit(
        4,
        "default",
        "Cursor",
        "What is wrong on this screenshot?",
        _MINI,
        2_100,
        240,
        reason="nothing above decided",
        image=True,
    ),
)
"""Shares as of a real mixed day: caches 24 %, rules 44, meaning 15, arbiter 5, default 12."""
_CHAIN = ("exact_cache", "semantic_cache", "rules", "semantic", "arbiter", "default")
_PASSED = {
    "exact_cache": "this was not asked before",
    "semantic_cache": "no question like it is kept",
    "rules": "none of 5 rules matched",
    "semantic": "nothing is alike (51 % at most, 60 % are asked for)",
    "arbiter": "no category fits",
}
_STEP_MS = {
    "exact_cache": 0.32,
    "semantic_cache": 0.55,
    "rules": 0.74,
    "semantic": 7.4,
    "arbiter": 92.0,
    "default": 0.02,
}


def traffic(furnished: Furnished, now: datetime, calls_a_day: int, seed: int = 1) -> Iterator[Call]:
    """Yield the calls of `DAYS` days up to `now`, oldest first; the same for the same seed."""
    random = Random(seed)
    weights = [habit.weight for habit in HABITS]
    conversations = itertools.count(1)
    for at in _times(random, now, calls_a_day):
        (habit,) = random.choices(HABITS, weights)
        yield _Ended(random, habit, furnished, at, now).call(next(conversations) // 4)


def baseline() -> Baseline:
    """Return the model that the owner compares with."""
    provider, _, model = BASELINE.partition("/")
    return Baseline(Target(provider, model), BASE_URLS[provider], ModelFacts())


def base_url(call: Call) -> str | None:
    """Return the address of the call's provider."""
    return BASE_URLS[call.target.provider] if call.target else None


def _times(random: Random, now: datetime, calls_a_day: int) -> Iterator[datetime]:
    local = now.astimezone()
    for back in range(DAYS, -1, -1):
        day = (local - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0)
        busy = 0.22 if day.weekday() >= 5 else random.uniform(0.85, 1.15)
        at = [
            day + timedelta(hours=hour, seconds=random.uniform(0, 3600))
            for hour in random.choices(range(24), _HOURS, k=round(calls_a_day * busy))
        ]
        yield from sorted(each for each in at if each < local - _LAST[0])
    # Whatever the hour is, the last minutes are not empty.
    yield from (local - each for each in _LAST)


class _Ended:
    """One call and how it went."""

    def __init__(
        self, random: Random, habit: Habit, furnished: Furnished, at: datetime, now: datetime
    ) -> None:
        self._random = random
        self._habit = habit
        self._furnished = furnished
        self._at = at
        since, long = _OUTAGE
        self._outage = now - since <= at <= now - since + long

    def call(self, conversation: int) -> Call:
        """Return the call with everything that its row is made of."""
        habit, random = self._habit, self._random
        headers = {"User-Agent": _AGENTS[habit.tool], "x-session-id": f"c{conversation}"}
        call = Call(
            f"req_{random.getrandbits(80):020x}",
            "chat_completions",
            _REVISION,
            headers,
            started_at=self._at,
            started_ns=0,
        )
        call.known = Features(call)
        call.request = OpenAIChat().read_request(orjson.dumps(self._body()))
        call.caller = Caller(self._furnished.tokens[habit.tool], habit.tool)
        if habit.layer not in {"exact_cache", "semantic_cache"}:
            _ = call.known.task
        call.trace = list(self._steps())
        call.overhead_ms = sum(step.ms for step in call.trace) + random.uniform(0.3, 0.9)
        self._answer(call)
        return call

    def _body(self) -> dict[str, object]:
        content: object = self._habit.prompt
        if self._habit.image:
            picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0K"}}
            content = [{"type": "text", "text": self._habit.prompt}, picture]
        effort = {"reasoning_effort": "high"} if self._habit.thinking else {}
        messages = [{"role": "user", "content": content}]
        return {"model": "auto", "stream": True, "messages": messages, **effort}

    def _steps(self) -> Iterator[Step]:
        habit = self._habit
        for layer in _CHAIN:
            ms = round(_STEP_MS[layer] * self._random.lognormvariate(0, 0.35), 3)
            if layer != habit.layer:
                yield Step(layer, Outcome.PASSED, _PASSED[layer], ms=ms)
                continue
            rule_id = self._furnished.rules[habit.rule] if habit.rule else None
            yield Step(
                layer, Outcome.DECIDED, self._reason, habit.score, (), rule_id, habit.rule, ms
            )
            return

    @property
    def _reason(self) -> str:
        habit = self._habit
        if habit.rule:
            return f"{habit.rule}: {habit.reason}"
        return habit.reason or {
            "exact_cache": f"the same was asked before; {habit.target} answered",
            "semantic_cache": "95 % like a question that was answered before",
        }.get(habit.layer, "")

    def _answer(self, call: Call) -> None:
        habit, random = self._habit, self._random
        target = _target(habit.target)
        tokens_in = max(12, round(habit.tokens_in * random.lognormvariate(0, 0.45)))
        tokens_out = max(4, round(habit.tokens_out * random.lognormvariate(0, 0.5)))
        call.status = 200
        call.finish = "stop"
        if habit.layer in {"exact_cache", "semantic_cache"}:
            kept = KeptAnswer(
                target.provider, target.model, "", (), "stop", tokens_in, tokens_out, self._at
            )
            call.verdict = Replay(kept, habit.layer, self._reason, habit.score)
            call.target = target
            call.usage = Usage(tokens_in, tokens_out, source=UsageSource.REPORTED)
            self._end(call, call.overhead_ms or 0.0, 0.4)
            return
        targets = (target, *((_target(habit.fallback),) if habit.fallback else ()))
        rule_id = self._furnished.rules[habit.rule] if habit.rule else None
        call.verdict = UseTargets(
            targets, habit.layer, self._reason, habit.score, rule_id, habit.rule
        )
        self._try(call, targets, tokens_in, tokens_out)

    def _try(
        self, call: Call, targets: tuple[Target, ...], tokens_in: int, tokens_out: int
    ) -> None:
        random = self._random
        waited = call.overhead_ms or 0.0
        for target in targets:
            speed = _SPEEDS[str(target)]
            failure = self._failure(target)
            if failure:
                ms = 10_000.0 if failure == "timeout" else random.uniform(120, 400)
                status = {"rate_limited": 429, "server_error": 503}.get(failure)
                call.attempts.append(Attempt(target, "failed", failure, status, None, ms))
                waited += ms
                continue
            ttft = speed.ttft_ms * random.lognormvariate(0, 0.3) + tokens_in * 0.012
            call.attempts.append(Attempt(target, "answered", status=200, ms=ttft))
            call.target = target
            cached = round(tokens_in * 0.6) if tokens_in > 4_000 and random.random() < 0.5 else None
            call.usage = Usage(tokens_in, tokens_out, cached, source=UsageSource.REPORTED)
            self._end(call, waited + ttft, tokens_out / speed.tokens_per_s * 1_000)
            return
        call.status = 502
        call.error = f"All {len(targets)} targets failed; the last one had its own error (503)."
        call.finish = None
        call.ended_ns = round(waited * 1e6)

    def _failure(self, target: Target) -> str | None:
        if self._outage and target.provider == "deepseek":
            return "server_error"
        chance = self._random.random()
        if chance < 0.011:
            return "rate_limited"
        return "timeout" if chance < 0.015 else None

    def _end(self, call: Call, first_ms: float, rest_ms: float) -> None:
        call.first_content_ns = round(first_ms * 1e6)
        call.ended_ns = round((first_ms + rest_ms) * 1e6)


def _target(name: str) -> Target:
    provider, _, model = name.partition("/")
    return Target(provider, model)
