"""`butler history`: changes are listed in words, and taken back."""

from tests.commands.conftest import Run


def test_a_change_is_listed_and_undone(butler: Run) -> None:
    butler("token", "add", "one")
    butler("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", "--model", "alpha")
    titles, latest, *_ = butler("history", "list").out.splitlines()
    assert titles.split() == ["REVISION", "WHEN", "WHAT"]
    assert "acme" in latest
    lines = butler("history", "list", "--limit", "1", "--json").json
    assert len(lines) == 1
    shown = butler("history", "show", str(lines[0]["revision"])).out
    assert shown.startswith(f"Revision {lines[0]['revision']}, ")
    assert "  + name: acme\n" in shown
    entry = butler("history", "show", str(lines[0]["revision"]), "--json").json
    assert entry.items() >= lines[0].items()
    older = butler("history", "list", "--before", str(lines[0]["revision"]), "--json").json
    assert all(line["revision"] < lines[0]["revision"] for line in older)
    done = butler("history", "undo")
    assert (done.status, "acme" in done.out) == (0, True)
    assert butler("provider", "list", "--json").json[0]["name"] == "demo"
    back = butler("history", "restore", str(lines[0]["revision"]), "--json")
    assert (back.status, butler("provider", "list", "--json").json[0]["name"]) == (0, "acme")


def test_what_is_not_there(butler: Run) -> None:
    empty = butler("history", "undo")
    assert (empty.status, "Nothing was changed yet." in empty.err) == (1, True)
    assert butler("history", "undo", "77").status == 1
