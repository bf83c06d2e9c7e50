"""`butler replay`: a draft on past calls, at the terminal."""

from pathlib import Path

import pytest

from tests.commands.conftest import Run


@pytest.fixture
def configured(butler: Run) -> Run:
    models = ("--model", "alpha", "--model", "beta")
    added = butler("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", *models)
    assert added.status == 0, added.err
    return butler


def test_a_draft_is_read_as_yaml_or_json_and_nothing_is_stored(
    configured: Run, tmp_path: Path
) -> None:
    for name, text in (
        ("draft.yaml", "default_target: acme/beta\nsettings: {semantic.least_percent: 80}\n"),
        ("draft.json", '{"default_target": "acme/beta"}'),
        ("rules.json", "[]"),
    ):
        file = tmp_path / name
        file.write_text(text)
        done = configured("replay", str(file))
        assert done.status == 0, done.err
        assert done.out.startswith("0 of 0 calls would go elsewhere.")
        found = configured("rule", "replay", str(file), "--json").json
        assert (found["calls"], found["changed"]) == (0, 0)
    assert configured("setting", "list", "--json").status == 0
    settings = {row["key"]: row for row in configured("setting", "list", "--json").json}
    assert settings["semantic.least_percent"]["source"] == "default"


def test_a_draft_that_is_none_is_told_of(configured: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.json"
    for text, status, why in (
        ("[1, 2", 2, "can not be read"),
        ("{'rules'", 2, "can not be read"),
        ('{"no_such": 1}', 1, "no_such"),
        ('{"default_target": "acme/gone"}', 1, "acme/gone"),
    ):
        file.write_text(text)
        done = configured("replay", str(file))
        assert done.status == status, (text, done.err)
        assert why in done.err, (text, done.err)
    assert configured("replay", str(tmp_path / "gone.json")).status != 0
