"""The wizard's words in both languages; they lie in `resources/i18n/wizard.*.json`."""

from decimal import Decimal
from functools import cache

from pydantic import TypeAdapter

from butler.contract.drafts import Language
from butler.contract.places import resource
from butler.contract.texts import Texts

LANGUAGES: tuple[Language, ...] = ("en", "zh_CN")
_MILLION, _THOUSAND, _BINARY_THOUSAND = 1_000_000, 1_000, 1_024
_CENT = Decimal("0.01")


@cache
def wizard_words(language: Language) -> Texts:
    """Return the words in a language."""
    raw = resource("i18n", f"wizard.{language}.json").read_bytes()
    return Texts(language, TypeAdapter(dict[str, str]).validate_json(raw))


def in_both(key: str, **values: str) -> dict[Language, str]:
    """Return a text in every language."""
    return {language: wizard_words(language)(key, **values) for language in LANGUAGES}


def size(tokens: int) -> str:
    """Return a size in tokens as vendors write it: `128k`, `1M`."""
    if tokens >= _MILLION - _MILLION // 20:
        return f"{tokens / _MILLION:.1f}".removesuffix(".0") + "M"
    is_binary = tokens % _THOUSAND and tokens % _BINARY_THOUSAND == 0
    unit = _BINARY_THOUSAND if is_binary else _THOUSAND
    return f"{tokens / unit:.0f}k" if tokens >= _THOUSAND else str(tokens)


def dollars(usd: Decimal) -> str:
    """Return dollars with the places they need, two at least."""
    plain = usd.normalize()
    return f"${usd:,.2f}" if plain == plain.quantize(_CENT) else f"${plain:,f}"
