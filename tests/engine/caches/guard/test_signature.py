"""Signatures: equal for wordings of one ask, different for everything else."""

import pickle

import pytest

from butler.engine.caches.guard import Signature, is_trivial_edit, signature_of


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("How do I descale a kettle?", "how can one descale a kettle"),
        ("What's the capital of Peru?", "What is the capital of Peru?"),
        ("Name two rivers of Chad.", "Name 2 rivers of Chad"),
        ("怎么给水壶除垢", "如何给水壶除垢？"),
    ],
)
def test_one_ask_in_two_wordings_has_one_digest(a: str, b: str) -> None:
    assert signature_of(a).digest == signature_of(b).digest


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("What is 3 - 5?", "What is 3 + 5?"),
        ("What is -3 times 4?", "What is 3 times 4?"),
        ("Did Rome conquer Carthage?", "Did Carthage conquer Rome?"),
        ("Which mushrooms are edible?", "Which mushrooms are not edible?"),
        ("Translate casa into Italian", "Translate casa from Italian"),
        ("What does `rm -r` do?", "What does `rm -R` do?"),
        ("Rhymes with children", "Rhymes with kids"),
        ("What does 'the' do?", "What does 'a' do?"),
        ("把“什么是爱”翻译成法语", "把“爱是什么”翻译成法语"),
        ("Explain:\nx = Y;", "Explain:\nx = y;"),
        ("为什么狗追猫", "为什么猫追狗"),
        ("写一篇500字的作文", "写一篇800字的作文"),
    ],
)
def test_another_ask_has_another_digest(a: str, b: str) -> None:
    assert signature_of(a).digest != signature_of(b).digest


def test_a_trivial_edit_is_one_and_shares_the_digest() -> None:
    a, b = "Explain how tides work.", "please  explain how Tides work, thanks!"

    assert is_trivial_edit(a, b)
    assert signature_of(a).digest == signature_of(b).digest
    assert signature_of(a).settles(signature_of(b))


def test_another_wording_is_no_trivial_edit_and_needs_the_model() -> None:
    a, b = "How do I fold a paper crane?", "How can I fold a paper crane?"

    assert not is_trivial_edit(a, b)
    assert not signature_of(a).settles(signature_of(b))


def test_chinese_is_settled_without_a_model() -> None:
    one, other = signature_of("怎么磨菜刀"), signature_of("如何磨菜刀")

    assert not one.is_trivial_edit_of(other)
    assert one.settles(other)


def test_a_long_prompt_is_taken_word_for_word() -> None:
    document = "The ferry left at noon. " * 40
    a, b = f"How do I read it?\n{document}", f"How can I read it?\n{document}"

    assert signature_of(a).digest != signature_of(b).digest
    assert signature_of(a).digest == signature_of(a.upper()).digest


def test_language_that_is_not_known_is_taken_word_for_word() -> None:
    assert signature_of("die Banken").digest != signature_of("die Bank").digest


def test_a_signature_survives_packing_and_pickling() -> None:
    signature = signature_of("What is entropy?")

    assert Signature.unpack(signature.pack()) == signature
    assert pickle.loads(pickle.dumps(signature)) == signature  # noqa: S301 - our own bytes


def test_what_was_never_packed_is_refused() -> None:
    with pytest.raises(ValueError, match="no packed signature"):
        Signature.unpack(b"short")


@pytest.mark.parametrize("text", ["", " ", "?", "please", "谢谢", "\ud800", "```", "🙂"])
def test_odd_texts_have_a_signature(text: str) -> None:
    assert signature_of(text) == signature_of(text)
