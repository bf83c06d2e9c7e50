"""One search finds every keyword of every rule, however they overlap."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from hypothesis import given
from hypothesis import strategies as st

from butler.engine.routing.lexicon import Keyword, Lexicon
from butler.engine.signals.text import fold, is_word
from tests.engine.routing.calls import saying

LETTERS = "ab中é+ _."


def found(lexicon: Lexicon, text: str) -> set[str]:
    """What is found, parts of words in brackets."""
    keywords = lexicon.found_in(saying(text).known)
    assert all(isinstance(keyword, Keyword) for keyword in keywords)
    return {one.text if one.whole else f"({one.text})" for one in keywords}


def test_whole_words_and_parts_are_told_apart() -> None:
    lexicon = Lexicon()
    lexicon.add("api", whole=True)
    assert found(lexicon, "an API") == {"api", "(api)"}
    assert found(lexicon, "the capital") == {"(api)"}
    assert found(lexicon, "nothing") == set()


def test_overlapping_keywords_are_all_found() -> None:
    lexicon = Lexicon()
    for word in ("pull request", "request", "pull", "quest", "机器学习", "机器", "学习", "器学"):
        lexicon.add(word, whole=True)
    whole = {word for word in found(lexicon, "a pull request on 机器学习") if word[0] != "("}
    assert whole == {"pull request", "request", "pull", "机器学习", "机器", "学习", "器学"}


def test_a_word_counts_where_it_stands_alone_even_after_it_stood_in_another() -> None:
    lexicon = Lexicon()
    lexicon.add("api", whole=True)
    assert "api" in found(lexicon, "capital api")
    assert "api" in found(lexicon, "api capital")


def test_the_same_word_is_kept_once_for_all_rules() -> None:
    lexicon = Lexicon()
    first = lexicon.add("API", whole=True)
    assert lexicon.add(" ａｐｉ ", whole=True) is first
    part = lexicon.add("api", whole=False)
    assert part is not first
    assert (part.text, part.whole) == ("api", False)


def test_words_may_be_added_after_a_search() -> None:
    lexicon = Lexicon()
    lexicon.add("one", whole=True)
    assert "two" not in found(lexicon, "one two")
    lexicon.add("two", whole=True)
    assert {"one", "two"} <= found(lexicon, "one two")


def test_without_words_nothing_is_found() -> None:
    assert found(Lexicon(), "some text") == set()


def test_a_call_is_searched_once() -> None:
    lexicon, asked, other = Lexicon(), saying("the api"), saying("the api")
    lexicon.add("api", whole=True)
    first = lexicon.found_in(asked.known)
    assert lexicon.found_in(asked.known) is first
    assert lexicon.found_in(other.known) is not first


def test_lexicons_keep_apart_on_one_call() -> None:
    asked, one, two = saying("one two"), Lexicon(), Lexicon()
    first, second = one.add("one", whole=True), two.add("two", whole=True)
    assert first in one.found_in(asked.known)
    assert second in two.found_in(asked.known)
    assert second not in one.found_in(asked.known)


@given(
    st.lists(st.text(LETTERS, min_size=1).filter(str.strip), min_size=1, max_size=8),
    st.text(LETTERS, max_size=60),
)
def test_the_search_finds_what_looking_for_each_word_finds(words: list[str], text: str) -> None:
    lexicon = Lexicon()
    keywords = [lexicon.add(word, whole=whole) for word in words for whole in (True, False)]
    asked = saying(text)
    there = lexicon.found_in(asked.known)
    for keyword in keywords:
        assert (keyword in there) is occurs(keyword, asked.known.folded)


def occurs(keyword: Keyword, text: str) -> bool:
    """Look for one keyword alone, place by place."""
    assert keyword.text == fold(keyword.text)
    start = text.find(keyword.text)
    while start >= 0:
        if not keyword.whole or is_word(text, start, start + len(keyword.text)):
            return True
        start = text.find(keyword.text, start + 1)
    return False


def test_two_threads_may_be_the_first_to_search() -> None:
    patience = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            for _ in range(60):
                lexicon = Lexicon()
                lexicon.add("api", whole=True)
                # Who waits for others that never come gives up: a test must not hang.
                together = Barrier(4, timeout=10)
                searches = [threads.submit(search_with_others, lexicon, together) for _ in range(4)]
                assert [search.result() for search in searches] == [{"api", "(api)"}] * 4
    finally:
        sys.setswitchinterval(patience)


def search_with_others(lexicon: Lexicon, together: Barrier) -> set[str]:
    together.wait()
    return found(lexicon, "the api")
