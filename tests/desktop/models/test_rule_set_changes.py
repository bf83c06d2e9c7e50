"""What saving would change: told rule by rule, matched as the engine matches."""

from typing import Any

from butler.desktop.models.rule_set_changes import LEFT_OUT, Change, changes_between


def _item(id_: str | None, name: str, **said: Any) -> dict[str, Any]:
    usual = {"priority": 500, "when": {"all": [{"kind": "task"}]}, "target": "a/b"}
    return {"id": id_, "name": name, **usual, **said}


BEFORE = [_item("r1", "one"), _item("r2", "two"), _item("r3", "three")]


def test_nothing() -> None:
    assert changes_between(BEFORE, BEFORE) == ()
    reordered = [BEFORE[2], {**BEFORE[0], "id": None}, BEFORE[1]]
    assert changes_between(BEFORE, reordered) == (), "an order alone decides nothing"


def test_rules_come_go_and_change() -> None:
    after = [
        _item("r1", "first"),
        _item(None, "two", priority=600),
        _item("elsewhere", "new"),
    ]
    found = changes_between(BEFORE, after)
    assert [(each.change, each.name) for each in found] == [
        (Change.CHANGED, "first"),
        (Change.CHANGED, "two"),
        (Change.ADDED, "new"),
        (Change.REMOVED, "three"),
    ]
    renamed, moved, added, removed = (each.lines for each in found)
    assert '-   "name": "one",' in renamed
    assert '+   "name": "first",' in renamed
    assert '    "id": "r1",' in renamed
    assert [line for line in moved if line[0] != " "] == [
        '-   "priority": 500,',
        '+   "priority": 600,',
    ]
    assert {line[0] for line in added} == {"+"}
    assert not any("elsewhere" in line for line in added), "an unknown id is not kept"
    assert {line[0] for line in removed} == {"-"}


def test_long_stretches_that_stay_are_left_out() -> None:
    conditions = [{"kind": "keywords", "any_of": [f"word {at}" * 9]} for at in range(30)]
    before = [_item("r1", "one", when={"all": conditions}, zebra=1)]
    after = [_item("r1", "uno", when={"all": conditions}, zebra=2)]
    (found,) = changes_between(before, after)
    assert LEFT_OUT in found.lines
    assert len(found.lines) < 20


def test_names_that_occur_twice_match_nothing() -> None:
    before = [_item("r1", "same"), _item("r2", "same")]
    found = changes_between(before, [_item(None, "same")])
    assert [each.change for each in found] == [Change.ADDED, Change.REMOVED, Change.REMOVED]
