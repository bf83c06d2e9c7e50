"""Rules between their two shapes: nothing is lost on the way in, out, or through a patch."""

from datetime import UTC, datetime

import pytest

from butler.contract.resources import RuleIn, RulePatch, Thinking
from butler.engine.admin.exchange import NotFound
from butler.engine.admin.rule_records import (
    find_rule,
    new_record,
    patched,
    rewritten,
    rule_row,
    same_decision,
)
from butler.engine.errors import ConfigError
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ACME = ProviderRecord(
    id="prov", name="acme", kind="openai_compatible", base_url="http://x", key_envelope=None,
    options={}, enabled=True, position=0, created_at=NOW, updated_at=NOW,
)  # fmt: skip
BETA = ModelRecord(
    id="mod", provider_id="prov", name="org/beta", alias=None, enabled=True, position=0
)
EMPTY = Snapshot(revision=1, settings={}, providers=(ACME,), models=(BETA,), rules=(), tokens=())
FULL = RuleIn(
    name="hard things", description="why", priority=900, enabled=False,
    when={"all": [{"kind": "tokens", "min": 1}]}, target="acme/org/beta", fallbacks=["gone/x"],
    thinking=Thinking(mode="enabled", budget_tokens=99), cap_price=True,
)  # fmt: skip


def test_in_and_out() -> None:
    record = new_record(FULL, EMPTY)
    assert record.targets == (StoredTarget("mod", "acme/org/beta"), StoredTarget(None, "gone/x"))
    row = rule_row(record, ())
    assert {**row.model_dump(), "when": FULL.when}.items() >= FULL.model_dump().items()


def test_an_empty_patch_changes_nothing_but_the_time() -> None:
    record = new_record(FULL, EMPTY)
    same = patched(record, RulePatch(), EMPTY)
    assert rule_row(same, ()) == rule_row(record, ())
    assert same_decision(same, record)
    unthinking = patched(record, RulePatch(thinking=None), EMPTY)
    assert unthinking.thinking is None
    assert not same_decision(unthinking, record)


def test_a_rewritten_rule_keeps_its_id_and_age() -> None:
    record = new_record(FULL, EMPTY)
    other = rewritten(record, RuleIn(name="x", when={"all": []}, target="acme/org/beta"), EMPTY)
    assert (other.id, other.created_at) == (record.id, record.created_at)
    assert (other.priority, other.thinking, other.cap_price) == (500, None, False)


def test_an_id_comes_before_a_name() -> None:
    one, two = new_record(FULL, EMPTY), new_record(FULL, EMPTY)
    imitator = new_record(FULL.model_copy(update={"name": one.id}), EMPTY)
    snapshot = Snapshot(
        revision=1, settings={}, providers=(), models=(), rules=(imitator, one, two), tokens=()
    )
    assert find_rule(snapshot, one.id) == one
    with pytest.raises(ConfigError, match="Several rules are called 'hard things'"):
        find_rule(snapshot, "hard things")
    with pytest.raises(NotFound):
        find_rule(snapshot, "nobody")
