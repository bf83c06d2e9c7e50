"""`butler rule generate`, `effect`, `export`, `import`: words, trials and files."""

from pathlib import Path

import orjson
import pytest

from tests.commands.conftest import Run

CODE = {
    "name": "code",
    "priority": 700,
    "when": {"all": [{"kind": "task", "tasks": ["coding"]}]},
    "target": "acme/beta",
    "fallbacks": ["acme/alpha"],
}


@pytest.fixture
def configured(butler: Run) -> Run:
    models = ("--model", "alpha", "--model", "beta")
    added = butler("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", *models)
    assert added.status == 0, added.err
    butler("rule", "add", "--json", "-", stdin=orjson.dumps(CODE))
    return butler


@pytest.mark.parametrize("name", ["rules.json", "rules.yaml"])
def test_rules_go_out_and_come_in_as_they_were(configured: Run, tmp_path: Path, name: str) -> None:
    before = configured("rule", "list", "--json").json
    file = str(tmp_path / name)
    assert configured("rule", "export", file).out == f"Written to {file}.\n"
    configured("rule", "remove", "code")
    assert configured("rule", "import", file, "--replace").status == 0
    after = configured("rule", "list", "--json").json
    assert [{**rule, "id": ""} for rule in after] == [{**rule, "id": ""} for rule in before]
    # Beside others, one of the same name is replaced, not doubled.
    assert configured("rule", "import", file).out == "1 rules are in force.\n"
    assert configured("rule", "list", "--json").json == after


def test_a_file_that_holds_no_rules_is_told_of(configured: Run, tmp_path: Path) -> None:
    for text, why in (
        ("{", "Expecting property name"),
        ("just words", "neither a list nor an object"),
        ('{"rules": 3}', "no list of rules"),
        ('{"version": 9, "rules": []}', "version 9"),
    ):
        file = tmp_path / "bad.json"
        file.write_text(text)
        done = configured("rule", "import", str(file))
        assert done.status == 2
        assert why in done.err
    assert len(configured("rule", "list", "--json").json) == 1


def test_words_become_rules_that_are_stored_when_asked(configured: Run) -> None:
    words = ("rule", "generate", "Use beta for translations", "--by", "phrases")
    done = configured(*words)
    assert done.status == 0, done.err
    assert "acme/beta" in done.out
    assert done.out.endswith("Nothing was stored.\n")
    assert len(configured("rule", "list", "--json").json) == 1
    applied = configured(*words, "--apply", "--json").json
    assert applied["applied"] is True
    assert (applied["by"], len(applied["rules"])) == ("phrases", 1)
    assert len(configured("rule", "list", "--json").json) == 2


def test_the_effect_of_a_rule_without_calls_says_so(configured: Run, tmp_path: Path) -> None:
    file = tmp_path / "rule.json"
    file.write_bytes(orjson.dumps({**CODE, "name": "x"}))
    told = configured("rule", "effect", str(file))
    assert told.out.startswith("Of the last 0 routed calls it matches 0")
    found = configured("rule", "effect", str(file), "--json").json
    assert (found["calls"], found["matched"]) == (0, 0)
    file.write_bytes(orjson.dumps({**CODE, "target": "acme/gone"}))
    refused = configured("rule", "effect", str(file))
    assert refused.status == 1
    assert "acme/gone" in refused.err
