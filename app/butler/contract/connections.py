"""What helps to set a provider up: presets, forms, connection tests, what a provider lists."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, SecretStr

from butler.contract.problems import Problem
from butler.contract.resources import ModelDetails, Written


class FormField(BaseModel):
    """One field of a provider's form."""

    name: str
    title: str
    type: str
    required: bool
    secret: bool
    default: str | None


class KindRow(BaseModel):
    """A kind of provider, and its form."""

    id: str
    title: str
    dialect: str
    default_url: str | None
    fields: list[FormField]


class PresetRow(BaseModel):
    """A well-known vendor; `key_env` is the variable in which people keep its key.

    `needs_key` is False for servers that run on the owner's machine. `options` are those that
    it takes beyond the fields of its kind.
    """

    id: str
    title: str
    kind: str
    base_url: str | None
    example_url: str | None
    local: bool
    needs_key: bool
    models: list[str]
    options: list[str]
    key_env: str | None
    docs_url: str


class ProviderDraft(Written):
    """A provider that is not saved (yet), to be tried out."""

    kind: str | None = None
    preset: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    options: dict[str, JsonValue] = Field(default_factory=dict)
    model: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """A model to try where the provider lists none."""


class TestQuery(BaseModel):
    """How to try a provider: `call` makes the one-token call also where it lists its models."""

    # Or pytest takes the class for one of its own.
    __test__ = False
    model_config = ConfigDict(extra="forbid")

    call: bool = False
    model: str | None = None


class ConnectionTest(BaseModel):
    """What came of trying a provider, in words.

    `listed` counts the models that it names, None where it gives no list; `model` is the one
    that was called, None where none was.
    """

    ok: bool
    detail: str
    ms: float
    listed: int | None
    model: str | None
    problems: list[Problem]


class FoundModel(ModelDetails):
    """A model that a provider lists; `guessed` names the details that it does not tell itself.

    `chat` is False for models that hold no conversation; `configured` says that it is in use.
    """

    name: str
    title: str | None
    chat: bool
    configured: bool


class FoundServer(BaseModel):
    """A model server that runs on this machine; `provider` is the one that uses it already."""

    preset: str
    title: str
    base_url: str
    models: list[str]
    provider: str | None
