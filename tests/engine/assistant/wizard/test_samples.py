"""The examples are what they claim to be, by the classifier and the finder that rules use."""

import pytest

from butler.contract.drafts import Language, Sample
from butler.contract.wizard import UseCase
from butler.engine.assistant.wizard import samples
from butler.engine.assistant.wizard.rules import LONG_FROM_TOKENS
from butler.engine.assistant.wizard.taste import TASKS
from butler.engine.assistant.wizard.words import LANGUAGES, wizard_words
from butler.engine.signals.sensitive import find_sensitive
from butler.engine.signals.task import classify
from butler.engine.signals.tokens import text_tokens


def is_secret(sample: Sample) -> bool:
    return bool(find_sensitive({"messages": [{"role": "user", "content": sample.text}]}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", list(UseCase))
def test_the_classifier_agrees(case: UseCase, language: Language) -> None:
    found = samples.of_case(case, wizard_words(language))
    assert [sample.expected for sample in found] == [True, True, False, False]
    assert len({sample.text for sample in found}) == 4
    for sample in found:
        assert (classify(sample.text).task in TASKS[case]) is sample.expected, sample.text
        assert not is_secret(sample)


@pytest.mark.parametrize("language", LANGUAGES)
def test_secrets_are_found(language: Language) -> None:
    found = samples.of_secrets(wizard_words(language))
    assert [sample.expected for sample in found] == [True, True, False, False]
    assert [is_secret(sample) for sample in found] == [True, True, False, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_document_is_long(language: Language) -> None:
    found = samples.of_long(LONG_FROM_TOKENS, wizard_words(language))
    assert [sample.expected for sample in found] == [True, False, False]
    long, *short = (text_tokens(sample.text) for sample in found)
    assert LONG_FROM_TOKENS <= long < LONG_FROM_TOKENS * 1.05
    assert max(short) < 200


def test_no_text_holds_an_image() -> None:
    assert not any(sample.expected for sample in samples.of_images(wizard_words("en")))
