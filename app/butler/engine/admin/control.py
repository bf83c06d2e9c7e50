"""What the admin API works on: the store, the vault, the changes, and the figures of the day."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from butler import __version__
from butler.contract.events import Alert, CallRecorded, ConfigChanged, EmbedderChanged, EventName
from butler.contract.problems import Problem
from butler.contract.resources import CallRow, EmbedderStatus, State, Status
from butler.engine.admin.arbiter_findings import alerts
from butler.engine.admin.changes import Changed, Changes
from butler.engine.admin.kinds import Kinds
from butler.engine.admin.last_used import LastUsed
from butler.engine.admin.view import AdminRuntime
from butler.engine.arbiter.arbiter import Arbiter
from butler.engine.assistant.asking import Asking
from butler.engine.caches.exact.cache import ExactCache
from butler.engine.caches.similar.memory import SimilarCache
from butler.engine.dialects.base import Dialect
from butler.engine.dispatch.alerts import alert_of, passing
from butler.engine.dispatch.breaker import Standing
from butler.engine.dispatch.health import Health
from butler.engine.dispatch.upstream import Upstream
from butler.engine.events import EventBus
from butler.engine.ledger.today import Today
from butler.engine.routing.conditions.base import ConditionKind
from butler.engine.routing.rules import RuleSpec
from butler.engine.server.in_flight import InFlight
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.model import EmbedderState
from butler.engine.store.database import Database
from butler.engine.store.requests import RequestRecord
from butler.engine.vault.master_key import KeySource
from butler.engine.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Facts:
    """What hardly ever changes while the engine runs; the place of the master key may."""

    data_dir: Path
    started_at: datetime
    master_key_source: str
    warnings: tuple[Problem, ...]


@dataclass(slots=True)
class Control:
    """The engine, as its owner's tools see it."""

    database: Database
    vault: Vault
    changes: Changes
    bus: EventBus
    today: Today
    facts: Facts
    kinds: Kinds
    starter_rules: tuple[RuleSpec, ...]
    in_flight: InFlight
    health: Health
    upstream: Upstream
    ask_to_stop: Callable[[], None]
    last_used: LastUsed
    key_sources: Sequence[KeySource]
    embedding: ChosenEmbedder
    similar: SimilarCache
    exact: ExactCache
    arbiter: Arbiter
    conditions: Sequence[ConditionKind]
    dialects: Mapping[str, Dialect]
    asking: Asking | None = None
    """None where no calls are made, as by the command line without an engine."""
    _base_url: str = ""
    _admin_url: str = ""

    def __post_init__(self) -> None:
        self.changes.listen(self._changed)
        self.embedding.listen(self._embedder_changed)
        self.health.breakers.on_open = self._opened

    def addresses(self, base_url: str, admin_url: str) -> None:
        """Note where the engine listens, once it does."""
        self._base_url, self._admin_url = base_url, admin_url

    def own_ports(self) -> set[int]:
        """Return the ports on which this engine itself answers."""
        ports = {urlsplit(url).port for url in (self._base_url, self._admin_url)}
        return {port for port in ports if port}

    def recorded(self, rows: list[RequestRecord]) -> None:
        """Count rows that the ledger has written, and tell the windows."""
        self.today.add(rows)
        self.last_used.saw(rows)
        if not self.bus.has_listeners:
            return
        status = self.status()
        for row in rows:
            self.bus.publish(EventName.CALL, CallRecorded(call=call_row(row), status=status))

    def _changed(self, changed: Changed) -> None:
        if self.bus.has_listeners:
            self.bus.publish(
                EventName.CONFIG,
                ConfigChanged(
                    revision=changed.revision,
                    resources=list(changed.resources),
                    summary=changed.summary,
                    status=self.status(),
                ),
            )

    def _embedder_changed(self, state: EmbedderState) -> None:
        if self.bus.has_listeners:
            told = EmbedderChanged(embedder=embedder_status(state))
            self.bus.publish(EventName.EMBEDDER, told)

    def status(self) -> Status:
        """Return the engine at a glance."""
        runtime = self.changes.runtime
        totals = self.today.totals
        return Status(
            version=__version__,
            pid=os.getpid(),
            state=_state(runtime),
            local_only=runtime.local_only,
            revision=runtime.revision,
            started_at=self.facts.started_at,
            base_url=self._base_url,
            admin_url=self._admin_url,
            data_dir=str(self.facts.data_dir),
            demo=runtime.demo,
            default_target=str(runtime.default_target) if runtime.default_target else None,
            default_token=self._default_token(),
            requests_today=totals.requests,
            spent_today_usd=totals.cost_usd,
            unpriced_today=totals.unpriced,
            in_flight=len(self.in_flight),
            master_key_source=self.facts.master_key_source,
            warnings=[*self.facts.warnings, *self._broken(), *self._alerts(), *alerts(self)],
            embedder=embedder_status(self.embedding.state),
        )

    def _default_token(self) -> str | None:
        """Return the id of the token to copy: `default`, else the first of which a copy is kept."""
        kept = [token for token in self.changes.runtime.snapshot.tokens if token.copy_envelope]
        named = [token for token in kept if token.name == "default"]
        return next((token.id for token in [*named, *kept]), None)

    def _opened(self, standing: Standing) -> None:
        """Tell the windows that a breaker has opened."""
        if self.bus.has_listeners:
            found = alert_of(standing) or passing(standing)
            alert = Alert(target=str(standing.target), problem=found, status=self.status())
            self.bus.publish(EventName.ALERT, alert)

    def _alerts(self) -> list[Problem]:
        found = map(alert_of, self.health.breakers.standings())
        return [problem for problem in found if problem is not None]

    def _broken(self) -> list[Problem]:
        return [problem for found in self.changes.runtime.problems.values() for problem in found]


def _state(runtime: AdminRuntime) -> State:
    if runtime.paused:
        return State.PAUSED
    return State.ROUTING if runtime.routing_enabled else State.OFF


def embedder_status(state: EmbedderState) -> EmbedderStatus:
    """Return the embedding model's state as it travels."""
    return EmbedderStatus(
        phase=state.phase.value,
        model=state.model.name if state.model is not None else None,
        reason=state.reason,
        fetched_share=state.fetched_share,
    )


def call_row(record: RequestRecord) -> CallRow:
    """Return a stored call as it travels."""
    return CallRow.model_validate(record, from_attributes=True)
