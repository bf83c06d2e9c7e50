"""`butler serve`: a process that says where it is, lets streams finish, and cleans up."""

import asyncio
import base64
import json
import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from butler.contract.engine_file import EngineFile
from tests.commands.conftest import Run, beside
from tests.e2e.house import HELLO, House, until
from tests.e2e.process import Program, butler
from tests.fakes import Answer, Upstream

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

FREE = ("--port", "0", "--admin-port", "0")


def address_in(line: str) -> str:
    return line.split(" serves at ")[1]


async def stream(base_url: str, token: str) -> str:
    body = {"messages": HELLO, "stream": True, "model": "auto"}
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{base_url}/chat/completions", json=body, headers=headers) as reply,
    ):
        assert reply.status == 200, await reply.read()
        return (await reply.read()).decode()


async def test_from_the_first_start_to_the_next(data_dir: Path, up: Upstream) -> None:
    """The 60-second start: serve, copy two lines, ask; then TERM in the middle of a stream."""
    async with butler("serve", *FREE) as engine:
        base_url = address_in(await engine.until("serves at"))
        assert (
            await engine.until("OPENAI_BASE_URL")
        ).strip() == f"export OPENAI_BASE_URL={base_url}"
        token = (await engine.until("OPENAI_API_KEY")).rpartition("=")[2]
        await engine.until("`auto`")
        assert "pretend model" in "".join(_contents(await stream(base_url, token)))
        plate = EngineFile.model_validate_json((data_dir / "engine.json").read_bytes())
        assert (plate.pid, plate.base_url) == (engine.process.pid, base_url)
        await _configure(plate, up)
        up.script(Answer(text="one two three four", chunk_delay_s=0.1))
        asking = asyncio.create_task(stream(base_url, token))
        await until(lambda: up.sent_bytes)
        assert await engine.end(signal.SIGTERM) == 0
        got = await asking
        assert "".join(_contents(got)) == "one two three four"
        assert got.endswith("data: [DONE]\n\n")
        assert not (data_dir / "engine.json").exists()
    async with butler("serve", *FREE) as engine:
        base_url = address_in(await engine.until("serves at"))
        assert "token show default" in await engine.until("token")
        # The same question again, to a new process: its cache remembers.
        assert "".join(_contents(await stream(base_url, token))) == "one two three four"
        assert await engine.end(signal.SIGINT) == 0
        assert not any(token in line for line in engine.lines)
    async with House(data_dir) as house:
        assert [row["status"] for row in await house.rows(3)] == [200, 200, 200]


def _contents(events: str) -> list[str]:
    chunks = [json.loads(line[6:]) for line in events.splitlines() if line.startswith("data: {")]
    return [chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks]


async def _configure(plate: EngineFile, up: Upstream) -> None:
    body = {
        "name": "acme",
        "kind": "openai_compatible",
        "base_url": up.base_url,
        "api_key": up.key,
        "models": [{"name": "alpha"}],
    }
    headers = {"Authorization": f"Bearer {plate.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{plate.admin_url}/api/v1/providers", json=body) as reply,
    ):
        assert reply.status == 201


async def _ends_with(engine: Program, status: int, *words: str) -> None:
    assert await engine.end() == status, engine.lines
    said = "\n".join(engine.lines)
    assert all(word in said for word in words), said
    assert "Traceback" not in said


async def test_what_can_not_start_exits_with_3_and_the_remedy(house: House, tmp_path: Path) -> None:
    """All at once, each in a process and a directory of its own; `house` is the engine before."""
    await house.engine.stop()
    other_key = base64.b64encode(bytes(range(1, 33))).decode()
    new = {"BUTLER_DATA_DIR": str(tmp_path / "new")}
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        async with (
            butler("serve", "--port", str(port), environment=new) as taken,
            butler("serve", *FREE, environment={"BUTLER_MASTER_KEY": other_key}) as wrong,
        ):
            await asyncio.gather(
                _ends_with(taken, 3, f"Port {port} is in use", "--port"),
                _ends_with(wrong, 3, "No master key at hand opens", "Nothing was changed"),
            )


async def test_a_look_from_the_command_line_beside_it(
    house: House, butler: Run, up: Upstream
) -> None:
    await house.add(up)
    assert (await beside(butler, "provider", "list", "--json")).json[0]["name"] == "acme"
