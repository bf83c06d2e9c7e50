"""The signature of a prompt: equal for prompts that ask for the same thing."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Self

from butler.engine.caches.guard import chinese, english
from butler.engine.caches.guard.letters import is_about_letters, telling_case
from butler.engine.caches.guard.plain import HAN, has_code, plain_code, plain_tokens

DIGEST_BYTES: Final = 16
_MOST_FOLDED_TOKENS: Final = 40
_MOST_FOLDED_HAN: Final = 60
_QUOTED: Final = re.compile(r"[\"“”«»]|(?<!\w)['‘][^'’]+['’](?!\w)")
_QUOTES: Final = frozenset("\"“”«»'‘")
_HAN: Final = re.compile(rf"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a prompt asks for, as digests.

    Prompts with equal `digest` may ask for the same thing: one is a candidate for the other.
    Prompts with equal `plain` differ in case, spaces, punctuation or politeness alone, and
    their `digest` is equal, too. `stands_alone` says that the folding was so strict that an
    equal `digest` is enough where no model can read the text.
    """

    digest: bytes
    plain: bytes
    stands_alone: bool

    def is_trivial_edit_of(self, other: Self) -> bool:
        """Say whether no model needs to compare the two."""
        return self.plain == other.plain

    def settles(self, other: Self) -> bool:
        """Say whether the two ask the same as far as can be told without a model."""
        alone = self.stands_alone and other.stands_alone and self.digest == other.digest
        return alone or self.plain == other.plain

    def pack(self) -> bytes:
        """Return the signature as 33 bytes."""
        return self.digest + self.plain + bytes([self.stands_alone])

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Return what was packed; raises ValueError where it was something else."""
        if len(packed) != 2 * DIGEST_BYTES + 1:
            raise ValueError("this is no packed signature")
        return cls(packed[:DIGEST_BYTES], packed[DIGEST_BYTES:-1], bool(packed[-1]))


def signature_of(text: str) -> Signature:
    """Return the signature of a prompt. Long prompts and code are not folded beyond the plain."""
    if has_code(text):
        return _unfolded("\n".join(plain_code(text)))
    if is_about_letters(text.lower()):
        return _unfolded(" ".join(text.split()))
    tokens = plain_tokens(text)
    plain = " ".join(tokens)
    marks = "".join([f"\n{word}" for word in telling_case(text)])
    if not plain.isascii() and _HAN.search(plain):
        plain = chinese.joined(plain)
        if len(plain) > _MOST_FOLDED_HAN or not chinese.is_foldable(plain):
            return _unfolded(plain + marks)
        folded = "zh " + chinese.fold(plain)
        return Signature(_digest(folded + marks), _digest(plain + marks), True)
    is_quoting = not _QUOTES.isdisjoint(text) and _QUOTED.search(text) is not None
    if is_quoting or len(tokens) > _MOST_FOLDED_TOKENS or not english.is_foldable(tokens):
        return _unfolded(plain + marks)
    folded = "en " + english.fold(tokens)
    return Signature(_digest(folded + marks), _digest(plain + marks), False)


def is_trivial_edit(a: str, b: str) -> bool:
    """Say whether two prompts differ in case, spaces, punctuation or politeness alone."""
    return signature_of(a).plain == signature_of(b).plain


def _unfolded(plain: str) -> Signature:
    digest = _digest(plain)
    return Signature(digest, digest, False)


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()
