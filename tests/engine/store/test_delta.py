"""What a change did: found by comparing, written as JSON, and read back as it was."""

import dataclasses
from datetime import timedelta
from typing import Any

import orjson
import pytest

from butler.engine.store.delta import RowChange, changes_between, record_of_row, rows_of
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget
from tests.engine.store.records import NOON, category, model, provider, rule, token

FULL = Snapshot(
    revision=3,
    settings={"routing.enabled": False},
    providers=(provider(key_envelope=b"BV1\x00\xff", options={"timeout": 1.0}),),
    models=(model(alias="fast", details={"context_tokens": 8}),),
    rules=(rule(targets=(StoredTarget("model_1", "prov_1/model_1"), StoredTarget(None, "a/b"))),),
    categories=(category(utterances=("Sue them.", "告他"), targets=(StoredTarget(None, "a/b"),)),),
    tokens=(token(copy_envelope=b"BV1\x01", expires_at=NOON, allowed_models=("auto",)),),
)


def changed(**fields: Any) -> tuple[RowChange, ...]:
    return changes_between(FULL, dataclasses.replace(FULL, **fields))


def test_equal_configurations_have_no_difference() -> None:
    assert changes_between(FULL, dataclasses.replace(FULL, revision=9)) == ()


@pytest.mark.parametrize("table", ["providers", "models", "rules", "categories"])
def test_a_record_survives_the_way_through_json(table: str) -> None:
    (record,) = getattr(FULL, table)
    row = orjson.loads(orjson.dumps(rows_of(FULL)[table, record.id]))
    assert record_of_row(table, row) == record


def test_rows_come_go_and_change() -> None:
    added = provider("prov_2")
    found = changed(providers=(dataclasses.replace(FULL.providers[0], enabled=False), added))
    assert [(change.key, change.fields) for change in found] == [
        (("providers", "prov_1"), ("enabled",)),
        (("providers", "prov_2"), found[1].fields),
    ]
    assert (found[0].before or {})["enabled"] is True
    assert (found[0].after or {})["enabled"] is False
    assert found[1].before is None
    (gone,) = changed(models=())
    assert (gone.key, gone.after) == (("models", "model_1"), None)
    (setting,) = changed(settings={})
    assert setting == RowChange("settings", "routing.enabled", {"value": False}, None)


def test_what_follows_by_itself_is_no_change() -> None:
    (old,) = FULL.rules
    later = NOON + timedelta(days=1)
    renamed = (StoredTarget("model_1", "renamed/model_1"), old.targets[1])
    assert changed(rules=(dataclasses.replace(old, targets=renamed, updated_at=later),)) == ()
    assert changed(tokens=(dataclasses.replace(FULL.tokens[0], last_used_at=later),)) == ()
    elsewhere = (StoredTarget("model_1", "prov_1/model_1"), StoredTarget(None, "a/c"))
    (change,) = changed(rules=(dataclasses.replace(old, targets=elsewhere),))
    assert change.fields == ("targets",)


def test_neither_digest_nor_copy_of_a_token_is_kept() -> None:
    row = rows_of(FULL)["tokens", "token_1"]
    assert set(row) == {
        "id",
        "name",
        "created_at",
        "expires_at",
        "allowed_models",
        "requests_per_minute",
    }
