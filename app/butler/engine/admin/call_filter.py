"""The filters of a query, as the store takes them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import orjson

from butler.contract.call_filter import CallFilter, LogQuery
from butler.contract.problems import ProblemCode
from butler.engine.errors import ConfigError, problem
from butler.engine.ledger.calendar import Zone, find_zone, read_moment
from butler.engine.store.requests import Filter

_FILTERS = (
    *("layer", "rule", "model", "provider", "token", "client", "task", "endpoint"),
    *("thinking", "streaming", "fallback"),
)


def zone_of(query: CallFilter) -> Zone:
    """Return the zone of a query; raises ConfigError when there is none of its name."""
    try:
        return find_zone(query.tz)
    except ValueError as error:
        hint = "It is a name like Europe/Berlin; without one the machine's own zone counts."
        raise ConfigError(
            problem(ProblemCode.INVALID, f"`tz` does not fit: {error}.", hint, "tz")
        ) from None


def times_of(query: CallFilter, zone: Zone) -> tuple[datetime | None, datetime | None]:
    """Return from when and until when, both in UTC; raises ConfigError when they do not fit."""
    since = _time(query.from_, zone, "from")
    until = _time(query.to, zone, "to")
    if since is not None and since >= (until or datetime.now(UTC)):
        raise ConfigError(problem(ProblemCode.INVALID, "`from` lies after `to`.", field="from"))
    return since, until


def _time(text: str | None, zone: Zone, field: str) -> datetime | None:
    if text is None:
        return None
    try:
        return read_moment(text, zone, is_end=field == "to")
    except (ValueError, OverflowError):
        hint = "It is a date (2026-03-01), or a time like 2026-03-01T09:30 or 2026-03-01T09:30Z."
        raise ConfigError(
            problem(ProblemCode.INVALID, f"`{field}` does not fit.", hint, field)
        ) from None


def values_of(query: CallFilter) -> Mapping[str, Sequence[str]]:
    """Return the chosen values by dimension."""
    values: dict[str, Sequence[str]] = {
        name: given for name in _FILTERS if (given := getattr(query, name))
    }
    if query.modality:
        values["modality"] = [_modalities_stored(shown) for shown in query.modality]
    return values


def filter_of(query: LogQuery) -> Filter:
    """Return the filter of the log that a query describes; raises ConfigError."""
    since, until = times_of(query, zone_of(query))
    return Filter(
        since=since,
        until=until,
        values=values_of(query),
        endings=query.status,
        cached=query.cached,
        min_cost_usd=query.min_cost_usd,
        text=query.text,
    )


def modalities_shown(stored: str) -> str:
    """Return a stored list of modalities as people read it, like `image+text`."""
    return "+".join(orjson.loads(stored)) if stored else ""


def _modalities_stored(shown: str) -> str:
    return orjson.dumps(sorted(shown.split("+")) if shown else []).decode()
