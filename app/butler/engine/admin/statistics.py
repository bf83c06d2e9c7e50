"""`/api/v1/statistics`: what calls came to, in local time."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.contract.problems import ProblemCode
from butler.contract.statistics import Statistics, StatisticsQuery
from butler.engine.admin.call_filter import modalities_shown, times_of, values_of, zone_of
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import read_query, reply
from butler.engine.admin.routes import Route
from butler.engine.errors import ConfigError, problem
from butler.engine.ledger.calendar import Slot, Zone, slots
from butler.engine.ledger.statistics import Naming, Wanted, count
from butler.engine.store import requests, rollups, tokens
from butler.engine.store.figures import Question
from butler.engine.store.measures import EVERYTHING, QUARTER_S

_USUAL_STRETCH = timedelta(days=7)
_MOST_SLOTS = 1_000


class StatisticsResource:
    """What was asked, answered and paid."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "GET",
                "statistics",
                self._get,
                "What calls came to: totals, groups, series in local time, spreads, savings.",
                Statistics,
                query=StatisticsQuery,
            )
        ]

    async def _get(self, request: web.Request) -> web.Response:
        query = read_query(request, StatisticsQuery)
        runtime = self._control.changes.runtime
        baseline = runtime.settings.text("savings.baseline")
        # Time zones are read from files.
        wanted = await asyncio.to_thread(_wanted, query, baseline)
        async with self._control.database.connect() as connection:
            found = await count(connection, wanted, self._naming(query.group_by))
            complete = await self._reaches_back(connection, wanted)
        answer = Statistics(
            starts_at=_moment(wanted.first),
            ends_at=_moment(wanted.stop),
            tz=query.tz,
            bucket=query.bucket,
            group_by=query.group_by,
            source="log" if wanted.question.in_rollups is None else "rollups",
            complete=complete,
            totals=found.totals,
            cache_hit_rate=found.cache_hit_rate,
            savings=found.savings,
            spread=found.spread,
            fallbacks=found.fallbacks,
            groups=found.groups,
            series=found.series,
        )
        if query.group_by == "modality":
            _name_modalities(answer)
        return await asyncio.to_thread(reply, answer, runtime.revision)

    def _naming(self, group_by: str | None) -> Naming:
        match group_by:
            case "token":
                return _token_names
            case "rule":
                return self._rule_names
            case "modality":
                return _modality_names
        return _same_names

    async def _rule_names(
        self, connection: AsyncConnection, ids: Sequence[str]
    ) -> Mapping[str, str]:
        """Return what rules are called, or were, where they are gone."""
        runtime = self._control.changes.runtime
        known = {rule.id: rule.name for rule in runtime.snapshot.rules}
        return {
            id_: known.get(id_) or await requests.rule_name(connection, id_) or id_ for id_ in ids
        }

    async def _reaches_back(self, connection: AsyncConnection, wanted: Wanted) -> bool:
        """Say whether all that was asked for is still there."""
        counted = await rollups.oldest(connection, quarters=1)
        if counted is None or wanted.question.in_rollups is not None:
            days = self._control.changes.runtime.settings.number("log.statistics_days")
            since = datetime.now(UTC) - timedelta(days=days)
            return not days or wanted.first * QUARTER_S >= since.timestamp()
        logged = await requests.oldest_quarter(connection)
        return logged is not None and (wanted.first >= logged or counted >= logged)


def _wanted(query: StatisticsQuery, baseline: str | None) -> Wanted:
    zone = zone_of(query)
    since, until = times_of(query, zone)
    until = until or datetime.now(UTC)
    since = since or until - _USUAL_STRETCH
    first = int(since.timestamp() // QUARTER_S)
    stop = -int(-until.timestamp() // QUARTER_S)
    return Wanted(
        first=first,
        stop=stop,
        slots=_slots(query, zone, first, stop),
        question=Question(query.group_by or EVERYTHING, values_of(query)),
        top=query.top,
        baseline=baseline,
    )


def _slots(query: StatisticsQuery, zone: Zone, first: int, stop: int) -> Sequence[Slot] | None:
    if query.bucket is None:
        return None
    found = list(islice(slots(first, stop, query.bucket, zone), _MOST_SLOTS + 1))
    if len(found) > _MOST_SLOTS:
        hint = f"At most {_MOST_SLOTS} fit into an answer: ask for longer ones, or for less time."
        raise ConfigError(
            problem(ProblemCode.INVALID, "`bucket` is too short for this time.", hint, "bucket")
        )
    return found


def _moment(quarter: int) -> datetime:
    return datetime.fromtimestamp(quarter * QUARTER_S, UTC)


def _name_modalities(answer: Statistics) -> None:
    """Give modalities the keys that the filter takes, instead of those of the store."""
    for named in (*answer.groups, *(answer.series.lines if answer.series else ())):
        named.key = named.key and named.label


async def _token_names(connection: AsyncConnection, ids: Sequence[str]) -> Mapping[str, str]:
    every = {token.id: token.name for token in await tokens.list_all(connection, revoked=True)}
    return {id_: every.get(id_, id_) for id_ in ids}


async def _modality_names(_: AsyncConnection, values: Sequence[str]) -> Mapping[str, str]:
    return {stored: modalities_shown(stored) for stored in values}


async def _same_names(_: AsyncConnection, values: Sequence[str]) -> Mapping[str, str]:
    return {value: value for value in values}
