"""The kinds of rule conditions as they travel: any editor can draw their forms from them."""

from pydantic import BaseModel, Field

from butler.contract.connections import FormField


class ConditionField(FormField):
    """One field of a condition's form; `suggestions` are values that are likely to be meant."""

    suggestions: list[str] = Field(default_factory=list)


class ConditionKindRow(BaseModel):
    """A kind of condition; a `private` one binds every attempt of a call to its rule's targets."""

    kind: str
    title: str
    private: bool
    fields: list[ConditionField]
