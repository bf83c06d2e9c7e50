"""How long the time machine takes for 10,000 past calls, with their words and without.

The calls are those of the made-up month, repeated; words are sealed beside them as the engine
does it, a kilobyte each.
"""

import asyncio
import json
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import orjson

from butler.engine.engine import Engine, StartOptions
from butler.engine.store import bodies, requests
from butler.engine.store.bodies import BodyRecord, vault_record
from butler.engine.store.database import Database
from butler.engine.store.requests import Filter
from butler.engine.vault.vault import Vault
from tests.desktop.shots import surroundings
from tests.month.seeding import multiply, seed

CALLS = 10_000
_SPARE = 14_000
"""So many more are written, since some are asked by name or answered by services."""
_BUDGET_S = 10.0
_ROUNDS = 3
_KEY = bytes(range(32))
_SAID = "Refactor the class below so that it can be tested, and say why. " * 16


def run() -> bool:
    """Measure and print; True when the budget is kept."""
    with tempfile.TemporaryDirectory() as scratch, surroundings(Path(scratch)):
        taken = asyncio.run(_measured(Path(scratch)))
    print(f"Replay of {CALLS:,} past calls, five rules, one of them moved:")
    for name, seconds in taken.items():
        spread = f"{min(seconds):.2f}-{max(seconds):.2f}"
        print(f"  {name:<16}{statistics.median(seconds):6.2f} s ({spread}); {_BUDGET_S:.0f} wanted")
    return all(statistics.median(seconds) < _BUDGET_S for seconds in taken.values())


async def _measured(directory: Path) -> dict[str, list[float]]:
    now = datetime.now(UTC)
    furnished = await seed(directory, now)
    await multiply(directory, furnished, now, _SPARE)
    without = await _replays(directory)
    await _keep_words(directory)
    return {"without words": without, "with words": await _replays(directory)}


async def _replays(directory: Path) -> list[float]:
    options = StartOptions(directory, dict(os.environ), {"server.port": 0, "admin.port": 0})
    engine = Engine(options)
    await engine.start()
    headers = {"Authorization": f"Bearer {engine.admin_token}"}
    try:
        async with aiohttp.ClientSession(headers=headers) as session:
            root = f"{engine.admin_url}/api/v1/"
            async with session.get(f"{root}rules") as listed:
                rules = (await listed.json())["items"]
            draft = {"rules": [_written(rule) for rule in rules[1:]], "calls": CALLS}
            return [await _timed(session, f"{root}replay", draft) for _ in range(_ROUNDS)]
    finally:
        await engine.stop()


async def _timed(session: aiohttp.ClientSession, url: str, draft: object) -> float:
    began = time.perf_counter()
    async with session.post(url, json=draft) as reply:
        last = (await reply.read()).splitlines()[-1]
    seconds = time.perf_counter() - began
    found = json.loads(last)["replayed"]
    if found["calls"] != CALLS:
        raise RuntimeError(f"{found['calls']} calls were looked at, not {CALLS}")
    return seconds


def _written(rule: dict[str, object]) -> dict[str, object]:
    found_out = ("built_in", "problems", "findings")
    return {key: value for key, value in rule.items() if key not in found_out}


async def _keep_words(directory: Path) -> None:
    """Seal words for the latest calls."""
    vault = Vault(_KEY)
    said = {"model": "auto", "messages": [{"role": "user", "content": _SAID}]}
    text = orjson.dumps({"request": orjson.dumps(said).decode(), "answer": None})
    database = await Database.open(None, directory)
    async with database.connect() as connection:
        rows = await requests.page(connection, None, 2 * _SPARE, Filter())
    records = [
        BodyRecord(
            request_id=row.id,
            started_at=row.started_at,
            envelope=vault.seal(vault_record(row.id), text),
        )
        for row in rows
        if row.endpoint == "chat_completions"
    ]
    async with database.begin() as connection:
        await bodies.add_many(connection, records)
    await database.close()
