"""English words that say the same as another one, and those that say nothing."""

from typing import Final

MARKS: Final = frozenset(
    "the what how why who which where when is are does do did can could should would was were"
    " explain write describe tell list give my your of and with from about".split()
)
"""A text without any of them is not taken for English, and not folded."""

SPREAD: Final = {
    "what's": ("what", "is"), "who's": ("who", "is"), "where's": ("where", "is"),
    "how's": ("how", "is"), "when's": ("when", "is"), "that's": ("that", "is"),
    "it's": ("it", "is"), "there's": ("there", "is"), "here's": ("here", "is"),
    "whats": ("what", "is"), "i'm": ("i", "am"), "im": ("i", "am"), "i've": ("i", "have"),
    "you're": ("you", "are"), "we're": ("we", "are"), "they're": ("they", "are"),
    "you've": ("you", "have"), "we've": ("we", "have"), "i'd": ("i", "would"),
    "i'll": ("i", "will"), "don't": ("do", "not"), "dont": ("do", "not"),
    "doesn't": ("does", "not"), "doesnt": ("does", "not"), "didn't": ("did", "not"),
    "can't": ("can", "not"), "cannot": ("can", "not"), "cant": ("can", "not"),
    "couldn't": ("could", "not"), "won't": ("will", "not"), "wouldn't": ("would", "not"),
    "shouldn't": ("should", "not"), "isn't": ("is", "not"), "aren't": ("are", "not"),
    "wasn't": ("was", "not"), "weren't": ("were", "not"), "haven't": ("have", "not"),
    "hasn't": ("has", "not"), "hadn't": ("had", "not"),
}  # fmt: skip

FOLDED: Final = {
    **dict.fromkeys("a an the do does".split(), ""),
    **dict.fromkeys("really actually truly indeed basically".split(), ""),
    "are": "is", "am": "is", "were": "was", "has": "have",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "first": "1st", "second": "2nd", "third": "3rd",
    "i": "i", "this": "this", "was": "was", "his": "his", "its": "its", "us": "us", "as": "as",
    "always": "always", "series": "series", "news": "news", "perhaps": "perhaps",
}  # fmt: skip
