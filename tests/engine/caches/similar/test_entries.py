"""The index of kept questions: by signature in their scope, bounded, the least used leave."""

import time

from butler.engine.caches.similar.entries import MOST_ALIKE, Bounds, Entries
from tests.engine.caches.similar.samples import (
    ANOTHER,
    EDITED,
    OTHER_SCOPE,
    REWORDED,
    TEXT,
    entry,
    question,
)


def test_what_the_guard_lets_pass_is_found_in_its_scope_only() -> None:
    entries = Entries()
    entries.add(entry("a"))
    for text in (TEXT, EDITED, REWORDED):
        assert [one.key for one in entries.alike(question(text))] == ["a"]
    assert entries.alike(question(ANOTHER)) == ()
    assert entries.alike(question(TEXT, OTHER_SCOPE)) == ()


def test_an_empty_scope_costs_no_signature() -> None:
    asked = question()
    assert Entries().alike(asked) == ()
    assert asked._signature is None


def test_a_trivial_edit_takes_the_place_of_what_it_edits() -> None:
    entries = Entries()
    entries.add(entry("a"))
    assert [one.key for one in entries.add(entry("b", EDITED))] == ["a"]
    assert entries.keys() == ["b"]
    assert entries.size_bytes == 100


def test_the_least_used_leave_when_there_is_no_room() -> None:
    entries = Entries()
    for number in range(4):
        entries.add(entry(str(number), f"What is {number} plus {number}?"))
    entries.touch("0")
    assert [one.key for one in entries.beyond(Bounds(most=3))] == ["1"]
    assert [one.key for one in entries.beyond(Bounds(most=3, most_bytes=150))] == ["2", "3"]
    assert entries.keys() == ["0"]


def test_what_is_too_old_leaves() -> None:
    entries = Entries()
    entries.add(entry("old", age_s=500))
    entries.add(entry("new", ANOTHER, age_s=1))
    assert [one.key for one in entries.older_than(time.time() - 100)] == ["old"]
    assert len(entries) == 1
    assert entries.remove("old") is None
    assert MOST_ALIKE > 1
