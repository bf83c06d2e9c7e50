"""Calls and conditions as the routing room sees them, without a server around them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from multidict import CIMultiDict

from butler.contract.problems import Problem
from butler.engine.builtin import CONDITION_KINDS
from butler.engine.call import Call, Caller, Request, Step, Target
from butler.engine.errors import ConfigError
from butler.engine.routing.conditions.base import Compiling, Condition, Match
from butler.engine.routing.groups import GroupReader
from butler.engine.routing.rules import CompiledRule, RuleSpec, compile_rule
from butler.engine.signals.features import Features
from tests.engine.calls import Revision as Revision

CHEAP, STRONG = Target("shop", "cheap"), Target("shop", "strong")


@dataclass(frozen=True, slots=True)
class Live:
    """What a test says that traffic has shown: by percentile, by share, and open breakers."""

    ms: Mapping[tuple[Target, int], float] = field(default_factory=dict)
    failing: Mapping[Target, float] = field(default_factory=dict)
    open: frozenset[Target] = frozenset()

    def latency_ms(self, target: Target, percentile: int) -> float | None:
        return self.ms.get((target, percentile))

    def failure_rate(self, target: Target) -> float | None:
        return self.failing.get(target)

    def is_open(self, target: Target) -> bool:
        return target in self.open


def call(
    data: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
    caller: str = "token_1",
    routing: bool = True,
) -> Call:
    """A call with this request body, as it is when the layers are asked."""
    runtime = Revision(routing_enabled=routing)
    call = Call("req_1", "chat_completions", runtime, CIMultiDict(headers or {}))
    call.known = Features(call)
    call.caller = Caller(caller, caller)
    call.request = request(data)
    call.trace.append(Step("test"))
    return call


def request(data: Mapping[str, Any]) -> Request:
    return Request(b"", data, data.get("model"), stream=False, wants_usage=False)


def saying(text: str, **more: Any) -> Call:
    """A call in which the user says this; `more` stands beside the messages."""
    return call({"model": "auto", "messages": [{"role": "user", "content": text}], **more})


def reader() -> GroupReader:
    return GroupReader(CONDITION_KINDS, Compiling())


def condition(spec: Mapping[str, Any]) -> Condition:
    """Compile one condition or group by itself."""
    return reader().read(spec)


def match(spec: Mapping[str, Any], text: str) -> Match | None:
    """Compile a condition and ask it about what a user says."""
    return condition(spec).match(saying(text))


def refusal(spec: object) -> Problem:
    """The one problem for which a `when` is refused."""
    with pytest.raises(ConfigError) as refused:
        reader().read(spec)
    (problem,) = refused.value.problems
    return problem


def keywords(*words: str, **more: Any) -> dict[str, Any]:
    return {"kind": "keywords", "words": list(words), **more}


def rule(id_: str, when: Mapping[str, Any], priority: int = 500, *targets: Target) -> CompiledRule:
    """A rule with a lexicon of its own."""
    spec = RuleSpec(id_, f"rule {id_}", priority, when, targets or (STRONG, CHEAP))
    return compile_rule(spec, reader())
