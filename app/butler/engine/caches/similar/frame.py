"""A request's body around the user's last words, in whichever protocol it was written.

The words are cut out where they stand in the body itself: so all else that it holds, known or not,
is part of what must be the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Object = Mapping[str, Any]
_CUT = "\0"
_TURNS = ("messages", "input", "contents")
"""Where the turns of a conversation stand: chats and messages, responses, Google's contents."""
_CONTENTS = ("content", "parts")
_ABOVE = ("system", "developer")
_KINDS = frozenset({"text", "input_text"})


def frame_of(body: Object, text: str) -> Object | None:
    """Return a body with the user's last words cut out; None where it does not end with them."""
    for name in _TURNS:
        turns = body.get(name)
        if isinstance(turns, str):
            turns = [{"role": "user", "content": turns}]
        if isinstance(turns, list):
            frame = _around_last(turns, text)
            return None if frame is None else {**body, name: frame}
    return None


def _around_last(turns: Sequence[Any], text: str) -> list[Any] | None:
    for at in range(len(turns) - 1, -1, -1):
        turn = turns[at]
        if not isinstance(turn, dict):
            return None
        # Google's contents need not say whose they are.
        role = turn.get("role", "user" if "parts" in turn else None)
        if role in _ABOVE:
            continue
        around = _around(turn, text) if role == "user" else None
        return None if around is None else [*turns[:at], around, *turns[at + 1 :]]
    return None


def _around(turn: Object, text: str) -> Object | None:
    """Return a turn without the words; in pieces they can not be told from what is around."""
    name = next((name for name in _CONTENTS if name in turn), "")
    content = turn.get(name)
    # That it is a message is what it is where nobody says so, too.
    plain = {key: value for key, value in turn.items() if (key, value) != ("type", "message")}
    if isinstance(content, str):
        cut = _cut(content, text)
        return None if cut is None else {**plain, name: cut}
    if not isinstance(content, list):
        return None
    pieces = list(content)
    for at, piece in enumerate(pieces):
        words = piece.get("text") if isinstance(piece, dict) else None
        cut = _cut(words, text) if isinstance(words, str) else None
        if cut is not None:
            pieces[at] = {**piece, "text": cut}
            # A single piece is another spelling of the same turn.
            return {**plain, name: cut if len(pieces) == 1 and _is_plain(piece) else pieces}
    return None


def _is_plain(piece: Object) -> bool:
    return set(piece) <= {"type", "text"} and piece.get("type", "text") in _KINDS


def _cut(words: str, text: str) -> str | None:
    before, found, after = words.partition(text)
    return f"{before.strip()}{_CUT}{after.strip()}" if found else None
