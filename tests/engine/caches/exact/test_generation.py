"""What decides who answers makes the generation; nothing else does."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

from butler.engine.caches.exact.generation import generation_of, generations_by_target
from butler.engine.call import Target
from butler.engine.settings import Settings
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.rules import RuleRecord
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget

RULE = RuleRecord(
    id="r1", name="a", description="", priority=1, enabled=True,
    conditions={"all": [{"kind": "tokens", "min": 0}]}, targets=(StoredTarget("m1", "acme/a"),),
    created_at=datetime.now(UTC), updated_at=datetime.now(UTC),
)  # fmt: skip
MODEL = ModelRecord(
    id="m1", provider_id="p1", name="a", alias=None, enabled=True, position=0, details={}
)
SNAPSHOT = Snapshot(
    revision=1, settings={}, providers=(), models=(MODEL,), rules=(RULE,), tokens=()
)
SETTINGS = Settings()
NOW = generation_of(SNAPSHOT, SETTINGS)


def test_an_edit_of_rules_or_models_makes_another() -> None:
    disabled = dataclasses.replace(RULE, enabled=False)
    elsewhere = dataclasses.replace(RULE, targets=(StoredTarget("m2", "acme/b"),))
    for rules in ((), (disabled,), (elsewhere,)):
        assert generation_of(dataclasses.replace(SNAPSHOT, rules=rules), SETTINGS) != NOW
    renamed = dataclasses.replace(MODEL, name="b")
    assert generation_of(dataclasses.replace(SNAPSHOT, models=(renamed,)), SETTINGS) != NOW
    other_default = Settings({"routing.default_target": "acme/b"})
    assert generation_of(SNAPSHOT, other_default) != NOW


def test_what_decides_nothing_makes_none() -> None:
    touched = dataclasses.replace(RULE, updated_at=datetime(2030, 1, 1, tzinfo=UTC))
    later = dataclasses.replace(SNAPSHOT, revision=9, rules=(touched,))
    assert generation_of(later, SETTINGS) == NOW
    off = Settings({"routing.enabled": False, "log.level": "debug"})
    assert generation_of(SNAPSHOT, off) == NOW


def test_a_named_model_has_another_when_it_is_asked_otherwise() -> None:
    provider = ProviderRecord(
        id="p1", name="acme", kind="openai_compatible", base_url="https://a.test/v1",
        key_envelope=None, options={}, enabled=True, position=0,
        created_at=datetime.now(UTC), updated_at=datetime.now(UTC),
    )  # fmt: skip
    target = Target("acme", "a")

    def of(**changes: Any) -> str:
        now = dataclasses.replace(SNAPSHOT, **{"providers": (provider,), **changes})
        return generations_by_target(now)[target]

    moved = dataclasses.replace(provider, base_url="https://b.test/v1")
    thinking = dataclasses.replace(MODEL, details={"default_thinking": {"mode": "high"}})
    assert of(providers=(moved,)) != of()
    assert of(models=(thinking,)) != of()
    assert of(rules=()) == of()
