"""English ways of asking that say the same: "how do I", "how can one", "what is the way to".

A frame stands at the beginning of a prompt. What follows it is left as it is.
"""

import re
from typing import Final

_ASKER: Final = r"(?:i|we|you|one|someone|somebody|anyone)"
_MODAL: Final = r"(?:do|does|can|should|could|would)"
_GOOD: Final = r"(?:best|good|great|better|possible|proper|right|correct)"
_ARTICLE: Final = r"(?:(?:some|any|the|a|an|few|various|different|all)(?: of)? ){0,3}"
# What something means is what it is only where a word is asked about.
_TERM: Final = (
    r"(?!(?:the |an? |my |your |our |this |that |these |those |his |her |their )"
    r"|(?:life|existence|love|it|this|that|he|she|they|you|i|we|living|all)\b)"
)
_WAY: Final = r"(?:way|ways|method|methods)"

_ANYONE: Final = re.compile(rf"\b{_ASKER}\b")
_OTHERS: Final = re.compile(r"how \w+ (?:one|someone|somebody|anyone) (?=.*\b(?:i|me|my|mine)\b)")
_YOURS: Final = re.compile(
    r"(?:how|where) \w+ you (?=(?:feel|do|think|live|work|come|go|sleep|see|remember)\b"
    r"|know (?!if|when|that|whether|what|how)|.*\byour (?:name|number|boss|money|feelings?|book)\b)"
)
_LEARNING: Final = re.compile(r"^learn (?:how )?to ")
_MINE: Final = re.compile(r"\b(?:my|your|our|one's) ")
_ANYONES: Final = re.compile(r"\b(?:your|our|one's)\b")

# What may stand before a question without changing it.
_OPENING: Final = re.compile(
    r"(?:(?:so|well|ok|okay|also|and|but) )?"
    r"(?:(?:do you know|does (?:any|some)(?:one|body) know|do any of you know"
    r"|(?:can|could|would|will) (?:you|anyone|somebody|someone|anybody) (?:please )?"
    r"(?:tell|explain|show)(?: to)?(?: me| us)?|(?:please )?(?:tell|show) me"
    r"|i (?:want|need|would like|wish|am trying|would love) to (?:know|understand|find out)"
    r"|i (?:was|am) wondering|i wonder|i have a question|any idea|any ideas|just curious) )"
    r"(?=(?:what|how|why|which|who|where|when|whether|if)\b)"
)

_FRAMES: Final = {
    "how": (
        (rf"how {_MODAL} {_ASKER} (?:go about )?", "how "),
        (rf"how {_ASKER} {_MODAL} ", "how "),
        (r"how will i ", "how "),
        (r"how to ", "how "),
        (
            rf"how long (?:does|will|would) it (?:usually )?take"
            rf" (?:(?:for )?(?:me|{_ASKER}) )?to ",
            "how long to ",
        ),
        (r"how much (?:does|will|would) it cost (?:me )?to ", "cost to "),
        (
            rf"(how (?:much|many|long|often|far|fast|old|soon|early|late)(?: \w+)?)"
            rf" (should|can|could|would|do|must|will) {_ASKER} ",
            r"\1 \2 i ",
        ),
        (
            rf"(how (?:much|many|long|often)(?: \w+)?) {_ASKER} (should|can|could|must) ",
            r"\1 \2 i ",
        ),
    ),
    "what": (
        (
            rf"what (?:is|are|would be|will be) {_ARTICLE}(?:{_GOOD} (?:possible )?)?{_WAY}"
            rf" (?:(?:by|in) which {_ASKER} (?:can|could) "
            rf"|(?:that )?{_ASKER} (?:can|could) |to |(?:of|for|in) (?=\w+ing\b))",
            "how ",
        ),
        (rf"what (?:should|can|could|must|do|would) {_ASKER} do (?:in order )?to ", "how "),
        (rf"what (?:should|must|do) {_ASKER} do (?:when|if|in case) ", "what todo if "),
        (rf"what (?:should|must|do) {_ASKER} do ", "what todo "),
        (r"what (?:do|would) you think (?:of|about|on) ", "opinion "),
        (
            r"what (?:is|are) your (?:opinion|opinions|view|views|thoughts) (?:of|on|about) ",
            "opinion ",
        ),
        (r"what (?:does|would|will) it cost to ", "cost to "),
        (r"what (?:do|does|did) (?:you|it|one|we) mean by ", "whatis "),
        (rf"what is (?:meant by|the (?:meaning|definition) of) {_TERM}", "whatis "),
        (
            rf"what (?:do|does) (?:the (?:word|term) )?{_TERM}(.+?) (?:really )?mean$",
            r"whatis \1",
        ),
        (
            rf"what (?:is|are|would be|will be) {_ARTICLE}(?:best|good|great|top) (?=[^\d])",
            "which best ",
        ),
        (
            r"what (?:is|are) (?:(?:some|the|few|a few|the various|the different"
            r"|different|various) (?:of (?:the )?)?)+",
            "whatis ",
        ),
        (r"what (?:is|are) ", "whatis "),
        (r"what (.+? )(should|can|could|must) (?:i|we|you|one) ", r"what \1\2 i "),
        (
            r"what (\w+(?: \w+)?) (?:is|are|would be|will be) (?:the )?(?:best|good) (?=for|to)",
            r"which best \1 ",
        ),
    ),
    "which": (
        (
            rf"which (?:one )?(?:is|are|would be) {_ARTICLE}(?:best|good|great|top) (?=[^\d])",
            "which best ",
        ),
        (r"which (?:one )?(?:is|are) ", "whatis "),
        (
            r"which (\w+(?: \w+)?) (?:is|are|would be|will be) (?:the )?(?:best|good) (?=for|to)",
            r"which best \1 ",
        ),
        (r"which ", "what "),
    ),
    "where": (
        (rf"where (?:can|do|could|would|may|might) {_ASKER} (?:possibly )?", "where "),
        (rf"where {_ASKER} (?:can|could|should) ", "where "),
        (r"where to ", "where "),
        (rf"where (?:is|are) {_ARTICLE}(?:{_GOOD} )?places? to ", "where "),
    ),
    "when": ((rf"when (should|can|could|must|do) {_ASKER} ", r"when \1 i "),),
    "is": (
        (rf"is there {_ARTICLE}{_WAY} (?:(?:that )?{_ASKER} can |to )", "how "),
        (r"is it possible (?:for (?:me|us|one|someone) )?to ", "can i "),
        (r"is there (?:any|a|an|some) ", "is there "),
    ),
    "are": (
        (rf"are there {_ARTICLE}{_WAY} (?:(?:that )?{_ASKER} can |to )", "how "),
        (r"are there (?:any|some) ", "is there "),
    ),
    "can": ((r"can (?:i|one) ", "can i "),),
    "should": ((r"should (?:i|one) ", "should i "),),
    "why": (
        (r"why (?:do|does) (?:we|people|humans) ", "why people "),
        (r"why (?:do|does) ", "why "),
    ),
    "ways": ((r"ways? to ", "how "),),
    "define": ((r"define (?:the (?:word|term) )?", "whatis "),),
    "meaning": ((r"meaning of ", "whatis "),),
    "definition": ((r"definition of ", "whatis "),),
}


class Frames:
    """The frames, ready to be looked up by the word that a prompt begins with."""

    def __init__(self) -> None:
        self._by_word = {
            word: tuple((re.compile(pattern), form) for pattern, form in frames)
            for word, frames in _FRAMES.items()
        }

    def unframe(self, asked: str) -> str:
        """Return a prompt with its way of asking brought to one form.

        Where anyone is asked about ("when should one"), anyone's things are "mine"; how
        something is done does not depend on whose it is.
        """
        if opening := _OPENING.match(asked):
            asked = asked[opening.end() :]
        if _OTHERS.match(asked) or _YOURS.match(asked):
            return asked
        for pattern, form in self._by_word.get(asked.partition(" ")[0], ()):
            if found := pattern.match(asked):
                rest = asked[found.end() :]
                if form == "how ":
                    rest = _LEARNING.sub("", _MINE.sub("", rest))
                elif _ANYONE.search(found.group()):
                    rest = _ANYONES.sub("my", rest)
                return (found.expand(form) if "\\" in form else form) + rest
        return asked


FRAMES: Final = Frames()
