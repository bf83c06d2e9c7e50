"""A mixed day of one developer's traffic, replayed over a living engine with all its layers.

`python -m tests.eval.day` prints which layer decided how many calls, and how long each took.
Lines of `day.jsonl` are what somebody does: `say` one thing (to `model`, else `auto`), `chat` in
several turns, let a tool `loop` for some `rounds`, or a tool that asks for a `title`.
"""

import asyncio
import json
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from tests.e2e.house import House, until
from tests.fakes import Upstream
from tests.fakes.ollama import FakeOllama, Model

DAY: Final = Path(__file__).with_name("day.jsonl")
LAYERS: Final = (
    "exact_cache",
    "direct",
    "pin",
    "semantic_cache",
    "rules",
    "semantic",
    "arbiter",
    "default",
)
LEAST: Final = 0.02
_TOOL: Final = {
    "type": "function",
    "function": {"name": "run", "parameters": {"type": "object", "properties": {}}},
}
_TITLE: Final = "Write a title of at most five words for this conversation. Answer with it alone."
_PAUSE_S: Final = 0.05
_NO_ROUTE: Final = '{"route": "other"}'
Body = dict[str, Any]


@dataclass(slots=True)
class Day:
    """What happened: which layer decided each call, and how long every layer looked at it."""

    asked: int = 0
    decided: Counter[str] = field(default_factory=Counter)
    looked_ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def calls(self) -> int:
        """How many calls there were."""
        return self.decided.total()

    def share(self, layer: str) -> float:
        """The share of calls that a layer decided."""
        return self.decided[layer] / self.calls

    def table(self) -> str:
        """A line for every layer."""
        lines = [f"{self.calls} calls", f"{'layer':16}{'decided':>9}{'p50 ms':>9}{'p95 ms':>9}"]
        for layer in LAYERS:
            times = sorted(self.looked_ms[layer]) or [0.0]
            p95 = times[int(len(times) * 0.95)]
            lines.append(
                f"{layer:16}{self.share(layer):>9.1%}{statistics.median(times):>9.3f}{p95:>9.3f}"
            )
        return "\n".join(lines)


def bodies(does: Mapping[str, Any]) -> Iterator[Body]:
    """The calls that one line of the day makes, in their order; answers are made up."""
    model = does.get("model", "auto")
    if "say" in does:
        yield _body(model, [_user(does["say"])])
    elif "title" in does:
        yield _body(model, [{"role": "system", "content": _TITLE}, _user(does["title"])])
    elif "chat" in does:
        messages: list[Body] = []
        for words in does["chat"]:
            messages.append(_user(words))
            yield _body(model, list(messages))
            messages.append({"role": "assistant", "content": f"About that: {words[:20]}"})
    else:
        yield from _loop(model, does["loop"], does["rounds"])


def _loop(model: str, ask: str, rounds: int) -> Iterator[Body]:
    messages: list[Body] = [_user(ask)]
    yield _body(model, list(messages), tools=[_TOOL])
    for number in range(rounds):
        call = {"id": f"call_{number}", "type": "function"}
        call |= {"function": {"name": "run", "arguments": "{}"}}
        messages.append({"role": "assistant", "content": None, "tool_calls": [call]})
        result = f"{ask[:12]}: step {number} is done"
        messages.append({"role": "tool", "tool_call_id": f"call_{number}", "content": result})
        yield _body(model, list(messages), tools=[_TOOL])


def _user(words: str) -> Body:
    return {"role": "user", "content": words}


def _body(model: str, messages: Sequence[Body], **fields: Any) -> Body:
    return {"model": model, "messages": messages, **fields}


@dataclass(frozen=True, slots=True)
class Furnished:
    """A house with every layer on, and the model server that is its arbiter."""

    house: House
    arbiter: FakeOllama


@asynccontextmanager
async def furnished(directory: Path) -> AsyncIterator[Furnished]:
    """An engine with every layer on, as its owner has set it up; thresholds are the shipped ones.

    The arbiter's server is a scripted one: what it says is not what is measured here.
    """
    async with Upstream() as up, FakeOllama(Model(answer=_NO_ROUTE)) as arbiter:
        given = {"arbiter.url": arbiter.url, "arbiter.budget_ms": 1_000}
        async with House(directory, None, given, all_layers=True) as house:
            await house.add(up, models=[{"name": "alpha", "alias": "cheap"}, _strong()])
            await _set_up(house)
            yield Furnished(house, arbiter)


def _strong() -> Body:
    return {"name": "beta", "alias": "strong"}


async def _set_up(house: House) -> None:
    """Rules for code and translation, targets for some categories, the rest to the arbiter."""
    for task, target in (("coding", "acme/beta"), ("translation", "acme/alpha")):
        when = {"all": [{"kind": "task", "tasks": [task], "min_confidence": 0.7}]}
        await house.rule(target, name=task, when=when)
    found = (await house.admin("GET", "categories")).json["items"]
    assert found, "no categories are shipped"
    for category in found:
        edited = {"targets": ["acme/beta"]}
        got = await house.admin("PATCH", f"categories/{category['id']}", edited)
        assert got.status == 200, got.raw
    await until(lambda: _is_ready(house), 60.0)


async def _is_ready(house: House) -> bool:
    """Whether a fresh question gets as far as the arbiter: models load behind what serves."""
    got = await house.admin("POST", "explain", {"text": "Is everybody ready?"})
    passed = {step["layer"]: step["outcome"] for step in got.json["trace"]}
    return passed.get("semantic") in ("decided", "passed")


async def replay(among: Furnished, lines: Sequence[Mapping[str, Any]]) -> Day:
    """Make the day's calls one after another, as one person does.

    The arbiter names a category for one question, and finds none that fits the next.
    """
    day, house = Day(), among.house
    named = (await house.admin("GET", "categories")).json["items"][0]["name"]
    answers = cycle((json.dumps({"route": named}), _NO_ROUTE))
    for does in lines:
        for body in bodies(does):
            if len(among.arbiter.asked) != day.asked:
                day.asked = len(among.arbiter.asked)
                among.arbiter.model.answer = next(answers)
            got = await house.post(body)
            assert got.status == 200, got.raw
            day.decided[got.headers["x-butler-layer"]] += 1
            # A person reads before they go on; a cache keeps an answer only once it is over.
            await asyncio.sleep(_PAUSE_S)
            last = got.headers["x-butler-request-id"]
    for row in await _rows(house, last):
        for step in row["trace"]:
            day.looked_ms[step["layer"]].append(step["ms"])
    return day


async def _rows(house: House, last: str) -> Sequence[Mapping[str, Any]]:
    """Return the log of the day, once its last call is in it."""

    async def is_written() -> bool:
        return (await house.admin("GET", f"requests/{last}")).status == 200

    await until(is_written)
    rows: Sequence[Mapping[str, Any]] = (await house.admin("GET", "requests?limit=500")).json[
        "items"
    ]
    return rows


def read_day() -> list[Mapping[str, Any]]:
    """The lines of the day."""
    return [json.loads(line) for line in DAY.read_text(encoding="utf-8").splitlines()]


async def main() -> int:
    """Print the table; 1 when a layer decided too little."""
    with tempfile.TemporaryDirectory() as directory:
        async with furnished(Path(directory)) as among:
            day = await replay(among, read_day())
    print(day.table())
    missing = [layer for layer in LAYERS if day.share(layer) < LEAST]
    if missing:
        print(f"under {LEAST:.0%}: {', '.join(missing)}")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
