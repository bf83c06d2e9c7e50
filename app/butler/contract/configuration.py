"""The whole configuration in one document: to keep, to read, to carry to another machine.

It holds settings, providers with their models, rules, and categories; a document without
categories, as older versions wrote them, leaves those as they are. Client tokens are not in it:
they belong to one machine, and a backup has them.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from butler.contract.categories import CategoryItem
from butler.contract.resources import ModelIn, ProviderName, Written
from butler.contract.rule_sets import RuleSetItem

VERSION: Final = 1


class ConfigProvider(Written):
    """A provider in the document; `api_key` is there only where secrets were asked for.

    Read in without a key it keeps the stored one, as long as its address stays the same.
    """

    id: str | None = None
    name: ProviderName
    kind: str
    base_url: str | None = None
    api_key: Annotated[str | None, Field(repr=False)] = None
    enabled: bool = True
    options: dict[str, JsonValue] = Field(default_factory=dict)
    models: list[ModelIn] = Field(default_factory=list)


class Configuration(Written):
    """Everything that the owner has configured, but for client tokens."""

    version: Literal[1]
    settings: dict[str, JsonValue] = Field(default_factory=dict)
    providers: list[ConfigProvider] = Field(default_factory=list)
    rules: list[RuleSetItem] = Field(default_factory=list)
    categories: list[CategoryItem] | None = None


class ConfigQuery(BaseModel):
    """What to put into the document."""

    model_config = ConfigDict(extra="forbid")

    secrets: bool = False
