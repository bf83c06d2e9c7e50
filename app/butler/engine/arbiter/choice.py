"""Which arbiter the owner wants."""

from dataclasses import dataclass
from typing import Self

from butler.engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Choice:
    """The settings `arbiter.*`; `least` is the lowest confidence that decides, 0 to 1."""

    enabled: bool = False
    kind: str = "ollama"
    url: str = ""
    model: str = ""
    budget_ms: int = 140
    least: float = 0.6
    may_be_public: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Read the settings."""
        return cls(
            settings.flag("arbiter.enabled"),
            settings.text("arbiter.kind") or "ollama",
            settings.text("arbiter.url") or "",
            settings.text("arbiter.model") or "",
            settings.number("arbiter.budget_ms"),
            settings.number("arbiter.least_percent") / 100,
            settings.flag("arbiter.may_be_public"),
        )

    @property
    def who(self) -> tuple[str, str, str]:
        """What makes the arbiter another one."""
        return (self.kind, self.url, self.model)
