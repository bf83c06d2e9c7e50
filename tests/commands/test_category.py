"""`butler category`: from the terminal, in both languages."""

from tests.commands.conftest import Run


def test_a_category_is_added_changed_and_removed(butler: Run) -> None:
    added = butler("category", "add", "law", "--utterance", "Can I sue?", "--json")
    assert added.json["utterances"] == ["Can I sue?"]
    assert butler("category", "edit", "law", "--target", "demo/strong").status == 0
    assert butler("category", "show", "law").json["targets"] == ["demo/strong"]
    assert "demo/strong" in butler("category", "list").out
    assert butler("category", "edit", "law", "--target", "").status == 0
    assert butler("category", "show", "law").json["targets"] == []
    assert butler("category", "edit", "law").status == 2
    assert butler("category", "remove", "law").status == 0
    assert butler("category", "show", "law").status == 1


def test_ours_can_be_brought_back(butler: Run) -> None:
    assert butler("category", "remove", "coding").status == 0
    found = butler("category", "restore", "--json").json
    assert "cat_coding" in {one["id"] for one in found}
