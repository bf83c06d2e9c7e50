"""The wizard's words: two languages, sizes and prices as vendors write them."""

import string
from decimal import Decimal

import pytest

from butler.contract.wizard import Aim, Spending
from butler.engine.assistant.wizard.known import Sign
from butler.engine.assistant.wizard.ranking import Part
from butler.engine.assistant.wizard.words import dollars, in_both, size, wizard_words


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_both_languages_say_the_same_things() -> None:
    english, chinese = (wizard_words(each)._words for each in ("en", "zh_CN"))
    assert set(english) == set(chinese)
    assert {key for key in english if _fields(english[key]) != _fields(chinese[key])} == set()
    assert in_both("fact.local") == {"en": "local", "zh_CN": "本机"}


def test_every_key_that_is_put_together_is_there() -> None:
    texts = wizard_words("en")._words
    wanted = {
        *(f"asked.{each}" for each in Spending),
        *(f"first.{each}" for each in Aim),
        *(f"best.{each}" for each in Part if each not in (Part.QUALITY, Part.LATENCY)),
        *(f"best.quality.{each}" for each in (Sign.PRICE, Sign.SIZE, Sign.NAME)),
        *(f"best.latency.{each}" for each in (Sign.PRICE, Sign.NAME, Sign.HERE)),
    }
    assert wanted - set(texts) == set()


@pytest.mark.parametrize(
    ("tokens", "shown"),
    [
        (500, "500"),
        (8_192, "8k"),
        (16_385, "16k"),
        (128_000, "128k"),
        (131_072, "128k"),
        (200_000, "200k"),
        (1_047_576, "1M"),
        (1_048_576, "1M"),
        (1_500_000, "1.5M"),
    ],
)
def test_sizes(tokens: int, shown: str) -> None:
    assert size(tokens) == shown


@pytest.mark.parametrize(
    ("usd", "shown"),
    [("0.27", "$0.27"), ("10", "$10.00"), ("0.0750", "$0.075"), ("1200.5", "$1,200.50")],
)
def test_prices(usd: str, shown: str) -> None:
    assert dollars(Decimal(usd)) == shown
