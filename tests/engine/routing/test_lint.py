"""Rules that never hold, that others come before, that say the same or want the same calls."""

import time
from typing import Any

import pytest

from butler.contract.problems import Problem
from butler.engine.call import Target
from butler.engine.routing.lint import findings
from butler.engine.routing.rules import RuleSpec
from tests.engine.routing.calls import CHEAP, STRONG, keywords, reader

CODING = {"kind": "task", "tasks": ["coding"]}


def spec(id_: str, when: dict[str, Any], *targets: Target, priority: int = 500) -> RuleSpec:
    reader().read(when)
    return RuleSpec(id_, f"rule {id_}", priority, when, targets or (STRONG,))


def only(*rules: RuleSpec, known: tuple[str, ...] = ()) -> Problem | None:
    """What is found of the last rule; of the others there is nothing."""
    found = dict(findings(rules, known))
    told = found.pop(rules[-1].id, ())
    assert found == {}
    assert len(told) <= 1
    return told[0] if told else None


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"kind": "budget", "states": ["ok"]}, "budgets are not kept yet"),
        ({"kind": "regex", "pattern": r"[^\s\S]"}, "no text matches"),
        (
            {"all": [{"kind": "tokens", "max": 9}, {"kind": "tokens", "min": 10}]},
            "exclude each other",
        ),
        ({"all": [CODING, {"none": [CODING]}]}, "exclude each other"),
        (
            {"all": [{"kind": "has_tools"}, {"all": [{"kind": "has_tools", "value": False}]}]},
            "`has_tools`",
        ),
        ({"any": [{"kind": "budget", "states": ["ok"]}]}, "budgets"),
        ({"none": [{"kind": "private"}]}, "always holds"),
        ({"none": [{"kind": "tokens", "min": 0}]}, "always holds"),
        ({"kind": "keywords", "words": ["\u200b"]}, "nothing that can be read"),
        ({"kind": "requested_model", "models": ["gpt-9"]}, "leads to a model"),
        ({**CODING, "min_confidence": 0.98}, "never surer of a task than 0.97"),
    ],
)
def test_a_rule_that_never_holds_is_told_why(when: dict[str, Any], words: str) -> None:
    found = only(spec("a", when), known=("gpt-9",))
    assert found is not None
    assert found.code == "never_holds"
    assert words in found.detail


@pytest.mark.parametrize(
    "when",
    [
        CODING,
        {**CODING, "min_confidence": 0.97},
        {"any": [{"kind": "budget", "states": ["ok"]}, CODING]},
        {"kind": "regex", "pattern": "a|[^\\s\\S]"},
        {"kind": "requested_model", "models": ["gpt-9", "gpt-*"]},
        {"none": [CODING]},
        {"all": [{"kind": "tokens", "max": 10}, {"kind": "tokens", "min": 10}]},
        {"all": [{"kind": "token", "tokens": ["work"]}, {"kind": "token", "tokens": ["tok_1"]}]},
        {"all": [{"kind": "client", "clients": [n]} for n in ("codex", " codex")]},
    ],
)
def test_a_rule_that_may_hold_is_sound(when: dict[str, Any]) -> None:
    assert only(spec("a", when), known=("gpt-9",)) is None


def test_a_rule_behind_one_that_takes_all_of_it_is_shadowed() -> None:
    wide = spec("a", {"any": [CODING, keywords("api")]}, CHEAP, priority=900)
    narrow = spec("b", {"all": [CODING, keywords("date")]}, STRONG)
    found = only(wide, narrow)
    assert found is not None
    assert found.code == "shadowed"
    assert "“rule a” comes first" in found.detail
    # The special case before the general one is as it should be.
    assert only(narrow, wide) is None


def test_the_same_conditions_with_other_targets_are_shadowed() -> None:
    found = only(spec("a", CODING, STRONG), spec("b", {"all": [CODING]}, CHEAP))
    assert found is not None
    assert (found.code, "exactly where" in found.detail) == ("shadowed", True)


def test_the_same_twice_is_a_duplicate() -> None:
    found = only(spec("a", keywords("a", "b")), spec("b", keywords("B", "a")))
    assert found is not None
    assert found.code == "duplicate"


def test_a_rule_without_targets_is_in_nobody_s_way() -> None:
    dead = RuleSpec("a", "a", 900, CODING, ())
    assert only(dead, spec("b", CODING)) is None


def test_a_rule_that_never_holds_is_in_nobody_s_way() -> None:
    never = spec("a", {"kind": "budget", "states": ["ok", "warned", "spent"]})
    found = findings([never, spec("b", {"kind": "budget", "states": ["ok"]})])
    assert [problem.code for told in found.values() for problem in told] == ["never_holds"] * 2


def test_a_privacy_rule_behind_still_binds() -> None:
    secrets = {"all": [CODING, {"kind": "contains_secrets"}]}
    assert only(spec("a", CODING, CHEAP), spec("b", secrets, STRONG)) is None


def test_a_private_rule_behind_still_binds_however_it_is_nested() -> None:
    binding: dict[str, Any] = {"any": [{"all": [CODING, {"kind": "private"}]}]}
    assert only(spec("a", CODING, CHEAP), spec("b", binding, STRONG)) is None
    told = only(spec("a", {"all": [{"kind": "private"}]}, CHEAP), spec("b", binding, STRONG))
    assert told is not None
    assert told.code == "shadowed"


@pytest.mark.parametrize(
    "when",
    [
        {"kind": "health"},
        {"kind": "cost", "max_input_usd": 1},
        {"all": [CODING, {"any": [{"kind": "latency", "max_ms": 900, "target": None}]}]},
    ],
)
def test_conditions_on_a_rule_s_own_target_differ_with_the_target(when: dict[str, Any]) -> None:
    assert only(spec("a", when, CHEAP), spec("b", when, STRONG)) is None
    same = only(spec("a", when, CHEAP), spec("b", {"all": [when]}, CHEAP))
    assert same is not None
    assert same.code == "duplicate"


def test_rules_of_one_priority_that_want_the_same_calls_overlap() -> None:
    one, other = spec("a", keywords("api", "x"), STRONG), spec("b", keywords("api", "y"), CHEAP)
    found = only(one, other)
    assert found is not None
    assert found.code == "overlaps"
    assert only(one, spec("b", keywords("api", "y"), STRONG)) is None
    assert only(one, spec("b", keywords("y"), CHEAP)) is None
    assert only(one, spec("b", keywords("api", "y"), CHEAP, priority=400)) is None


def test_a_thousand_rules_take_no_long_time() -> None:
    rules = [
        spec(f"r{n}", {"all": [keywords(f"w{n}", f"v{n}"), {"kind": "tokens", "min": n}]})
        for n in range(1_000)
    ]
    started = time.perf_counter()
    assert findings(rules) == {}
    assert time.perf_counter() - started < 5
