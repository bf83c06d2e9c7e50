"""What the record of a hit says about two prompts."""

from butler.engine.caches.guard import differences


def test_places_that_differ_are_named() -> None:
    assert differences("How do I swim?", "how can I swim well") == ("do → can", "∅ → well")


def test_trivial_edits_differ_in_nothing() -> None:
    assert differences("List rivers.", "please LIST rivers") == ()


def test_very_different_prompts_are_cut() -> None:
    one = " ".join(f"w{i} x" for i in range(100))
    other = " ".join(f"v{i} x" for i in range(100))

    assert len(differences(one, other)) <= 12
