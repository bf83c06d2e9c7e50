"""Categories between their two shapes."""

import pytest

from butler.contract.categories import CategoryIn, CategoryPatch
from butler.engine.admin.category_records import (
    category_item,
    category_row,
    find_category,
    new_category,
    patched_category,
)
from butler.engine.admin.exchange import NotFound
from butler.engine.errors import ConfigError
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget
from tests.engine.store.records import category, model, provider

LAW = category(name="law", utterances=("a", "b"), targets=(StoredTarget(None, "x/y"),))
STORED = Snapshot(
    revision=1,
    settings={},
    providers=(provider(),),
    models=(model(),),
    rules=(),
    tokens=(),
    categories=(LAW,),
)


def test_one_is_found_by_id_and_name() -> None:
    assert find_category(STORED, "law") is find_category(STORED, LAW.id) is LAW
    with pytest.raises(NotFound):
        find_category(STORED, "tales")


def test_a_new_one_is_tied_to_its_models_and_says_nothing_twice() -> None:
    wanted = CategoryIn(name="x", utterances=["a", "b", "a"], targets=["prov_1/model_1", "x/y"])
    record = new_category(wanted, STORED, 4)
    assert (record.utterances, record.position) == (("a", "b"), 4)
    assert record.targets == (
        StoredTarget("model_1", "prov_1/model_1"),
        StoredTarget(None, "x/y"),
    )
    with pytest.raises(ConfigError):
        new_category(CategoryIn(name="x", targets=["x/y", "x/y"]), STORED, 0)


def test_a_patch_leaves_alone_what_it_does_not_name() -> None:
    changed = patched_category(LAW, CategoryPatch(description="Courts."), STORED)
    assert (changed.description, changed.targets, changed.utterances) == (
        "Courts.",
        LAW.targets,
        LAW.utterances,
    )
    assert patched_category(LAW, CategoryPatch(targets=[]), STORED).targets == ()


def test_it_travels_with_names_of_targets() -> None:
    row = category_row(LAW, ())
    assert (row.targets, row.shipped, row.problems) == (["x/y"], False, [])
    assert category_item(LAW).model_dump() == {
        "id": LAW.id,
        "name": "law",
        "description": "",
        "enabled": True,
        "utterances": ["a", "b"],
        "targets": ["x/y"],
    }
