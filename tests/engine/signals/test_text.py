"""Folding makes spellings equal that people take for equal; word borders hold in every script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.signals.text import fold, is_cjk, is_word


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("HELLO World", "hello world"),
        ("Straße", "strasse"),
        ("ＡＰＩ　Ｖ２", "api v2"),
        ("ﬁnance", "finance"),
        ("Cafe\u0301", "café"),
        ("ﾊﾟｲｿﾝ", "パイソン"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("好的，继续！（快）", "好的,继续!(快)"),
        ("等等……", "等等......"),
        ("  a\t\u00a0b\r\n\u3000c ", "a b c"),
        ("", ""),
    ],
)
def test_spellings_become_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.one_of(st.characters(), st.sampled_from("，！？：；（）…ßéＡ\u0301 \n中"))))
def test_folding_is_full_nfkc_however_it_is_sped_up(text: str) -> None:
    assert fold(text) == " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("中", True),
        ("あ", True),
        ("カ", True),
        ("한", True),
        ("𠀋", True),
        ("a", False),
        ("é", False),
    ],
)
def test_chinese_japanese_and_korean_are_told_from_the_rest(char: str, expected: bool) -> None:
    assert is_cjk(char) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("the api is down", "api", True),
        ("api", "api", True),
        ("(api)", "api", True),
        ("the capital", "api", False),
        ("apis", "api", False),
        ("api2", "api", False),
        ("my_api", "api", False),
        ("my-api", "api", True),
        ("用python写", "python", True),
        ("用python3写", "python", False),
        ("翻译这段话", "翻译", True),
        ("파이썬으로 써줘", "파이썬", True),
        ("c++ code", "c++", True),
        ("node.js app", "node.js", True),
        ("node.jsx app", "node.js", False),
        ("élan vital", "lan", False),
        ("रामायण", "राम", False),
        ("राम गया", "राम", True),
        ("ฉันรักภาษาไทยมาก", "ภาษาไทย", True),
        ("ខ្ញុំសរសេរកូដ", "កូដ", True),
    ],
)
def test_a_word_ends_where_its_script_ends_words(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert is_word(text, start, start + len(word)) is expected
