"""A privacy condition: it names kinds, never what was found, and binds."""

from tests.engine.routing.calls import match, refusal

KEY = "sk-ant-api03-Zx81kQ0pLmN7vB3cR5tY"


def test_any_kind_holds_by_default_and_what_was_found_is_not_told() -> None:
    found = match({"kind": "contains_secrets"}, f"use {KEY}, and write to bob@acme.io")
    assert found is not None
    assert found.words == ("api_key", "email")
    assert found.reason == "holds an API key and an e-mail address"
    assert found.private
    assert "sk-ant" not in repr(found)


def test_only_the_asked_kinds_count() -> None:
    cards = {"kind": "contains_secrets", "kinds": ["card", "iban"]}
    assert match(cards, f"use {KEY}") is None
    assert match(cards, "pay with 4111 1111 1111 1111") is not None


def test_an_unknown_kind_is_refused() -> None:
    assert refusal({"kind": "contains_secrets", "kinds": ["love"]}).field == "when.kinds"
