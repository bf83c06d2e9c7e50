"""`butler model`: what is known of models goes in and comes out."""

from pathlib import Path

import pytest

from tests.commands.conftest import Run


@pytest.fixture
def configured(butler: Run) -> Run:
    butler("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", "--model", "alpha")
    return butler


def test_a_life(configured: Run, tmp_path: Path) -> None:
    known = ("--alias", "fast", "--context", "200000", "--price", "0.25:1.5")
    assert configured("model", "add", "acme/org/beta", *known).out == "Added acme/org/beta.\n"
    titles, alpha, beta = configured("model", "list").out.splitlines()
    assert titles.split()[:4] == ["MODEL", "ALIAS", "STATE", "CONTEXT"]
    assert alpha.split() == ["acme/alpha", "-", "on", "-", "-", "-"]
    assert beta.split() == ["acme/org/beta", "fast", "on", "200,000", "0.25/1.5", "-"]
    file = tmp_path / "details.json"
    file.write_text('{"tools": true, "modalities": ["text", "image"], "guessed": ["tools"]}')
    changed = configured(
        "model", "edit", "fast", "--details", str(file), "--disable", "--json"
    ).json
    assert (changed["enabled"], changed["tools"], changed["context_tokens"]) == (
        False,
        True,
        200000,
    )
    assert configured("model", "list").out.splitlines()[2].endswith("image, tools?")
    edit = configured("model", "edit", "fast", "--rename", "gamma", "--alias", "")
    assert edit.out == "Changed acme/gamma.\n"
    assert configured("model", "remove", "acme/gamma").out == "Removed acme/gamma.\n"
    assert len(configured("model", "list", "--json").json) == 1


def test_a_price_keeps_what_else_is_known_of_prices(configured: Run) -> None:
    details = b'{"prices": {"input_usd": "9", "cached_usd": "0.1"}}'
    configured("model", "edit", "acme/alpha", "--details", "-", stdin=details)
    prices = configured("model", "edit", "acme/alpha", "--price", "1:2", "--json").json["prices"]
    assert (prices["input_usd"], prices["output_usd"], prices["cached_usd"]) == ("1", "2", "0.1")


def test_what_does_not_fit(configured: Run) -> None:
    assert configured("model", "edit", "acme/alpha").status == 2
    assert configured("model", "edit", "acme/alpha", "--price", "1").status == 2
    assert configured("model", "edit", "acme/alpha", "--details", "-", stdin=b"[]").status == 2
    assert configured("model", "edit", "acme/alpha", "--details", "-", stdin=b"{").status == 2
    assert configured("model", "add", "nobody/x").status == 1
    assert configured("model", "add", "acme/alpha").status == 1
    assert configured("model", "remove", "acme/nothing").status == 1
