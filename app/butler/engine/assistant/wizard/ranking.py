"""The models in the order in which they suit somebody, and what speaks for the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from butler.contract.wizard import Aim, Spending, UseCase
from butler.engine.assistant.wizard.known import Known, middle
from butler.engine.assistant.wizard.taste import Taste

_MADE_FOR_IT, _MADE_FOR_OTHERS, _WITHOUT_TOOLS, _TINY = 0.15, -0.1, -0.2, -0.25
_EQUAL = 1e-9


class Part(StrEnum):
    """What a model's score is made of."""

    COST = "cost"
    QUALITY = "quality"
    LATENCY = "latency"
    MADE_FOR = "made_for"
    THINKING = "thinking"
    TOOLS = "tools"
    TINY = "tiny"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A model, and what each part adds to its score."""

    known: Known
    parts: Mapping[Part, float]

    @property
    def score(self) -> float:
        """All parts together; equal ones are equal despite floating points."""
        return round(sum(self.parts.values()), 9)

    def advantage(self, other: "Ranked") -> Part | None:
        """Return what speaks most for this one against another; None where nothing does."""
        gains = {part: added - other.parts[part] for part, added in self.parts.items()}
        best = max(gains, key=gains.__getitem__)
        return best if gains[best] > _EQUAL else None


def ranked(menu: Sequence[Known], wanted: Taste) -> tuple[Ranked, ...]:
    """Return the models, the most suitable first; of equal ones the first on the menu.

    Where a measure of a model is not known it counts as the others' mean.
    """
    means = {
        Part.COST: middle(menu, lambda it: it.thrift.value if it.thrift else None),
        Part.QUALITY: middle(menu, lambda it: it.strength.value if it.strength else None),
        Part.LATENCY: middle(menu, lambda it: it.speed.value if it.speed else None),
    }
    found = [Ranked(known, _parts(known, wanted, means)) for known in menu]
    return tuple(sorted(found, key=lambda it: (-it.score, it.known.place)))


def _parts(known: Known, wanted: Taste, means: Mapping[Part, float]) -> Mapping[Part, float]:
    measures = {
        Part.COST: (known.thrift, Aim.COST),
        Part.QUALITY: (known.strength, Aim.QUALITY),
        Part.LATENCY: (known.speed, Aim.LATENCY),
    }
    weighed = {
        part: (means[part] if measure is None else measure.value) * wanted.weights[aim]
        for part, (measure, aim) in measures.items()
    }
    untooled = wanted.case is UseCase.CODING and known.uses_tools is False
    return weighed | {
        Part.MADE_FOR: _made_for(known, wanted.case),
        Part.THINKING: wanted.thinking if known.thinks else 0.0,
        Part.TOOLS: _WITHOUT_TOOLS if untooled else 0.0,
        Part.TINY: _TINY if known.tiny and wanted.spending is not Spending.SAVING else 0.0,
    }


def _made_for(known: Known, case: UseCase | None) -> float:
    if known.made_for is None:
        return 0.0
    if known.made_for is case:
        return _MADE_FOR_IT
    # What is made to reason is no worse at other things.
    return 0.0 if known.made_for is UseCase.MATH else _MADE_FOR_OTHERS
