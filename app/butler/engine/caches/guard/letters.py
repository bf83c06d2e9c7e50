"""Where case tells something: tasks about letters, short forms that are words, units, names.

A text mostly in capitals tells nothing by them.
"""

import re
from typing import Final

_ABOUT_LETTERS: Final = re.compile(
    r"capitali[sz]|capital letter|(?:upper|lower|title|camel|snake)[ -]?case|letter case|punctuat"
    r"|apostrophe|\bcommas?\b|\b(?:proofread|grammar|grammatical|typos?|spelling)\b[^\n]*[:\n]"
    r"|^(?:please )?(?:correct|fix|edit|proofread|check|polish) (?:this|the|my|these)\b[^\n]*[:\n]"
    r"|\b(?:is (?:this|it)|are these) (?:correct|right)\b[^\n]*[:\n]|大写|小写|标点|改错|病句"
)
_TELLING: Final = re.compile(
    r"[A-Z]{2}[A-Za-z]{0,2}(?![\w'])|(?<=[a-z,] )A(?![\w'.&+#])|(?<=[0-9])[mM]?[A-Za-z](?![\w'])"
    r"|(?<=[0-9] )[kKmMgGtT][A-Za-z]{0,3}(?![\w'])"
)
_WORDS: Final = frozenset(
    "US IT WHO AIDS AM OR ME OK IN IS AS AT NO SO ON HE PIN CAT SAT ACT AID RAM ROM CARE MAY ARE"
    " HER HIS HOW LED NOW ONE OUR OUT SAD SAID SEE SHE TEN THE TOP WAR WAS ICE FED FAT GAP HIT"
    " FAST BASIC RICE SWIFT SOAP REST LASER SPAM TEAM MIT GEM GAS BAT DOE DO GO AN BE BY IF".split()
)
_UNITS: Final = frozenset(
    "mw mv ma mhz mpa mj ms mb gb kb tb pb mbps gbps kbps m g k t b mol mm mn mg mbit".split()
)


# A look for these costs far less than the pattern, and mostly finds none.
_HINTS: Final = (
    *("capital", "case", "punctuat", "apostrophe", "comma", ":", "\n"),
    *("大写", "小写", "标点", "改错", "病句"),
)
_DIGITS: Final = frozenset("0123456789")


def is_about_letters(lowered: str) -> bool:
    """Say whether a text, in small letters, asks about letters, signs or case."""
    if not any(hint in lowered for hint in _HINTS):
        return False
    return _ABOUT_LETTERS.search(lowered) is not None


def telling_case(text: str) -> tuple[str, ...]:
    """Return what means something else in small letters: `US`, `10 MW`, `vitamin A`."""
    if text[1:].islower() and _DIGITS.isdisjoint(text):
        return ()
    found = _TELLING.findall(text)
    if not found or sum(map(str.isupper, text)) * 2 > len(text):
        return ()
    return tuple(word for word in found if word in _WORDS or word.lower() in _UNITS or word == "A")
