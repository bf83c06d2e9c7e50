"""One revision of the configuration, or a draft of one, as the assistant reads it."""

from typing import Protocol

from butler.engine.routing.categories import Category
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.rules import CompiledRule
from butler.engine.server.serving import ServingRuntime
from butler.engine.settings import Settings
from butler.engine.store.snapshot import Snapshot


class ConfigurationView(ServingRuntime, Protocol):
    """What the endpoints read, and besides what it was compiled from."""

    @property
    def snapshot(self) -> Snapshot:
        """The stored configuration."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""

    @property
    def rules(self) -> tuple[CompiledRule, ...]:
        """The rules that are asked, built-in ones too, in their order."""

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories of meaning that are enabled, in their order."""

    @property
    def defaults(self) -> Defaults:
        """What answers when no other layer decides."""
