"""The generation of answers for `auto`: another one when what decides them was edited."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from butler.engine.settings import Settings
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
    providers = [
        (one.name, one.kind, one.base_url, one.options, one.enabled, one.position)
        for one in snapshot.providers
    ]
    told = (decides, providers, _of(snapshot.models), _of(snapshot.rules), _of(snapshot.categories))
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
