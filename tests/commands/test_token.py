"""`butler token`: what AI tools send as their API key."""

from datetime import UTC, datetime, timedelta

from tests.commands.conftest import Run


def test_a_life(butler: Run) -> None:
    made = butler("token", "add", "laptop")
    assert made.status == 0
    first, second = made.out.splitlines()
    assert first == "Made laptop. Its text, shown this once:"
    assert second.strip().startswith("sk-butler-")
    listed = butler("token", "list").out.splitlines()
    assert listed[0].split() == [
        "NAME",
        "MADE",
        "ON",
        "LAST",
        "USED",
        "COPY",
        "KEPT",
        "LIMITS",
        "ID",
    ]
    assert [listed[1].split()[place] for place in (0, 2, 3, 4)] == ["laptop", "-", "no", "-"]
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
    limits = {"expires_at", "allowed_models", "requests_per_minute"}
    assert set(listed) == {"id", "name", "has_copy", "created_at", "last_used_at", *limits}
    assert (listed["id"], listed["name"]) == (made["id"], "a b/c")
    renamed = butler("token", "edit", "a b/c", "--rename", "模", "--json").json
    assert renamed == {**listed, "name": "模"}
    assert butler("token", "remove", "模", "--json").json == renamed


def test_limits(butler: Run) -> None:
    limits = ("--expires", "30d", "--allow", "auto", "--allow", "acme/*", "--rpm", "60")
    butler("token", "add", "guest", *limits)
    (token,) = butler("token", "list", "--json").json
    assert (token["allowed_models"], token["requests_per_minute"]) == (["auto", "acme/*"], 60)
    assert datetime.fromisoformat(token["expires_at"]) > datetime.now(UTC) + timedelta(days=29)
    shown = butler("token", "list").out
    assert f"until {token['expires_at'][:10]}" in shown
    assert "auto, acme/*; 60 a minute" in shown
    edit = butler("token", "edit", "guest", "--expires", "2097-01-31", "--rpm", "0")
    assert edit.out == "Changed guest.\n"
    lifted = butler("token", "edit", "guest", "--expires", "never", "--allow", "all", "--json").json
    assert lifted == {
        **token,
        "expires_at": None,
        "allowed_models": [],
        "requests_per_minute": None,
    }
    assert butler("token", "edit", "guest").status == 2
    assert "'soon' is no time" in butler("token", "edit", "guest", "--expires", "soon").err
    assert butler("token", "edit", "guest", "--expires", "2001-01-01").status == 1


def test_names(butler: Run) -> None:
    assert butler("token", "add", "one").status == 0
    taken = butler("token", "add", "one")
    assert (taken.status, "Choose another name" in taken.err) == (1, True)
    empty = butler("token", "add", " ")
    assert (empty.status, "name" in empty.err) == (1, True)
