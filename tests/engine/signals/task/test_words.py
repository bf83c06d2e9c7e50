"""Phrases are found whole, longest first, in English by words and in Chinese by signs."""

from butler.contract.tasks import Task
from butler.engine.signals.task.sheet import Cues
from butler.engine.signals.task.words import Lexicon, split_words

LEXICON = Lexicon(
    [
        (
            Task.CODING,
            (Cues(3, "rust, fix the bug, c++, 程序, 编程, 写"), Cues(0, "rust belt, 程序员")),
        ),
        (Task.GENERAL, (Cues(1, "rust belt, fix the"),)),
    ]
)


def english(text: str) -> list[str]:
    words = split_words(text)
    found = (LEXICON.at_word(words, place) for place in range(len(words)))
    return [one.phrase for one in found if one]


def chinese(text: str) -> list[str]:
    return [found.phrase for found in LEXICON.in_run(text)]


def test_words_are_split_with_their_signs() -> None:
    assert split_words("fix c++ and c#, 3.5 times: it’s用Python写的") == (
        [
            "fix",
            "c++",
            "and",
            "c#",
            ",",
            "3.5",
            "times",
            ":",
            "it's",
            "用",
            "python".title(),
            "写的",
        ]
    )


def test_the_longest_phrase_at_a_place_wins() -> None:
    words = split_words("rust belt towns")
    found = LEXICON.at_word(words, 0)
    assert found is not None
    assert (found.phrase, found.start, found.end) == ("rust belt", 0, 2)
    assert dict(found.weights) == {Task.CODING: 0, Task.GENERAL: 1}


def test_a_phrase_stands_for_its_plural_too() -> None:
    assert english("fix the bugs") == ["fix the bug"]


def test_part_of_a_phrase_or_of_a_word_is_nothing() -> None:
    assert english("crusty rusted robust") == []
    assert english("the bug") == []


def test_chinese_is_found_inside_a_stretch_without_spaces() -> None:
    assert chinese("请帮我写一个程序吧") == ["写", "程序"]


def test_the_longer_chinese_phrase_silences_the_shorter() -> None:
    assert chinese("程序员喜欢编程") == ["程序员", "编程"]


def test_chinese_is_found_beside_english_letters() -> None:
    assert chinese("用Python编程") == ["编程"]
