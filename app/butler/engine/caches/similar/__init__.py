"""The semantic cache: answers to questions that mean the same as one that was asked before.

`question` says which calls have one and what else must be equal; `entries` finds kept ones by
their signature; `vectors` compares meanings; `memory` puts it together and learns from mistakes.
"""
