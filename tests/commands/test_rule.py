"""`butler rule`: rules go in and come out as the API has them."""

from pathlib import Path

import orjson
import pytest

from tests.commands.conftest import Run

RULE = {
    "name": "code",
    "priority": 700,
    "when": {"all": [{"kind": "task", "tasks": ["coding"]}]},
    "target": "acme/beta",
    "fallbacks": ["acme/alpha"],
}


@pytest.fixture
def configured(butler: Run) -> Run:
    models = ("--model", "alpha", "--model", "beta")
    assert (
        butler("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", *models).status == 0
    )
    return butler


def test_a_life(configured: Run, tmp_path: Path) -> None:
    added = configured("rule", "add", "--json", "-", stdin=orjson.dumps(RULE)).json
    assert added.items() >= RULE.items()
    others = {"id", "description", "enabled", "built_in", "problems", "findings"}
    others |= {"thinking", "cap_price"}
    assert set(added) - set(RULE) == others
    assert configured("rule", "list", "--json").json == [added]
    listed = configured("rule", "list").out.splitlines()
    assert listed[0].split() == ["PRIORITY", "NAME", "TARGETS", "STATE", "ID"]
    assert listed[1].split() == ["700", "code", "acme/beta", "→", "acme/alpha", "on", added["id"]]
    edit = configured("rule", "edit", "code", "--priority", "9", "--disable")
    assert edit.out == "Changed code.\n"
    file = tmp_path / "patch.json"
    file.write_bytes(b'{"name": "new", "fallbacks": []}')
    changed = configured("rule", "edit", "code", "--json", str(file), "--enable").json
    assert changed == {**added, "name": "new", "fallbacks": [], "priority": 9}
    assert configured("rule", "remove", "new").out == "Removed new.\n"
    assert configured("rule", "list", "--json").json == []


def test_what_is_listed_goes_in_again(configured: Run, tmp_path: Path) -> None:
    file = tmp_path / "rule.json"
    file.write_bytes(orjson.dumps(RULE))
    added = configured("rule", "add", "--json", str(file)).json
    assert configured("rule", "remove", "code", "--json").json == added


def test_broken_and_built_in_rules_say_so(configured: Run) -> None:
    configured("rule", "add", "--json", "-", stdin=orjson.dumps(RULE))
    configured("provider", "edit", "acme", "--model", "alpha")
    assert "on, broken: There is no enabled model 'acme/beta'." in configured("rule", "list").out
    configured("provider", "remove", "acme")
    assert configured("rule", "list").out.count("on, built in") == 2
    refused = configured("rule", "remove", "demo-hard")
    assert (refused.status, "built in" in refused.err) == (1, True)


def test_a_rule_that_would_not_work_is_refused_with_the_place(configured: Run) -> None:
    bad = {**RULE, "when": {"all": [{"kind": "regex", "pattern": "("}]}}
    done = configured("rule", "add", "--json", "-", stdin=orjson.dumps(bad))
    assert (done.status, done.out) == (1, "")
    assert "when.all[0].pattern" in done.err


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_what_is_no_rule_is_misuse(configured: Run, text: bytes) -> None:
    done = configured("rule", "add", "--json", "-", stdin=text)
    assert (done.status, done.out) == (2, "")
    assert "The input holds no JSON" in done.err


def test_many_at_once(configured: Run, tmp_path: Path) -> None:
    for name, priority in (("a", 900), ("b", 500), ("c", 100)):
        when = {"all": [{"kind": "keywords", "words": [name * 3]}]}
        body = {**RULE, "name": name, "priority": priority, "when": when}
        configured("rule", "add", "--json", "-", stdin=orjson.dumps(body))

    def names(*words: str) -> list[str]:
        return [rule["name"] for rule in configured("rule", *words, "--json").json]

    assert names("reorder", "c", "a", "b") == ["c", "a", "b"]
    assert names("move", "c", "--before", "b") == ["a", "c", "b"]
    assert names("move", "a") == ["c", "b", "a"]
    assert configured("rule", "disable", "a", "b").out.count(" off ") == 2
    assert configured("rule", "enable", "a", "b").out.count(" on ") == 3
    assert configured("rule", "copy", "b").out == "Added b (copy), switched off.\n"
    assert names("remove", "a", "c") == ["b", "b (copy)"]
    listed = configured("rule", "list", "--json").out
    file = tmp_path / "rules.json"
    file.write_text(listed)
    assert configured("rule", "replace", str(file), "--json").out == listed


def test_oddities_are_told(configured: Run) -> None:
    for name in ("one", "two"):
        body = orjson.dumps({**RULE, "name": name})
        assert configured("rule", "add", "--json", "-", stdin=body).status == 0
    listed = configured("rule", "list").out.splitlines()
    assert "on; note: " in listed[2]
    assert "one" in listed[2].partition("note: ")[2]


def test_checking_stores_nothing(configured: Run) -> None:
    good, bad = orjson.dumps(RULE), orjson.dumps({**RULE, "target": "acme/gone"})
    assert configured("rule", "check", "-", stdin=good).out == "Nothing is wrong with it.\n"
    refused = configured("rule", "check", "-", stdin=bad)
    assert (refused.status, "acme/gone" in refused.err) == (1, True)
    assert configured("rule", "check", "-", stdin=b"[" + good + b"]").status == 0
    found = configured("rule", "check", "-", "--json", stdin=b"[" + bad + b"]")
    assert (found.status, found.json["problems"][0]["code"]) == (1, "unknown_target")
    assert configured("rule", "list", "--json").json == []
    configured("rule", "add", "--json", "-", stdin=good)
    assert configured("rule", "check", "-", "--of", "code", stdin=b'{"priority": 1}').status == 0
    assert configured("rule", "check", "-", "--of", "code", stdin=b'{"when": {}}').status == 1


def test_a_file_that_is_not_there(configured: Run, tmp_path: Path) -> None:
    done = configured("rule", "add", "--json", str(tmp_path / "none.json"))
    assert (done.status, "none.json" in done.err) == (2, True)
