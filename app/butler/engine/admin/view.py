"""One revision of the configuration, as the admin API reads it."""

from collections.abc import Mapping
from typing import Protocol

from butler.contract.problems import Problem
from butler.engine.assistant.view import ConfigurationView
from butler.engine.call import Target


class AdminRuntime(ConfigurationView, Protocol):
    """What the assistant reads, and besides what is wrong with it."""

    @property
    def default_target(self) -> Target | None:
        """What answers when no other layer decides."""

    @property
    def demo(self) -> bool:
        """True while nothing is configured and the demo answers."""

    @property
    def problems(self) -> Mapping[str, tuple[Problem, ...]]:
        """What is wrong with stored records, by their id."""
