"""Condition `modality`: what the messages hold beside text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions import reading
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only

_MODALITIES = ("image", "audio", "video", "file")
"""Not text: every call holds some."""


@dataclass(frozen=True, slots=True)
class ModalityCondition:
    """Holds when the request holds at least one of these."""

    modalities: tuple[str, ...]

    def match(self, call: Call) -> Match | None:
        """Compare with what the messages hold."""
        held = call.known.modalities
        found = tuple(kind for kind in self.modalities if kind in held)
        return Match(f"holds {' and '.join(found)}", found) if found else None

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> ModalityCondition:
    """Read `{"modalities": ["image", "audio", "video", "file"]}`."""
    only(spec, "modalities")
    return ModalityCondition(reading.chosen(spec, "modalities", _MODALITIES))


KIND = ConditionKind(
    kind="modality",
    title="Images, audio, files",
    fields=(Field("modalities", "holds", type="choices:" + ",".join(_MODALITIES), required=True),),
    cost=8,
    read=read,
)
