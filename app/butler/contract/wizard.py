"""The wizard's questions and answers as they travel; the engine asks, any window can show them."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from butler.contract.drafts import Language
from butler.contract.resources import TargetName, Written


class UseCase(StrEnum):
    """What somebody uses models for."""

    CODING = "coding"
    ANALYSIS = "analysis"
    CREATIVE = "creative"
    CHAT = "chat"
    TRANSLATION = "translation"
    MATH = "math"
    LONG_DOCUMENTS = "long_documents"


class Spending(StrEnum):
    """What counts when a model is chosen."""

    SAVING = "saving"
    BALANCED = "balanced"
    QUALITY = "quality"


class Aim(StrEnum):
    """What may come first, second and third."""

    LATENCY = "latency"
    QUALITY = "quality"
    COST = "cost"


class Choice(BaseModel):
    """One of the answers to a question; `detail` says what is known of it, such as a price."""

    value: str
    detail: str = ""


class Question(BaseModel):
    """A field of a step: `many` takes some of the choices, `one` takes one, `order` takes all."""

    field: str
    type: Literal["many", "one", "order"]
    choices: list[Choice]
    default: list[str]


class WizardStep(BaseModel):
    """One step, with its questions; the last one (`review`) has none."""

    id: str
    questions: list[Question]


class WizardForm(BaseModel):
    """The wizard: its steps in their order, for the models that are configured now."""

    steps: list[WizardStep]


class WizardQuery(Written):
    """In which language the form says what is known of each model."""

    language: Language = "en"


class WizardAnswers(Written):
    """What was answered; `models` are those that may be used, none means all.

    `aims` are in order, the first counts most. `private` puts a rule first that keeps secrets on
    this machine, where a local model is among the models. Names and reasons are in `language`.
    """

    use_cases: Annotated[list[UseCase], Field(min_length=1)]
    models: list[TargetName] = Field(default_factory=list)
    spending: Spending = Spending.BALANCED
    aims: Annotated[list[Aim], Field(max_length=3)] = Field(
        default_factory=lambda: [Aim.QUALITY, Aim.COST, Aim.LATENCY]
    )
    private: bool = True
    language: Language = "en"
