"""Thoughts that go through a client of Google's, whose alphabet for signatures is another one."""

import base64

import pytest

from butler.engine.dialects.canonical import Text, Thought, ToolCall
from butler.engine.dialects.gemini_parts import Reading
from butler.engine.dialects.gemini_seal import is_ours, seal, unseal

THOUGHTS = (Thought("Hm?>", "sig+/=="), Thought(sealed="secret~~~"))
SIGNER = "acme/alpha"


def rewritten(signature: str) -> str:
    """As the vendor's library writes it back: the bytes in the other alphabet."""
    return base64.urlsafe_b64encode(base64.b64decode(signature, validate=True)).decode()


def test_there_and_back() -> None:
    sealed = seal(THOUGHTS, SIGNER)
    assert rewritten(sealed) != sealed
    for signature in (sealed, rewritten(sealed)):
        assert is_ours(signature)
        assert unseal(signature) == (
            Thought("Hm?>", "sig+/==", None, SIGNER),
            Thought("", None, "secret~~~", SIGNER),
        )


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "c2lnbmVk",
        "skip_thought_signature_validator",
        seal((), SIGNER)[:-3],
        base64.b64encode(b"butler.1.{").decode(),
        base64.b64encode(b"butler.1.3").decode(),
        base64.b64encode(b"butler.1.[3]").decode(),
    ],
)
def test_what_holds_no_thoughts(signature: str | None) -> None:
    assert unseal(signature) == ()


def test_sealed_thoughts_stand_for_the_words_that_were_shown() -> None:
    call = {"functionCall": {"name": "f"}, "thoughtSignature": seal(THOUGHTS[:1], SIGNER)}
    parts = [{"text": "Hm?>", "thought": True}, {"text": "So."}, call]
    assert list(Reading().parts(parts, "")) == [
        Thought("Hm?>", "sig+/==", None, SIGNER),
        Text("So."),
        ToolCall("call_1", "f", "{}"),
    ]
