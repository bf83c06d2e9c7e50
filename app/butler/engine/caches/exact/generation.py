"""The generation of answers for `auto`: another one when what decides them was edited."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from butler.engine.call import Target
from butler.engine.settings import Settings
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot

_DECIDING = ("routing.", "semantic.", "arbiter.")
_SWITCH = "routing.enabled"
"""Off, it gives no kept answers; on again, those from before are as good as they were."""


def generation_of(snapshot: Snapshot, settings: Settings) -> str:
    """Return a word for all that decides who answers; the same after an edit that was undone."""
    decides = {
        row.key: row.value
        for row in settings.rows()
        if row.key.startswith(_DECIDING) and row.key != _SWITCH
    }
    providers = [(*_served(one), one.enabled, one.position) for one in snapshot.providers]
    told = (decides, providers, _of(snapshot.models), _of(snapshot.rules), _of(snapshot.categories))
    return _digest(told)


def generations_by_target(snapshot: Snapshot) -> Mapping[Target, str]:
    """Return a word for all that shapes a model's answers to who names it: where it is asked, how.

    Another address behind the same name is another model, and one that is told to think is, too.
    """
    providers = {one.id: one for one in snapshot.providers}
    return {
        Target(provider.name, model.name): _digest((_served(provider), model.details))
        for model in snapshot.models
        if (provider := providers.get(model.provider_id)) is not None
    }


def _served(provider: ProviderRecord) -> tuple[Any, ...]:
    return provider.name, provider.kind, provider.base_url, provider.options


def _digest(told: Any) -> str:
    written = orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS)
    return hashlib.blake2b(written, digest_size=8).hexdigest()


def _of(records: tuple[Any, ...]) -> list[Mapping[str, Any]]:
    """Return records without when they were written."""
    return [
        {name: _plain(getattr(record, name)) for name in record.__slots__ if name[-3:] != "_at"}
        for record in records
    ]


def _plain(value: Any) -> Any:
    """Return a field's value; targets as they are called."""
    return [str(one) for one in value] if isinstance(value, tuple) else value
