"""English ways of asking that say the same: "how do I", "how can one", "what is the way to"."""

from typing import Final

_ASKERS: Final = frozenset("i we you one someone somebody u".split())
_HOW_VERBS: Final = frozenset("do does can could should would will must may might".split())


def unframed(tokens: list[str]) -> list[str]:
    """Return the tokens with the way of asking at their beginning brought to one form."""
    match tokens:
        case ["how", verb, who, *rest] if verb in _HOW_VERBS and who in _ASKERS:
            return ["how", *rest]
        case ["how", who, verb, *rest] if verb in _HOW_VERBS and who in _ASKERS:
            return ["how", *rest]
        case ["how", "to", *rest]:
            return ["how", *rest]
        case ["which" | "what", "is" | "are", *rest]:
            return ["what", *rest]
    return tokens
