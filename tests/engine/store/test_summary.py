"""A change in a few words."""

import pytest

from butler.engine.store.delta import Row, RowChange
from butler.engine.store.summary import summarize


def change(table: str, before: Row | None, after: Row | None, id_: str = "x_1") -> RowChange:
    return RowChange(table, id_, before, after)


OLD = {"name": "old", "enabled": True, "priority": 1}


@pytest.mark.parametrize(
    ("resource", "changes", "words"),
    [
        ("rules", [change("rules", None, OLD)], "rule 'old' added"),
        ("rules", [change("rules", OLD, None)], "rule 'old' removed"),
        ("rules", [change("rules", OLD, {**OLD, "priority": 2})], "rule 'old' changed"),
        ("rules", [change("rules", OLD, {**OLD, "enabled": False})], "rule 'old' switched off"),
        ("rules", [change("rules", OLD, {**OLD, "name": "new"})], "rule 'old' renamed to 'new'"),
        ("categories", [change("categories", None, OLD)], "category 'old' added"),
        (
            "categories",
            [change("categories", OLD, None, str(n)) for n in range(2)],
            "2 categories removed",
        ),
        ("tokens", [change("tokens", OLD, None)], "token 'old' revoked"),
        (
            "settings",
            [change("settings", {"value": 1}, {"value": 2}, "server.port")],
            "setting server.port changed",
        ),
        (
            "providers",
            [
                change("rules", OLD, {**OLD, "priority": 2}),
                change("models", OLD, None),
                change("providers", OLD, None),
            ],
            "provider 'old' removed",
        ),
        ("rules", [change("rules", None, OLD, str(n)) for n in range(3)], "3 rules added"),
        (
            "providers",
            [change("models", None, OLD, "1"), change("models", OLD, None, "2")],
            "2 models changed",
        ),
        ("rules", [change("settings", {"value": 1}, None, "a.b")], "setting a.b changed"),
        ("vault", [], "nothing changed"),
    ],
)
def test_words(resource: str, changes: list[RowChange], words: str) -> None:
    assert summarize(resource, changes) == words
