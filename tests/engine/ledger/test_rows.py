"""A finished call as a row: what is known of it, nothing made up, and no word of the prompt."""

import json
from decimal import Decimal

import pytest

from butler.engine.call import (
    Attempt,
    Call,
    ModelFacts,
    Outcome,
    Price,
    Step,
    Target,
    Usage,
    UsageSource,
    UseTargets,
)
from butler.engine.ledger.prices import Baseline
from butler.engine.ledger.rows import row_of, step_row, usage_of
from tests.engine.calls import HELLO, Revision, new_call, tally

TARGET = Target("acme", "gpt-4o-mini")
VERDICT = UseTargets((TARGET,), "rules", "because", 0.5, "rule_1", "My rule")


def test_a_call_that_was_refused_at_the_door() -> None:
    call = new_call(headers={"User-Agent": "curl/8"})
    call.caller = None
    call.end(401, "Who are you?")
    row = row_of(call, None)
    assert (row.status, row.error, row.token_id, row.requested_model) == (
        401,
        "Who are you?",
        None,
        None,
    )
    assert (row.modalities, row.task, row.target, row.layer) == ((), None, None, None)
    assert (row.usage_source, row.cost_source, row.input_tokens) == ("unknown", "unknown", None)
    assert row.client == "curl"


def test_a_call_that_was_answered() -> None:
    call = new_call({**HELLO, "model": "auto", "stream": True})
    call.verdict, call.target = VERDICT, TARGET
    call.usage = Usage(1_000_000, 0, source=UsageSource.REPORTED)
    call.attempts = [
        Attempt(Target("down", "x"), "failed", "timeout", 504, "late", 12.3456),
        Attempt(TARGET, "answered", None, 200, None, 1.0),
    ]
    call.trace = [
        Step("rules", Outcome.DECIDED, "because", 0.123456, ("hello",), "rule_1", "My rule")
    ]
    call.end(200)
    row = row_of(call, "https://api.openai.com/v1")
    assert (row.layer, row.rule_id, row.rule_name) == ("rules", "rule_1", "My rule")
    assert (row.cost_usd, row.cost_source) == (Decimal("0.15"), "priced")
    assert (row.streaming, row.token_name) == (True, "default")
    # Nobody asked for the task, so the log does not either.
    assert row.task is None
    assert row.attempts[0] == {
        "target": "down/x", "outcome": "failed", "failure": "timeout", "status": 504,
        "error": "late", "ms": 12.346,
    }  # fmt: skip
    json.dumps([row.attempts, row.trace])


def test_a_task_that_was_asked_for_is_in_the_row() -> None:
    call = new_call(HELLO)
    assert call.known.task.task == "chat"
    assert row_of(call, None).task == "chat"


def test_usage_is_reported_else_estimated_else_unknown() -> None:
    call = new_call(HELLO)
    call.answer_tally = tally("some ", "words")
    assert usage_of(call) == Usage()
    call.target = TARGET
    guess = usage_of(call)
    assert (guess.source, guess.output_tokens) == (UsageSource.ESTIMATED, 3)
    assert guess.input_tokens
    call.usage = Usage(7, 2, source=UsageSource.REPORTED)
    assert usage_of(call) == Usage(7, 2, source=UsageSource.REPORTED)


def test_what_a_report_leaves_out_is_estimated_and_the_whole_marked_as_that() -> None:
    call = new_call(HELLO)
    call.target, call.answer_tally = TARGET, tally("some ", "words")
    call.usage = Usage(7, None, 5, source=UsageSource.REPORTED)
    assert usage_of(call) == Usage(7, 3, 5, source=UsageSource.ESTIMATED)
    call.usage = Usage(source=UsageSource.REPORTED, images=1)
    assert usage_of(call) == call.usage


@pytest.mark.parametrize("status", [499, 502])
def test_an_answer_that_was_cut_costs_what_it_used(status: int) -> None:
    call = answered()
    call.status = status
    row = row_of(call, "https://api.openai.com/v1")
    assert (row.cost_usd, row.status) == (Decimal("0.15"), status)


def answered(layer: str = "rules") -> Call:
    call = new_call({**HELLO, "model": "auto"})
    call.verdict, call.target = UseTargets((TARGET,), layer, "because"), TARGET
    call.usage = Usage(1_000_000, 0, source=UsageSource.REPORTED)
    call.end(200)
    return call


DEAR = Price(source="owner", input_usd=Decimal(10), output_usd=Decimal(30))
BASELINE = Baseline(Target("big", "one"), "https://big.example/v1", ModelFacts(price=DEAR))


def test_the_same_tokens_at_the_baseline() -> None:
    row = row_of(answered(), "https://api.openai.com/v1", BASELINE)
    assert (row.cost_usd, row.baseline_usd) == (Decimal("0.15"), Decimal(10))
    assert row.baseline == "big/one"


@pytest.mark.parametrize("what", ["nothing chosen", "explicit", "failed", "no price"])
def test_no_baseline_where_nothing_was_saved_or_nobody_knows(what: str) -> None:
    call = answered("direct" if what == "explicit" else "rules")
    call.status = 502 if what == "failed" else 200
    baseline: Baseline | None = BASELINE
    if what == "nothing chosen":
        baseline = None
    if what == "no price":
        baseline = Baseline(BASELINE.target, BASELINE.base_url, ModelFacts())
    row = row_of(call, "https://api.openai.com/v1", baseline)
    assert (row.baseline, row.baseline_usd) == (None, None)


def test_the_owners_price_of_the_revision_counts() -> None:
    call = answered()
    call.runtime = Revision(9, known_facts={TARGET: ModelFacts(price=DEAR)})
    row = row_of(call, "https://api.openai.com/v1")
    assert (row.cost_usd, row.price_source, row.revision) == (Decimal(10), "owner", 9)


def test_why_the_first_target_was_left() -> None:
    call = answered()
    first, other = Target("a", "1"), Target("b", "2")
    call.attempts = [
        Attempt(first, failure="timeout"),
        # Asked again, and only then left.
        Attempt(first, failure="rate_limited"),
        Attempt(other, "answered"),
    ]
    assert row_of(call, None).fallback == "rate_limited"
    call.attempts = call.attempts[:2]
    assert row_of(call, None).fallback is None


def test_what_the_gate_warned_of_is_in_the_row() -> None:
    call = answered()
    call.warnings = ["None of them can hold so much.\0"]
    row = row_of(call, None)
    assert row.warnings == ("None of them can hold so much.",)


def test_what_clients_say_of_themselves_is_kept_short() -> None:
    call = new_call({**HELLO, "reasoning_effort": "x" * 1_000})
    call.finish = "y" * 1_000
    row = row_of(call, None)
    assert (len(row.thinking or ""), len(row.finish or "")) == (80, 80)


def test_an_error_of_any_length_is_kept_short() -> None:
    call = new_call(HELLO)
    call.attempts = [Attempt(TARGET, error="x" * 10_000)]
    call.end(500, "y" * 10_000)
    row = row_of(call, None)
    assert len(row.error or "") <= 500
    assert len(row.attempts[0]["error"]) <= 500


def test_a_step_that_says_nothing_takes_no_room() -> None:
    assert step_row(Step("direct", ms=0.00012)) == {
        "layer": "direct", "outcome": "passed", "reason": "", "ms": 0.0001,
    }  # fmt: skip


def test_a_named_model_is_no_guess_of_the_task() -> None:
    call = new_call(HELLO)
    call.explicit = TARGET
    assert row_of(call, None).task is None


def test_no_word_of_the_prompt_is_in_the_row() -> None:
    call = new_call({"messages": [{"role": "user", "content": "Secretword 秘密 please"}]})
    call.verdict, call.target = VERDICT, TARGET
    call.answer_tally = tally("Answerword")
    call.end(200)
    row = str(row_of(call, None))
    assert not any(word in row for word in ("Secretword", "秘密", "Answerword"))
