"""Models that a provider lists, as they are stored once they are picked."""

from collections.abc import Sequence

from pydantic import JsonValue

from butler.contract.connections import FoundModel
from butler.contract.models import TOLD_OF_MODELS
from butler.contract.resources import Model

_FOUND_ONLY = {"title", "chat", "configured"}


def as_stored(picked: Sequence[FoundModel], used: Sequence[Model] = ()) -> list[JsonValue]:
    """Return what was picked as the engine takes it; models that are `used` stay as they are."""
    known = {model.name: model for model in used}
    written: list[JsonValue] = []
    for found in picked:
        if found.name in known:
            written.append(known[found.name].model_dump(mode="json", exclude=set(TOLD_OF_MODELS)))
        else:
            written.append(found.model_dump(mode="json", exclude=_FOUND_ONLY))
    return written
