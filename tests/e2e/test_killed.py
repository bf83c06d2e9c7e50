"""An engine that is killed loses at most what ended just before, and its sums stay true."""

import asyncio
import signal
import time
from pathlib import Path

import aiohttp

from tests.commands.test_serve import FREE, address_in
from tests.e2e.house import HELLO, House
from tests.e2e.process import butler

BUDGET_S = 0.25
BUSY_S = 0.75
"""What a machine may take for a commit while it does other things, too."""


async def test_what_ended_before_the_last_moment_is_in_the_log(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    ended: dict[str, float] = {}
    async with butler("serve", *FREE, environment={"BUTLER_DATA_DIR": str(data_dir)}) as engine:
        base_url = address_in(await engine.until("serves at"))
        token = (await engine.until("OPENAI_API_KEY")).rpartition("=")[2]
        headers = {"Authorization": f"Bearer {token}"}
        body = {"model": "demo/cheap", "messages": HELLO}
        async with aiohttp.ClientSession(headers=headers) as session:
            until = time.monotonic() + 2.5
            while time.monotonic() < until:
                async with session.post(f"{base_url}/chat/completions", json=body) as reply:
                    assert reply.status == 200
                    await reply.read()
                ended[reply.headers["x-butler-request-id"]] = time.monotonic()
                # So few that one page of the log shows all of them.
                await asyncio.sleep(0.01)
        killed = time.monotonic()
        await engine.end(signal.SIGKILL)
    async with House(data_dir) as house:
        page = (await house.admin("GET", "requests?limit=1000")).json["items"]
        kept = {row["id"] for row in page}
        counted = (await house.admin("GET", "statistics")).json["totals"]["requests"]
    assert 10 < len(ended) < 1000
    assert kept <= set(ended), "nothing is there that was not answered"
    lost = [killed - at for id_, at in ended.items() if id_ not in kept]
    assert all(age < BUDGET_S + BUSY_S for age in lost), lost
    assert counted == len(kept), "roll-ups and rows are written together"
