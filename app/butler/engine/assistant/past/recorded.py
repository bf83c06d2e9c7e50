"""What the log knows of a past request; asking for what it does not know raises `NotRecorded`."""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from butler.contract.replay import Need
from butler.contract.tasks import Task
from butler.engine.call import EmbedderView
from butler.engine.known import EmbeddingView
from butler.engine.signals.task import TaskGuess
from butler.engine.store.requests import RequestRecord

T = TypeVar("T")


class NotRecorded(Exception):
    """The log does not tell; `need` is what it would take."""

    def __init__(self, need: Need) -> None:
        super().__init__(need)
        self.need = need


class RecordedFeatures:
    """The features of a call whose words were not kept."""

    def __init__(self, row: RequestRecord) -> None:
        self._row = row
        self._memo: dict[object, Any] = {}

    @property
    def ask(self) -> str:
        """Not kept."""
        return _not_kept()

    @property
    def folded(self) -> str:
        """Not kept."""
        return _not_kept()

    @property
    def task(self) -> TaskGuess:
        """What the classifier said then, if it was asked; its cues are the words."""
        row = self._row
        if row.task is None or row.task_confidence is None:
            return _not_kept()
        return TaskGuess(Task(row.task), row.task_confidence, {}, ())

    @property
    def task_if_known(self) -> TaskGuess | None:
        """The same, or None."""
        return None if self._row.task is None else self.task

    @property
    def input_tokens(self) -> int:
        """As it was counted."""
        counted = self._row.input_tokens
        return _not_kept() if counted is None else counted

    @property
    def modalities(self) -> tuple[str, ...]:
        """As they were."""
        return self._row.modalities

    @property
    def thinking(self) -> str | None:
        """As it was asked for."""
        return self._row.thinking

    @property
    def client(self) -> str | None:
        """As it was recognised."""
        return self._row.client

    @property
    def kind_of_call(self) -> str | None:
        """As it was recognised."""
        return self._row.call_kind

    @property
    def conversation(self) -> str | None:
        """As it was recognised."""
        return self._row.conversation

    @property
    def thread(self) -> str | None:
        """Not kept."""
        return _not_kept()

    @property
    def turn(self) -> str:
        """Not kept."""
        return _not_kept()

    @property
    def language(self) -> str | None:
        """As it was found, if it was asked for."""
        found: str | None = self._signal("language")
        return found

    @property
    def sensitive(self) -> frozenset[str]:
        """As it was found, if it was asked for."""
        return frozenset(self._signal("sensitive"))

    @property
    def has_tools(self) -> bool:
        """As it was."""
        return bool(self._signal("tools"))

    @property
    def wants_json(self) -> bool:
        """As it was."""
        self._signal("tools")
        return bool(self._row.signals.get("json"))

    @property
    def output_limit(self) -> int | None:
        """As it was."""
        self._signal("tools")
        limit: int | None = self._row.signals.get("output_limit")
        return limit

    @property
    def noted(self) -> Mapping[str, Any]:
        """What the log has kept."""
        return self._row.signals

    @property
    def embedding(self) -> EmbeddingView:
        """Not kept."""
        return _not_kept()

    @property
    def embedding_if_asked(self) -> None:
        """Nobody asks."""

    def memo(self, key: object, compute: Callable[[], T]) -> T:
        """Return what `compute` gave for this key the first time on this call."""
        try:
            found: T = self._memo[key]
        except KeyError:
            found = self._memo[key] = compute()
        return found

    def _signal(self, name: str) -> Any:
        if name not in self._row.signals:
            _not_kept()
        return self._row.signals[name]


class ThenLive:
    """How targets were doing at the time of a past call: nobody knows any more."""

    def latency_ms(self, _target: object, _percentile: int) -> float | None:
        """Not kept."""
        raise NotRecorded("moment")

    def failure_rate(self, _target: object) -> float | None:
        """Not kept."""
        raise NotRecorded("moment")

    def is_open(self, _target: object) -> bool:
        """Not kept."""
        raise NotRecorded("moment")

    def signed(self, _target: object, _signature: str) -> None:
        """Nobody signs any more."""

    def signer(self, _signature: str) -> None:
        """Nobody asks."""


class NoEmbedder:
    """Past words are not embedded again: that would take longer than anybody waits."""

    def share(self, _text: str) -> EmbeddingView:
        """Not done."""
        raise NotRecorded("meaning")


def _not_kept() -> NoReturn:
    raise NotRecorded("words")


EMBEDDER: EmbedderView = NoEmbedder()
