"""`butler history`: changes are listed in words, and taken back."""

from tests.commands.conftest import Run


def test_a_change_is_listed_and_undone(butler: Run) -> None:
    butler("token", "add", "one")
    butler("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", "--model", "alpha")
    titles, latest, *_ = butler("history", "list").out.splitlines()
    assert titles.split() == ["REVISION", "WHEN", "(UTC)", "WHAT"]
    assert "acme" in latest
    lines = butler("history", "list", "--limit", "1", "--json").json
    assert len(lines) == 1
    done = butler("history", "undo")
    assert (done.status, "acme" in done.out) == (0, True)
    assert butler("provider", "list", "--json").json[0]["name"] == "demo"
    back = butler("history", "restore", str(lines[0]["revision"]), "--json")
    assert (back.status, butler("provider", "list", "--json").json[0]["name"]) == (0, "acme")


def test_what_is_not_there(butler: Run) -> None:
    assert butler("history", "undo").out == "Nothing was changed yet.\n"
    assert butler("history", "undo", "77").status == 1
