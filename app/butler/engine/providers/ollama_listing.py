"""What Ollama tells of a model, beside its name: what it can do, and how long its context is.

Source: Ollama API reference, "Show model details".
"""

from dataclasses import replace

import orjson

from butler.engine.dialects.members import as_list, as_object
from butler.engine.providers import listing
from butler.engine.providers.listing import ListedModel

_CONVERSES = "completion"
_CONTEXT = ".context_length"


def described(model: ListedModel, body: bytes) -> ListedModel:
    """Return a listed model with what is told of it; raises ValueError where nothing is."""
    told = orjson.loads(body)
    if not isinstance(told, dict):
        raise ValueError("the answer describes no model")
    entry: dict[str, object] = {"id": model.id}
    abilities = as_list(told.get("capabilities"))
    if abilities:
        entry["capabilities"] = abilities
    for name, value in (as_object(told.get("model_info")) or {}).items():
        if name.endswith(_CONTEXT):
            entry["context_length"] = value
    (found,) = listing.read_models(orjson.dumps([entry]))
    if not abilities:
        return found
    details = found.details
    if "vision" not in abilities:
        # What such a list does not name, the model can not do.
        guessed = [name for name in details.guessed if name != "modalities"]
        details = details.model_copy(update={"modalities": ["text"], "guessed": guessed})
    return replace(found, details=details, is_chat=found.is_chat and _CONVERSES in abilities)
