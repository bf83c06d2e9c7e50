"""What can be known about a request, as the lower rooms see it; `signals` works it out."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from butler.contract.tasks import Task

T = TypeVar("T")


class TaskView(Protocol):
    """A classifier's answer, as conditions and the log read it."""

    @property
    def task(self) -> Task: ...
    @property
    def confidence(self) -> float: ...
    @property
    def cues(self) -> tuple[str, ...]: ...


class EmbeddingView(Protocol):
    """One call's embedding, made at most once, for all who ask."""

    @property
    def known(self) -> Any:
        """The embedding, where somebody has had it made already; else None."""

    async def get(self, budget_ms: float | None) -> Any:
        """Return the embedding, or why there is none; all who ask share one budget."""

    def cancel(self) -> None:
        """Nobody will ask any more."""


class EmbedderView(Protocol):
    """What turns words into vectors."""

    def share(self, text: str) -> EmbeddingView:
        """Return the embedding of a text, which is made when somebody asks for it."""


class FeaturesView(Protocol):
    """What can be known about a request; each value is computed when first asked for."""

    @property
    def ask(self) -> str:
        """The user's own words, without what tools inject."""

    @property
    def folded(self) -> str:
        """The same, case-folded and in compatibility form, for word search."""

    @property
    def task(self) -> TaskView:
        """The task that the words ask for."""

    @property
    def task_if_known(self) -> TaskView | None:
        """The task, where somebody has asked for it already; never computed for the log."""

    @property
    def input_tokens(self) -> int:
        """The estimated size of the whole request, tools included."""

    @property
    def modalities(self) -> tuple[str, ...]:
        """What the messages hold: `text`, and whatever is beside it."""

    @property
    def thinking(self) -> str | None:
        """How much thinking the request asks for, in its own word."""

    @property
    def client(self) -> str | None:
        """The tool that is calling."""

    @property
    def kind_of_call(self) -> str | None:
        """What the tool says this call is for."""

    @property
    def conversation(self) -> str | None:
        """An opaque key that stays the same through a conversation."""

    @property
    def thread(self) -> str | None:
        """The same for one run of turns: sub-agents and side calls have threads of their own."""

    @property
    def turn(self) -> str:
        """`first` of a conversation, `next` words of the user's, or `loop`: a tool's result."""

    @property
    def language(self) -> str | None:
        """The language of the user's words, by ISO 639-1; None where they do not tell."""

    @property
    def sensitive(self) -> frozenset[str]:
        """The kinds of private things that the request holds."""

    @property
    def has_tools(self) -> bool:
        """Whether the model may call tools."""

    @property
    def wants_json(self) -> bool:
        """Whether the answer must be JSON."""

    @property
    def output_limit(self) -> int | None:
        """The most tokens that the answer may have, where the request says."""

    @property
    def noted(self) -> Mapping[str, Any]:
        """What the log keeps of it besides its columns: what is cheap, or has been asked for."""

    @property
    def embedding(self) -> EmbeddingView:
        """The embedding of the user's own words; made when a layer asks it for."""

    @property
    def embedding_if_asked(self) -> EmbeddingView | None:
        """The same, where somebody has asked for it already."""

    def memo(self, key: object, compute: Callable[[], T]) -> T:
        """Return what `compute` gave for this key the first time on this call."""
