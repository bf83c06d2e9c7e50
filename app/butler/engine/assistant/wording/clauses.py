"""A text cut into clauses, each of which is to become one rule."""

import re
from collections.abc import Callable, Iterator, Sequence

from butler.engine.assistant.wording.words import FAILING, THEN

_SENTENCES = re.compile(r"[\n。！？!?；;]+|\.(?=\s|$)")
_SAYS_WHAT = re.compile(r"\b(?:use|go|switch|take|try|send|route|to)\b|用|改|换|走")
_JOINTS = re.compile(
    r"\s*(?:[,，、]\s*(?:and\s+|而|并)?|\s+and\s+(?=(?:use|send|route|let|the|everything|all"
    r"|for)\b)|以及|，?而)\s*"
)


def clauses(text: str, names_model: Callable[[str], bool]) -> Iterator[str]:
    """Give the clauses of a folded text; `names_model` says whether a piece names a model.

    A piece without a model belongs to the next one that has some, else to the one before.
    """
    for sentence in _SENTENCES.split(text):
        waiting: list[str] = []
        given: list[str] = []
        for piece in _pieces(sentence, names_model):
            if given and not waiting and THEN.match(piece):
                # What stands in for a model belongs to its rule.
                given[-1] = ", ".join([given[-1], piece])
                continue
            waiting.append(piece)
            if names_model(piece) and not _is_open(waiting):
                given.append(", ".join(waiting))
                waiting = []
        if waiting and given:
            given[-1] = ", ".join([given[-1], *waiting])
        elif waiting:
            given = [", ".join(waiting)]
        yield from (clause for clause in given if clause.strip())


def _is_open(pieces: Sequence[str]) -> bool:
    """Say whether the last piece only tells that a model fails: what then is still to come."""
    return (
        len(pieces) == 1
        and FAILING.search(pieces[0]) is not None
        and not _SAYS_WHAT.search(pieces[0])
    )


def _pieces(sentence: str, names_model: Callable[[str], bool]) -> Iterator[str]:
    for part in filter(None, (piece.strip() for piece in _JOINTS.split(sentence))):
        halves = re.split(r"\s+and\s+", part)
        if len(halves) > 1 and all(names_model(half) for half in halves):
            yield from halves
        else:
            yield part
