"""English folding: what comes together, and what must stay apart."""

import pytest

from butler.engine.caches.guard.english import fold, is_foldable


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("what's her father's job", "what is the job of her father"),
        ("difference between a lathe and a mill", "difference between a mill and a lathe"),
        ("are movies art", "is a film art"),
        ("best film that i have ever seen", "best film i ever seen"),
        ("salt and pepper", "pepper and salt"),
        ("what is life like in oslo", "what is life in oslo like"),
        ("why does ice float", "why ice floats"),
    ],
)
def test_wordings_come_together(a: str, b: str) -> None:
    assert fold(a.split()) == fold(b.split())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("what does the senate do", "what is the senate"),
        ("is he a cook", "was he a cook"),
        ("can one sell it", "can one not sell it"),
        ("in a time of 5", "in a time at 5"),
        ("boys hit girls", "girls hit boys"),
        ("salt or pepper", "salt and pepper"),
        ("a and b respectively", "b and a respectively"),
        ("some cats", "all cats"),
    ],
)
def test_meanings_stay_apart(a: str, b: str) -> None:
    assert fold(a.split()) != fold(b.split())


def test_only_english_is_folded_and_not_where_it_speaks_of_words() -> None:
    assert is_foldable("what is it".split())
    assert not is_foldable("die alte Bank".split())
    assert not is_foldable("what is the plural of child".split())
