"""Example prompts of the wizard's rules: two that are theirs, two that are others'."""

from collections.abc import Mapping, Sequence

from butler.contract.drafts import Sample
from butler.contract.texts import Texts
from butler.contract.wizard import UseCase
from butler.engine.signals.tokens import text_tokens

_EACH = (1, 2)
_OTHERS: Mapping[UseCase, tuple[UseCase, UseCase]] = {
    UseCase.CODING: (UseCase.MATH, UseCase.CREATIVE),
    UseCase.MATH: (UseCase.ANALYSIS, UseCase.CHAT),
    UseCase.ANALYSIS: (UseCase.CODING, UseCase.CREATIVE),
    UseCase.TRANSLATION: (UseCase.CREATIVE, UseCase.CHAT),
    UseCase.CREATIVE: (UseCase.TRANSLATION, UseCase.CODING),
    UseCase.LONG_DOCUMENTS: (UseCase.TRANSLATION, UseCase.CHAT),
    UseCase.CHAT: (UseCase.CODING, UseCase.TRANSLATION),
}
"""Whose first example a use case's rule must leave alone."""


def of_case(case: UseCase, texts: Texts) -> list[Sample]:
    """Return the examples of a use case's rule."""
    return [*_own(case.value, texts), *_foreign(_OTHERS[case], texts)]


def of_secrets(texts: Texts) -> list[Sample]:
    """Return the examples of the rule that keeps secrets here."""
    return [*_own("secrets", texts), *_foreign((UseCase.CODING, UseCase.CHAT), texts)]


def of_images(texts: Texts) -> list[Sample]:
    """Return those that are not its own: no text holds an image."""
    return _foreign((UseCase.CREATIVE, UseCase.CHAT), texts)


def of_long(least_tokens: int, texts: Texts) -> list[Sample]:
    """Return a long document as one gets it by repeating a passage, and two short prompts."""
    passage = texts("sample.long.passage")
    times = least_tokens // max(text_tokens(passage), 1) + 1
    text = "\n\n".join([texts("sample.long.1"), *[passage] * times])
    long = Sample(text=text, expected=True)
    return [long, *_foreign((UseCase.LONG_DOCUMENTS, UseCase.CHAT), texts)]


def _own(name: str, texts: Texts) -> list[Sample]:
    return [Sample(text=texts(f"sample.{name}.{each}"), expected=True) for each in _EACH]


def _foreign(cases: Sequence[UseCase], texts: Texts) -> list[Sample]:
    return [Sample(text=texts(f"sample.{case}.1"), expected=False) for case in cases]
