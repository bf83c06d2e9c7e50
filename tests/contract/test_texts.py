"""Texts are looked up by key, counted, and taken from the files of a language."""

import pytest

from butler.contract.problems import Problem, ProblemCode
from butler.contract.texts import LANGUAGES, closest_language, known_language, load_texts


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["zh-Hans-CN", "en-US"], "zh_CN"),
        (["zh_TW"], "zh_CN"),
        (["zh_CN.UTF-8"], "zh_CN"),
        (["zh"], "zh_CN"),
        (["de-DE", "zh-CN", "en"], "zh_CN"),
        (["en_GB", "zh"], "en"),
        (["fr-FR"], "en"),
        (["C.UTF-8"], "en"),
        ([], "en"),
    ],
)
def test_the_closest_language_is_taken(wanted: list[str], language: str) -> None:
    assert closest_language(wanted) == language


@pytest.mark.parametrize(
    ("tag", "language"), [("zh.UTF-8", "zh_CN"), ("EN", "en"), ("C", None), ("zhuang", None)]
)
def test_a_language_that_we_do_not_know_is_none(tag: str, language: str | None) -> None:
    assert known_language([tag]) == language


def test_one_request_is_not_requests() -> None:
    texts = load_texts("en")
    assert texts.count("tray.today", 1, spent="$0") == "1 request today · $0"
    assert texts.count("tray.today", 1200, spent="$0") == "1,200 requests today · $0"


def test_problems_are_translated_by_code() -> None:
    problem = Problem(code=ProblemCode.PORT_TAKEN, detail="Port 8080 is taken.")
    assert load_texts("zh_CN").problem(problem) == "端口已被其他程序占用。"


def test_what_we_do_not_know_keeps_its_name() -> None:
    assert load_texts("en").named("layer", "weather") == "weather"
    assert load_texts("en").named("layer", "weather", "Weather.") == "Weather."


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_a_bug(language: str) -> None:
    with pytest.raises(KeyError):
        load_texts(language)("no.such.key")
