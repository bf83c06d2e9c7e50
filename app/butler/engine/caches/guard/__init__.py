"""The guard of the semantic cache: which prompts ask for the same thing, told without a model.

An embedding can not tell "before noon" from "after noon"; words can. `signature_of` brings a
prompt into a form in which wordings that ask for the same thing are equal, and prompts that
differ in a number, a name, a negation or the order of what acts on what are not. `plain` takes
away what never matters (case, spaces, punctuation, politeness); `english` and `chinese` fold
ways of asking. `english_words`, `english_frames` and `chinese_words` hold what they know of the
language. What they do not know, they keep: a missing word costs a hit and never causes a wrong
one.
"""

from butler.engine.caches.guard.difference import differences
from butler.engine.caches.guard.moment import is_time_dependent
from butler.engine.caches.guard.signature import Signature, is_trivial_edit, signature_of

__all__ = [
    "Signature",
    "differences",
    "is_time_dependent",
    "is_trivial_edit",
    "signature_of",
]
