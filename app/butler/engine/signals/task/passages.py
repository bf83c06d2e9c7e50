"""Cuts a prompt into the sentences that may hold the ask, and weighs them by their place.

People put what they want first or last and the material it is about in between, so a sentence
counts the more the nearer it stands to either end. Code and long quotations are material: they
are left out here, though the marks of form still see them.
"""

import re
from dataclasses import dataclass
from typing import Final

from butler.engine.signals.task.script import simplify

_HEAD_CHARS: Final = 1_200
_TAIL_CHARS: Final = 600
_HEAD_WEIGHTS: Final = (1.0, 0.9, 0.75, 0.6, 0.5, 0.4, 0.3, 0.25)
_TAIL_WEIGHTS: Final = (1.0, 0.75, 0.45, 0.3)
# In a long prompt most sentences are material.
LONG_CHARS: Final = 420
_LONG_HEAD_WEIGHTS: Final = (1.0, 0.7, 0.45, 0.3)
_LONG_TAIL_WEIGHTS: Final = (1.0, 0.5)
_ASK_WEIGHT: Final = 0.6
# What follows "Translate this into French:" is not the ask.
_MATERIAL_SHARE: Final = 0.6
_ANNOUNCED_BY: Final = 2
_ORDER_BYTES: Final = 12
_SENTENCE_CHARS: Final = 260
_CODE_CHARS: Final = 6

_FENCED: Final = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.DOTALL)
_QUOTED: Final = re.compile(
    r"[“「『][^”」』]{12,}[”」』]|(?<!\w)\"[^\"\n]{16,}\"(?!\w)|(?<!\w)'[^'\n]{24,}'(?!\w)"
)
_QUOTES: Final = frozenset("“「『\"'")
_SENTENCE: Final = re.compile(
    r"[^.!?。！？；;:：\n]*(?:\.(?!\s|$)[^.!?。！？；;:：\n]*)*[.!?。！？；;:：\n]*"
)
_SIGNS: Final = re.compile(r"[{}()\[\]=<>|_;&#$\\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in lower case and simplified characters; `weight` is that of its place."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt made ready to be read: `seen` is its beginning and end as they were written."""

    seen: str
    sentences: tuple[Sentence, ...]
    length: int

    @property
    def is_long(self) -> bool:
        """Whether there is room for material beside the ask."""
        return self.length >= LONG_CHARS

    def ask(self) -> str:
        """The sentences near either end, one a line."""
        return "\n".join(one.text for one in self.sentences if one.weight >= _ASK_WEIGHT)


def read_prompt(text: str) -> Prompt:
    """Looks at the first and last characters only, so that a long paste costs no more."""
    head, tail = text[:_HEAD_CHARS].lstrip(), text[_HEAD_CHARS:][-_TAIL_CHARS:].rstrip()
    seen = f"{head}\n{tail}" if tail else head.rstrip()
    return Prompt(seen, _sentences(seen), len(text))


def _sentences(seen: str) -> tuple[Sentence, ...]:
    prose = _FENCED.sub("\n", seen) if "```" in seen or "~~~" in seen else seen
    if not _QUOTES.isdisjoint(prose):
        prose = _QUOTED.sub(" ", prose)
    if not prose.strip():
        prose = seen
    long = len(seen) >= LONG_CHARS
    pieces = [
        piece
        for found in _SENTENCE.findall(simplify(prose.lower().replace("tl;dr", "tldr")))
        if (piece := found.strip())
    ]
    weights = [_weight(place, len(pieces), long) for place in range(len(pieces))]
    if announced := _announcement(pieces):
        after = range(announced, len(pieces))
        weights[announced:] = [weights[place] * _MATERIAL_SHARE for place in after]
    return tuple(
        Sentence(piece[:_SENTENCE_CHARS], weight)
        for piece, weight in zip(pieces, weights, strict=True)
        if weight and not _is_code(piece)
    )


def _announcement(pieces: list[str]) -> int | None:
    """Where the material begins that an order ending in a colon announces, if one does."""
    for place, piece in enumerate(pieces[:_ANNOUNCED_BY]):
        if piece[-1] in ":：" and len(piece.encode()) >= _ORDER_BYTES and place + 1 < len(pieces):
            return place + 1
    return None


def _weight(place: int, count: int, long: bool) -> float:
    """The weight of the sentence at `place` of `count`; 0 in the middle of a long text."""
    head = _LONG_HEAD_WEIGHTS if long else _HEAD_WEIGHTS
    tail = _LONG_TAIL_WEIGHTS if long else _TAIL_WEIGHTS
    from_end = count - 1 - place
    of_head = head[place] if place < len(head) else 0.0
    of_tail = tail[from_end] if from_end < len(tail) else 0.0
    return max(of_head, of_tail)


def _is_code(piece: str) -> bool:
    """Whether a sentence is mostly signs, as lines of code and tables are."""
    share = 5 if len(piece) >= _CODE_CHARS else 2  # "c#" is a name, "}" is code
    return len(_SIGNS.findall(piece)) * share > len(piece)
