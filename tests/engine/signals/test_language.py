"""The language is told by script, then by common words; where neither tells, nobody guesses."""

import pytest

from butler.engine.signals.language import LANGUAGES, language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Write a function that parses a date."),
        ("en", "Fix the parser"),
        ("zh", "请用 Python 写一个函数"),
        ("zh", "幫我寫一首詩"),
        ("ja", "日本語で書いてください"),
        ("ko", "안녕하세요, 시를 써 주세요"),
        ("de", "Schreibe mir bitte ein Gedicht über den Herbst"),
        ("fr", "Écris-moi un poème sur la mer"),
        ("es", "¿Cómo puedo escribir una función?"),
        ("it", "Scrivi una poesia per me"),
        ("pt", "Escreva um poema para mim"),
        ("nl", "Schrijf een gedicht over de herfst voor mij"),
        ("pl", "Napisz mi wiersz o jesieni, proszę"),
        ("tr", "Bana sonbahar için bir şiir yaz"),
        ("sv", "Skriv en dikt om hösten för mig"),
        ("vi", "Xin chào, bạn có thể giúp tôi viết thơ không?"),
        ("ru", "Напиши стихотворение об осени"),
        ("uk", "Напиши вірш про осінь, їжак"),
        ("ar", "اكتب قصيدة عن الخريف"),
        ("fa", "یک شعر درباره پاییز بنویس چگونه"),
        ("he", "כתוב שיר על הסתיו"),
        ("hi", "मुझे एक कविता लिखो"),
        ("th", "เขียนบทกวี"),
        ("el", "Γράψε ένα ποίημα"),
    ],
)
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert language_of(text) == language
    assert language in LANGUAGES


@pytest.mark.parametrize("text", ["", "x = 1", "ok", "refactor", "12345", "????"])
def test_what_does_not_tell_is_none(text: str) -> None:
    assert language_of(text) is None


def test_code_is_left_aside() -> None:
    code = "```\nif the value is in the list of the names and it is not that\n```"
    assert language_of(f"Was ist das für ein Fehler?\n{code}") == "de"
    assert language_of(f"这是什么错误？ `the and of` https://the.and/of {code}") == "zh"
