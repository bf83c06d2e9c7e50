"""One revision of the configuration, as the admin API reads it."""

from collections.abc import Mapping
from typing import Protocol

from butler.contract.problems import Problem
from butler.engine.call import Target
from butler.engine.routing.categories import Category
from butler.engine.routing.rules import CompiledRule
from butler.engine.server.serving import ServingRuntime
from butler.engine.settings import Settings
from butler.engine.store.snapshot import Snapshot


class AdminRuntime(ServingRuntime, Protocol):
    """What the endpoints read, and besides what it was compiled from and what is wrong with it."""

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
    def default_target(self) -> Target | None:
        """What answers when no other layer decides."""

    @property
    def demo(self) -> bool:
        """True while nothing is configured and the demo answers."""

    @property
    def problems(self) -> Mapping[str, tuple[Problem, ...]]:
        """What is wrong with stored records, by their id."""
