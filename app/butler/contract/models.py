"""Single models, as they are written; `resources.Model` is how they are read."""

from typing import Annotated

from pydantic import StringConstraints

from butler.contract.resources import ModelDetails, ModelIn, Name

ModelName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class NewModel(ModelIn):
    """A model for a provider, which is named by its id or name."""

    provider: str


class ModelPatch(ModelDetails):
    """A change to a model; what is left out stays, null takes back what is known.

    What the owner says is no guess any more: it leaves `guessed` by itself.
    """

    name: ModelName | None = None
    alias: Name | None = None
    enabled: bool | None = None


TOLD_OF_MODELS = frozenset({"id", "target", "local", "price", "priced_by"})
"""What of a model is told to readers; the rest is what its owner has written."""
