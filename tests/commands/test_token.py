"""`butler token`: what AI tools send as their API key."""

from tests.commands.conftest import Run


def test_a_life(butler: Run) -> None:
    made = butler("token", "add", "laptop")
    assert made.status == 0
    first, second = made.out.splitlines()
    assert first == "Made laptop. Its text, shown this once:"
    assert second.strip().startswith("sk-butler-")
    listed = butler("token", "list").out.splitlines()
    assert listed[0].split() == ["NAME", "MADE", "ON", "COPY", "KEPT", "ID"]
    assert listed[1].split()[0::2] == ["laptop", "no"]
    assert butler("token", "edit", "laptop", "--rename", "desk").out == "Renamed to desk.\n"
    assert butler("token", "remove", "desk").out == "Revoked desk.\n"
    assert butler("token", "list", "--json").json == []


def test_a_copy_can_be_shown_again(butler: Run) -> None:
    made = butler("token", "add", "kept", "--keep-copy", "--json").json
    assert set(made) == {"id", "name", "token"}
    assert butler("token", "show", "kept").out == made["token"] + "\n"
    assert butler("token", "show", made["id"], "--json").json == made
    butler("token", "add", "other")
    refused = butler("token", "show", "other")
    assert (refused.status, refused.out) == (1, "")
    assert "Make a new token" in refused.err


def test_the_json_forms(butler: Run) -> None:
    made = butler("token", "add", "a b/c", "--json").json
    (listed,) = butler("token", "list", "--json").json
    assert set(listed) == {"id", "name", "has_copy", "created_at"}
    assert (listed["id"], listed["name"]) == (made["id"], "a b/c")
    renamed = butler("token", "edit", "a b/c", "--rename", "模", "--json").json
    assert renamed == {**listed, "name": "模"}
    assert butler("token", "remove", "模", "--json").json == renamed


def test_names(butler: Run) -> None:
    assert butler("token", "add", "one").status == 0
    taken = butler("token", "add", "one")
    assert (taken.status, "Choose another name" in taken.err) == (1, True)
    empty = butler("token", "add", " ")
    assert (empty.status, "name" in empty.err) == (1, True)
