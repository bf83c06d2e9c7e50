"""What a model gets to read of a text, and whether it can read it at all.

A tokenizer has pieces for the writing that its model was trained on. Other writing comes out as
the unknown piece, or spelled letter by letter; vectors of such texts are alike for no reason.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tokenizers import Encoding, Tokenizer

from butler.engine.signals.embedder.model import NoEmbedding, Why

MAX_TOKENS = 256
MAX_UNREAD_SHARE = 0.15
MAX_UNREAD_PIECES = 8
"""A sentence of that many can turn the meaning of a long text that is read well otherwise.

With an English model the two bars refuse 18 of 4,394 English prompts (they quote Chinese), and
3,967 of 3,968 Chinese ones.
"""

_WINDOW_CHARS = 2_000
_SPARE_TOKENS = 4
_CHARS_OF_A_PIECE = 4
_COMMON_HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也"
    "能下过子说产种面而方后多定行学法所民得经三之进着等部度家电力里如水化高自二理起小物现实"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The part of a text that the model gets, and how much of that part it can not read."""

    text: str
    unread_share: float


class _Piece(NamedTuple):
    token_id: int
    start: int
    end: int


class Reader:
    """Cuts texts down to what a model takes, and refuses those that it can not read."""

    def __init__(self, tokenizer: Tokenizer, max_tokens: int = MAX_TOKENS) -> None:
        truncation = tokenizer.truncation
        own = truncation["max_length"] if truncation else max_tokens
        self.max_tokens = min(own, max_tokens)
        self._tokenizer = tokenizer
        self._room = self.max_tokens - tokenizer.num_special_tokens_to_add(False)
        self._unknown = _unknown_id(tokenizer)
        self._reads_han = True
        unread, total = self._weigh(_COMMON_HAN, self._pieces(_COMMON_HAN))
        self._reads_han = unread <= MAX_UNREAD_SHARE * total

    def read(self, text: str) -> Reading | NoEmbedding:
        """Return head and tail of a text, as much as the model takes; or why it gets nothing."""
        if not text or text.isspace():
            return NoEmbedding(Why.EMPTY, "there is no text")
        cut, pieces = self._cut(text)
        unread, total = self._weigh(cut, pieces)
        share = unread / total if total else 0.0
        if share > MAX_UNREAD_SHARE or unread >= MAX_UNREAD_PIECES:
            return NoEmbedding(Why.UNREADABLE, f"the model can not read {share:.0%} of the text")
        return Reading(cut, share)

    def _cut(self, text: str) -> tuple[str, list[_Piece]]:
        """Return the part of a text that the model gets, with its pieces."""
        # A text of a megabyte would take a second to split into pieces of which 256 count.
        is_long = len(text) > 2 * _WINDOW_CHARS
        head = text[:_WINDOW_CHARS] if is_long else text
        pieces = self._pieces(head)
        if not is_long and len(pieces) <= self._room:
            return text, pieces
        half = (self._room - _SPARE_TOKENS) // 2
        tail = text[-_WINDOW_CHARS:] if is_long else text
        last = self._pieces(tail) if is_long else pieces
        cut = f"{head[: _end(pieces, half)]}\n{tail[_start(last, half) :]}"
        return cut, self._pieces(cut)

    def _pieces(self, text: str) -> list[_Piece]:
        return list(_pieces_of(self._tokenizer.encode(text, add_special_tokens=False)))

    def _weigh(self, text: str, pieces: Iterable[_Piece]) -> tuple[float, float]:
        """Return how many pieces of words can not be read, and how many there are.

        Signs that are no letters do not count. A run of letters that is one unknown piece counts
        for as many as English would need.
        """
        unread = total = 0.0
        before = None
        for piece in pieces:
            written = text[piece.start : piece.end]
            if not any(char.isalpha() for char in written):
                before = None
                continue
            weight = 1.0
            if self._is_unread(written, piece, before):
                weight = max(1.0, len(written) / _CHARS_OF_A_PIECE)
                unread += weight
            total += weight
            before = piece
        return unread, total

    def _is_unread(self, written: str, piece: _Piece, before: _Piece | None) -> bool:
        """Say whether a piece is unknown, a part of one letter, or a word's bare letter."""
        if piece.token_id == self._unknown:
            return True
        if before is not None and (before.start, before.end) == (piece.start, piece.end):
            return True
        if len(written) > 1 or written.isascii():
            return False
        if _is_han(written):
            return not self._reads_han
        return before is not None and before.end == piece.start


def _pieces_of(encoding: Encoding) -> Iterator[_Piece]:
    for part in sorted([encoding, *encoding.overflowing], key=_first_offset):
        for token_id, (start, end) in zip(part.ids, part.offsets, strict=True):
            if end > start:
                yield _Piece(token_id, start, end)


def _first_offset(encoding: Encoding) -> int:
    return min((start for start, end in encoding.offsets if end > start), default=0)


def _end(pieces: list[_Piece], count: int) -> int:
    return pieces[min(count, len(pieces)) - 1].end if pieces else 0


def _start(pieces: list[_Piece], count: int) -> int:
    return pieces[-min(count, len(pieces))].start if pieces else 0


def _is_han(char: str) -> bool:
    point = ord(char)
    return 0x3400 <= point <= 0x9FFF or 0x20000 <= point <= 0x3FFFF


def _unknown_id(tokenizer: Tokenizer) -> int | None:
    token = getattr(tokenizer.model, "unk_token", None)
    if isinstance(token, str):
        return tokenizer.token_to_id(token)
    found = getattr(tokenizer.model, "unk_id", None)
    return found if isinstance(found, int) else None
