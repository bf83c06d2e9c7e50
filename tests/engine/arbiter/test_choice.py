"""Which arbiter the settings name."""

from butler.engine.arbiter.choice import Choice
from butler.engine.settings import Settings


def test_the_defaults_are_a_local_ollama_and_140_ms() -> None:
    choice = Choice.of(Settings())
    assert (choice.enabled, choice.budget_ms, choice.least) == (True, 140, 0.6)
    assert choice.who == ("ollama", "http://127.0.0.1:11434", "fauxpaslife/arch-router:1.5b")
    assert not choice.may_be_public
