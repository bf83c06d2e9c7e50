"""Folds an English prompt: ways of asking, inflection, spelling and function words.

Every word that is left keeps its place: who does what to whom is told by the order. Only where
a relation is the same from both sides ("the difference between") its two sides are sorted.
"""

import re
from typing import Final

from butler.engine.caches.guard import english_words as words
from butler.engine.caches.guard.english_frames import FRAMES

_BOTH_WAYS: Final = re.compile(
    r"\b((?:difference|relationship|relation|similarity|distance|connection|link|comparison"
    r"|correlation|contrast) between|which best|whatis better|who is better) (.+?) (and|or|versus)"
    r" (.+)$"
)
_ONE_SHOULD: Final = re.compile(
    r" (?:that )?(?:i|we|you|one|someone|everyone|everybody|people)"
    r" (?:should|must|can|could|need to|have to) "
)
_FETCHING: Final = ("where buy ", "where get ", "where download ", "where order ", "where find ")
_IN_ORDER: Final = frozenset("first then before after order respectively former latter".split())
_PAIR: Final = re.compile(r"(?<!\S)([a-z]+) and ([a-z]+)(?!\S)")
_LIKE: Final = re.compile(r"^(whatis .+?) like (in .+)$")
_OF_ALL: Final = re.compile(
    r" (?:in the (?:whole |entire )?world|in (?:your|my|one's) (?:whole )?life)$"
)
_OWNER: Final = re.compile(r"\b((?:[\w.-]+ )*?[\w.-]+)'s (\w+)")
_BORDERS: Final = frozenset(
    "is are am was were be in on at of for to from by with about and or if that than how why what"
    " where when who which whatis best do does did can could should would will has have had i you"
    " we they he she it not as into over under after before between during my your our their"
    " his her this these those many much some any all every no think like".split()
)
_SOMETIMES: Final = frozenset({"have", "most", "that"})
_OWNED_BY: Final = frozenset("my your our their his her this these those".split())


def is_foldable(tokens: list[str]) -> bool:
    """Say whether a text is English, and does not speak of words itself."""
    if words.MARKS.isdisjoint(tokens) and words.SPREAD.keys().isdisjoint(tokens):
        return False
    return tokens[0] not in words.EDITING and words.ABOUT_WORDS.isdisjoint(tokens)


def fold(tokens: list[str]) -> str:
    """Return the canonical wording of an English prompt."""
    asked = FRAMES.unframe(" ".join(_spread(tokens)))
    if "best" in asked or "most" in asked or "est " in asked:
        asked = _OF_ALL.sub("", asked)
    if asked.startswith("which best "):
        asked = _ONE_SHOULD.sub(" to ", asked, 1)
    if asked.startswith(_FETCHING):
        asked = asked.removesuffix(" from").removesuffix(" at")
    if "'s " in asked:
        asked = _OWNER.sub(_owned, asked)
    content = _content(asked.split(" "))
    if content[:1] == ["how"] and len(content) > 1:
        content[1] = _stem(content[1])
    folded = " ".join(content)
    if " between " in folded or " better " in folded:
        folded = _BOTH_WAYS.sub(_sorted_sides, folded)
    if " and " in folded and _IN_ORDER.isdisjoint(content):
        folded = _PAIR.sub(_sorted_pair, folded)
    if " like " in folded:
        folded = _LIKE.sub(r"\1 \2 like", folded)
    return folded


def _spread(tokens: list[str]) -> list[str]:
    """Return the tokens with contractions written out."""
    if words.SPREAD.keys().isdisjoint(tokens):
        return tokens
    spread: list[str] = []
    for token in tokens:
        spread += words.SPREAD.get(token, (token,))
    return spread


def _content(tokens: list[str]) -> list[str]:
    """Return what is left of the tokens without inflection and words that say nothing."""
    content: list[str] = []
    before = "and"
    for place, token in enumerate(tokens):
        if token in {"do", "does"} and before in words.ASKING:
            continue
        if token in _SOMETIMES and _says_nothing(tokens, place):
            continue
        folded = words.FOLDED.get(token)
        if folded is None:
            folded = _singular(token)
        elif token in {"of", "at"} and _is_number(tokens, place + 1):
            folded = token
        if folded:
            content.append(folded)
            before = token
    return content


def _says_nothing(tokens: list[str], place: int) -> bool:
    """Say whether a word may be left out where it stands: "all that I have ever seen"."""
    match tokens[place]:
        case "have":
            return tokens[place + 1 : place + 2] == ["ever"]
        case "most":
            return place + 1 < len(tokens) and tokens[place + 1].endswith("est")
        case "that":
            return place > 1 and tokens[place - 1] not in _BORDERS
    return False


def _is_number(tokens: list[str], place: int) -> bool:
    return place < len(tokens) and tokens[place][:1].isdigit()


def _singular(token: str) -> str:
    if token.endswith("'s"):
        token = token[:-2]
        return words.FOLDED.get(token, token)
    if token.endswith("ie") and len(token) > 4:
        return token[:-2] + "y"
    if not token.endswith("s") or len(token) < 4 or token.endswith(("ss", "us", "is")):
        return token
    if token.endswith("ies") and len(token) > 4:
        return token[:-3] + "y"
    if token.endswith(("sses", "shes", "ches", "xes", "zes")):
        return token[:-2]
    return token[:-1]


def _owned(found: re.Match[str]) -> str:
    """Turn "her brother's car" into "car of her brother"; the owner begins behind a border."""
    before = found[1].split(" ")
    start = len(before)
    while start and before[start - 1] not in _BORDERS:
        start -= 1
    if start == len(before):
        return found.group()
    if start and before[start - 1] in _OWNED_BY:
        start -= 1
    return " ".join([*before[:start], found[2], "of", *before[start:]])


def _stem(verb: str) -> str:
    """Return what "lose" and "losing" share: the way of asking decides which of them stands."""
    if verb.endswith("ing") and len(verb) > 5:
        verb = verb[:-3]
        if verb[-1] == verb[-2] and verb[-1] not in "ls":
            verb = verb[:-1]
    stem = verb.removesuffix("e")
    return words.HOW_TO.get(stem, stem)


def _sorted_pair(found: re.Match[str]) -> str:
    if not words.ASKING.isdisjoint(found.groups()):
        return found.group()
    low, high = sorted(found.groups())
    return f"{low} and {high}"


def _sorted_sides(found: re.Match[str]) -> str:
    relation, left, joint, right = found.groups()
    low, high = sorted((left, right))
    return f"{relation} {low} {joint} {high}"
