"""The wizard: a few answers in, a complete and explained set of rules out; no model is asked.

`form` says what is asked, `known` what is known of each model, `taste` what counts for whom,
`ranking` puts both together, `choosing` takes a model and its stand-ins, `reasons` says why,
`rules` writes the rules, `samples` their examples, and `draft` the whole.
"""

from butler.engine.assistant.wizard.draft import build
from butler.engine.assistant.wizard.form import form

__all__ = ["build", "form"]
