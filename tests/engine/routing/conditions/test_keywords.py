"""Keywords are found in any script, as words of their own or as parts of words."""

from typing import Any

import pytest

from tests.engine.routing.calls import condition, keywords, match, refusal, saying

FOUND = [
    ("the API is down", "api"),
    ("use ＡＰＩ v2", "api"),
    ("用Python写一个爬虫", "python"),
    ("帮我重构这段代码", "重构"),
    ("幫我重構這段代碼", "重構"),
    ("written in C++, not C", "C++"),
    ("用C++写", "c++"),
    ("a node.js service", "Node.js"),
    ("déjà vu", "DÉJÀ"),
    ("de\u0301ja\u0300 vu", "déjà"),
    ("in der STRASSE", "straße"),
    ("in der Straße", "STRASSE"),
    ("open a pull\n  request", "pull request"),
    ("パイソンで書いて", "ﾊﾟｲｿﾝ"),
    ("파이썬으로 써줘", "파이썬"),
    ("напиши ТЕСТ, пожалуйста", "тест"),
    ("what about #42?", "#42"),
    ("翻译：hello", "翻译:"),
]
ONLY_AS_PART = [
    ("the capital of France", "api"),
    ("rapid tests", "api"),
    ("refactoring it", "refactor"),
    ("用Python3写", "python"),
    ("node.jsx", "node.js"),
    ("my_api_key", "api"),
    ("Straßenbahn", "strasse"),
    ("тестировать", "тест"),
]
ABSENT = [
    ("the a p i", "api"),
    ("deja vu", "déjà"),
    ("written in C", "c++"),
    ("", "api"),
    ("重新构建", "重构"),
]


@pytest.mark.parametrize(("text", "word"), FOUND)
@pytest.mark.parametrize("mode", ["word", "substring"])
def test_a_word_is_found(text: str, word: str, mode: str) -> None:
    assert match(keywords(word, match=mode), text) is not None


@pytest.mark.parametrize(("text", "word"), ONLY_AS_PART)
def test_a_part_of_a_word_is_no_word(text: str, word: str) -> None:
    assert match(keywords(word, match="word"), text) is None
    assert match(keywords(word, match="substring"), text) is not None


@pytest.mark.parametrize(("text", "word"), ABSENT)
@pytest.mark.parametrize("mode", ["word", "substring"])
def test_what_is_not_there_is_not_found(text: str, word: str, mode: str) -> None:
    assert match(keywords(word, match=mode), text) is None


def test_whole_words_are_the_default() -> None:
    assert match(keywords("api"), "the capital") is None
    assert match(keywords("api"), "the API") is not None


def test_the_words_that_matched_are_told_in_the_owner_s_order() -> None:
    found = match(keywords("zebra", "Fix", "parser", "build"), "The parser: fix it!")
    assert found is not None
    assert found.words == ("fix", "parser")
    assert found.reason == "says “fix”, “parser”"
    assert found.score is None


def test_many_words_are_all_kept_and_few_shown() -> None:
    words = ["alpha", "beta", "gamma", "delta", "epsilon"]
    found = match(keywords(*words), " ".join(words))
    assert found is not None
    assert found.words == tuple(words)
    assert found.reason == "says “alpha”, “beta”, “gamma”, “delta”"


def test_two_spellings_of_a_word_are_one() -> None:
    found = match(keywords("API", "api", "ＡＰＩ"), "the api")
    assert found is not None
    assert found.words == ("api",)


def test_only_the_user_s_words_are_searched() -> None:
    spec = keywords("refactor")
    asked = saying("<system-reminder>refactor everything</system-reminder>\nwhat time is it?")
    assert condition(spec).match(asked) is None


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, "words"),
        ({"words": []}, "words"),
        ({"words": None}, "words"),
        ({"words": "api"}, "words"),
        ({"words": {"api": 1}}, "words"),
        ({"words": ["api", ""]}, "words"),
        ({"words": ["api", " \u3000"]}, "words"),
        ({"words": ["api", 5]}, "words"),
        ({"words": ["api", None]}, "words"),
        ({"words": ["api"], "match": "regex"}, "match"),
        ({"words": ["api"], "match": None}, "match"),
        ({"words": ["api"], "match": ["word"]}, "match"),
        ({"words": ["api"], "word": "api"}, "word"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(fields: dict[str, Any], place: str) -> None:
    problem = refusal({"any": [{"kind": "keywords", **fields}]})
    assert problem.field == f"when.any[0].{place}"
    assert problem.hint
