"""Openings, phrases and things to be made are found in a sentence, politeness aside."""

import pytest

from butler.contract.tasks import Task
from butler.engine.signals.task.cues import SHEETS
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.passages import Sentence
from butler.engine.signals.task.reading import Reader
from butler.engine.signals.task.sheet import Cues, Sheet

READER = Reader(
    (
        Sheet(
            Task.CODING,
            opens=(Cues(3, "debug"),),
            says=(Cues(2, "python, 代码"),),
            makes=(Cues(4, "function, generator, 程序, 脚本"),),
        ),
        Sheet(
            Task.CREATIVE, opens=(Cues(1, "write"),), makes=(Cues(5, "poem, story, 故事, 诗歌"),)
        ),
        Sheet(Task.CHAT, opens=(Cues(4, "hello there"),)),
        Sheet(Task.GENERAL, opens=(Cues(1, "what, tell me about"),)),
    )
)


def read(text: str, weight: float = 1.0) -> tuple[Evidence, bool]:
    evidence = Evidence()
    ordered = READER.read(Sentence(text, weight), evidence)
    return evidence, ordered


@pytest.mark.parametrize(
    "text",
    ["debug this", "please debug this", "could you please debug this", "i want you to debug this",
     "hey, can you help me debug this"],
)  # fmt: skip
def test_an_order_is_found_behind_politeness(text: str) -> None:
    evidence, ordered = read(text)
    assert evidence.score(Task.CODING) == 3
    assert ordered


def test_the_same_word_inside_a_sentence_is_no_opening() -> None:
    evidence, ordered = read("my friends debug everything")
    assert evidence.score(Task.CODING) == 0
    assert not ordered


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("write a poem about a python generator", Task.CREATIVE),
        ("write a poem generator in python", Task.CODING),
        ("i need you to write a story", Task.CREATIVE),
        ("turn it into a story, then make a set of poems", Task.CREATIVE),
        ("编写一个生成诗歌的程序", Task.CODING),
        ("写一个关于程序的故事", Task.CREATIVE),
        ("写一个程序来生成优美的诗歌", Task.CODING),
        ("a poem for my mother", Task.CREATIVE),
    ],
)
def test_what_is_to_be_made_is_the_head_of_its_phrase(text: str, task: Task) -> None:
    evidence, _ = read(text)
    scores = {one: evidence.score(one) for one in Task}
    assert max(scores, key=scores.__getitem__) is task
    assert scores[task] >= 4


def test_what_is_only_talked_about_is_not_to_be_made() -> None:
    assert read("i read the poem about a sea yesterday")[0].score(Task.CREATIVE) == 0
    assert read("the story of a function")[0].score(Task.CREATIVE) == 0


def test_questions_and_greetings_are_no_orders() -> None:
    assert not read("what is a function")[1]
    assert not read("hello there")[1]
    assert read("tell me about it")[1]


def test_orders_keep_their_weight_near_the_ends_and_phrases_lose_it() -> None:
    assert read("debug it", 0.5)[0].score(Task.CODING) == 3
    assert read("debug it", 0.25)[0].score(Task.CODING) == 0.75
    assert read("she likes python", 0.5)[0].score(Task.CODING) == 1


def test_the_sheets_in_use_know_both_languages() -> None:
    reader = Reader(SHEETS)
    for text, task in (("translate this", Task.TRANSLATION), ("翻译这句话", Task.TRANSLATION)):
        evidence = Evidence()
        reader.read(Sentence(text, 1.0), evidence)
        assert evidence.score(task) >= 4
