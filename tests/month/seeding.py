"""Writes the month into a data directory that no engine serves at the time."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import update

from butler.desktop.background import Background
from butler.desktop.engine_client import EngineClient
from butler.desktop.engine_process import EngineProcess, engine_command
from butler.engine.admin.last_used import LastUsed
from butler.engine.ledger.gathering import Gathering
from butler.engine.ledger.policy import Policy
from butler.engine.ledger.prices import warm_up
from butler.engine.ledger.recorder import Finished, Recorder
from butler.engine.ledger.rows import row_of
from butler.engine.store import requests, rollups
from butler.engine.store.database import Database
from butler.engine.store.requests import RequestRecord
from butler.engine.store.tables import rules
from tests.month.furnishing import Furnished, furnish
from tests.month.traffic import DAYS, base_url, baseline, traffic

CALLS_A_DAY = 230
_ROWS_AT_ONCE = 5_000
_PATTERNS = 4_000


async def seed(directory: Path, now: datetime, calls_a_day: int = CALLS_A_DAY) -> Furnished:
    """Furnish the directory and record the month in it; return what there is now."""
    async with serving(directory) as client:
        furnished = await furnish(client)
    # Catalogues and models are read from files when the first call is made.
    await asyncio.to_thread(warm_up)
    calls = await asyncio.to_thread(lambda: list(traffic(furnished, now, calls_a_day)))
    policy = Policy(baseline=baseline())
    database = await Database.open(None, directory)
    last_used = LastUsed(database)
    recorder = Recorder(database, last_used.saw, lambda: policy)
    last_used.start()
    recorder.start()
    for call in calls:
        recorder.add(Finished(call, base_url(call), None))
    await recorder.stop()
    await last_used.stop()
    began = now - timedelta(days=DAYS)
    async with database.begin() as connection:
        # The rules are as old as the calls: what they said then, they say now.
        await connection.execute(update(rules).values(created_at=began, updated_at=began))
    await database.close()
    return furnished


async def multiply(directory: Path, furnished: Furnished, now: datetime, count: int) -> None:
    """Write `count` more calls, spread evenly over the month; their rows are made alike."""
    policy = Policy(baseline=baseline())
    patterns = await asyncio.to_thread(
        lambda: [
            row_of(call, base_url(call), policy.baseline)
            for call in islice(traffic(furnished, now, CALLS_A_DAY), _PATTERNS)
        ]
    )
    database = await Database.open(None, directory)
    many = _repeated(patterns, now, count)
    while rows := list(islice(many, _ROWS_AT_ONCE)):
        gathered = Gathering(rows)
        async with database.begin() as connection:
            await requests.add_many(connection, rows)
            await rollups.add(connection, gathered.rollups(), gathered.histograms())
    await database.close()


def _repeated(
    patterns: Sequence[RequestRecord], now: datetime, count: int
) -> Iterator[RequestRecord]:
    step = timedelta(days=DAYS) / count
    for at in range(count):
        pattern = patterns[at % len(patterns)]
        yield replace(pattern, id=f"req_m{at:09}", started_at=now - step * (count - at))


@asynccontextmanager
async def serving(directory: Path) -> AsyncIterator[EngineClient]:
    """Serve the directory by an engine of its own, in another process, until the block ends."""
    background = Background()
    process = EngineProcess(engine_command(), directory, background)
    async with EngineClient(await process.start()) as client:
        yield client
    await process.stop()
    await background.stop()
