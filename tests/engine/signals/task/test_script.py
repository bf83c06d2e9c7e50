"""Characters are told by their script and read in one form."""

import pytest

from butler.engine.signals.task.script import is_cjk, simplify


@pytest.mark.parametrize("sign", "中語かカ한龥")
def test_signs_written_without_spaces(sign: str) -> None:
    assert is_cjk(sign)


@pytest.mark.parametrize("sign", "aéЖ1 ，。?")
def test_letters_figures_and_punctuation_are_none(sign: str) -> None:
    assert not is_cjk(sign)


def test_traditional_characters_get_their_simplified_form() -> None:
    assert simplify("請幫我寫一個網頁") == "请帮我写一个网页"


def test_other_text_stays_as_it_is() -> None:
    for text in ("write a poem", "写一首诗", ""):
        assert simplify(text) == text
