"""A configuration as past calls see it: as it is, but for what only their own time knew."""

from dataclasses import dataclass

from butler.engine.assistant.past.recorded import EMBEDDER, ThenLive
from butler.engine.call import (
    EmbedderView,
    LiveView,
    ModelFacts,
    RuntimeView,
    Target,
    Timeouts,
)
from butler.engine.patience import Patience

_THEN = ThenLive()


@dataclass(frozen=True, slots=True)
class PastView:
    """A RuntimeView over another one, without its live figures and its embedder."""

    now: RuntimeView

    @property
    def revision(self) -> int:
        """The revision of the configuration."""
        return self.now.revision

    @property
    def timeouts(self) -> Timeouts:
        """The limits on upstreams."""
        return self.now.timeouts

    @property
    def patience(self) -> Patience:
        """How hard calls try."""
        return self.now.patience

    @property
    def routing_enabled(self) -> bool:
        """Whether routing is on in it."""
        return self.now.routing_enabled

    @property
    def local_only(self) -> bool:
        """Whether it lets calls leave this machine."""
        return self.now.local_only

    @property
    def keeps_answers(self) -> bool:
        """Nothing is answered."""
        return False

    @property
    def live(self) -> LiveView:
        """How targets were doing then."""
        return _THEN

    @property
    def embedder(self) -> EmbedderView:
        """Nothing is embedded."""
        return EMBEDDER

    @property
    def embedding_budget_ms(self) -> float:
        """Nothing is embedded."""
        return 0.0

    def facts(self, target: Target) -> ModelFacts:
        """What is known of a target."""
        return self.now.facts(target)
