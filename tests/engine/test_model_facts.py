"""What is known of a model: its owner's word, else its name's, within what its vendor can do."""

from datetime import UTC, datetime
from typing import Any

import pytest

from butler.engine.builtin import PROVIDER_KINDS
from butler.engine.call import TALK, Makes, ModelFacts, Target
from butler.engine.model_facts import facts_of, makers
from butler.engine.providers.base import Connection
from butler.engine.routing.names import KnownModel
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot

URL = "https://api.example.com/v1"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def known(name: str, kind: str = "openai_compatible", **details: Any) -> ModelFacts:
    """What is known of a model at a provider of a kind."""
    provider = ProviderRecord(
        id="prv_1",
        name="acme",
        kind=kind,
        base_url=URL,
        key_envelope=None,
        enabled=True,
        options={},
        position=0,
        created_at=NOW,
        updated_at=NOW,
    )
    model = ModelRecord(
        id="mod_1",
        provider_id="prv_1",
        name=name,
        alias=None,
        enabled=True,
        position=0,
        details=details,
    )
    snapshot = Snapshot(
        revision=1, settings={}, providers=(provider,), models=(model,), rules=(), tokens=()
    )
    made = PROVIDER_KINDS[kind].create(Connection("acme", kind, URL))
    return facts_of(snapshot, {"acme": made})[Target("acme", name)]


def test_a_name_tells_what_is_made_as_a_guess() -> None:
    facts = known("text-embedding-3-small")
    assert facts.makes == {Makes.EMBEDDING}
    assert "makes" in facts.guessed


def test_the_owners_word_outranks_the_name() -> None:
    facts = known("text-embedding-3-small", makes=["chat", "image"])
    assert facts.makes == {Makes.CHAT, Makes.IMAGE}
    assert "makes" not in facts.guessed


def test_of_a_stranger_nothing_is_known() -> None:
    assert known("alpha").makes is None


@pytest.mark.parametrize(
    ("name", "made"), [("alpha", TALK), ("claude-sonnet-5", {Makes.CHAT}), ("gpt-image-1", set())]
)
def test_a_kind_of_provider_makes_no_more_than_it_can(name: str, made: set[Makes]) -> None:
    assert known(name, "anthropic_compatible").makes == made


def test_makers_are_those_that_are_known_to_make_it() -> None:
    small, big, strange = (Target("acme", name) for name in ("small", "big", "strange"))
    facts = {it: ModelFacts(makes=frozenset({Makes.EMBEDDING})) for it in (small, big)}
    found = makers([KnownModel(big), KnownModel(strange), KnownModel(small)], facts)
    assert found[Makes.EMBEDDING] == (big, small)
    assert found[Makes.SPEECH] == ()
