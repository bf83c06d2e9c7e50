"""What is said about models and embeddings."""

from butler.engine.signals.embedder.model import Model, Why


def test_a_model_of_another_content_is_another_model() -> None:
    assert Model("m", "a", 384, 256).id != Model("m", "b", 384, 256).id


def test_only_what_lies_in_the_text_lasts() -> None:
    assert {why for why in Why if why.lasts} == {Why.EMPTY, Why.UNREADABLE}
