"""The English word lists fit together."""

from butler.engine.caches.guard import english_words as words


def test_no_word_is_folded_in_two_steps() -> None:
    numerals = {form for form in words.FOLDED.values() if form[:1].isdigit()}
    assert numerals
    for word, form in words.FOLDED.items():
        assert words.FOLDED.get(form, form) == form, f"{word} → {form} → {words.FOLDED[form]}"


def test_contractions_spread_to_words() -> None:
    assert words.SPREAD["isn't"] == ("is", "not")
    assert all("'" not in part for form in words.SPREAD.values() for part in form)
