"""The engine's life: it starts or says why not, answers, lets calls finish, and leaves no trace.

Signals and exit statuses belong to a process of its own: `tests/commands/test_serve.py`.
"""

import asyncio
import json
import os
import socket
import sqlite3
import time
from pathlib import Path

import aiohttp
import psycopg
import pytest

from butler import __version__
from butler.contract.engine_file import EngineFile
from butler.contract.problems import ProblemCode
from butler.engine.engine import Engine, StartOptions
from butler.engine.errors import ConfigError, StartError, VaultError
from tests.e2e.house import HELLO, MASTER_KEY, House, until
from tests.fakes import Answer, Silence, Upstream
from tests.postgres import Postgres


def options(data_dir: Path, **environment: str) -> StartOptions:
    variables = {"BUTLER_MASTER_KEY": MASTER_KEY, **environment}
    return StartOptions(data_dir, variables, {"server.port": 0, "admin.port": 0})


async def refused(wanted: StartOptions) -> list[ProblemCode]:
    with pytest.raises(StartError) as caught:
        await Engine(wanted).start()
    assert all(problem.hint for problem in caught.value.problems)
    return [problem.code for problem in caught.value.problems]


# --- starting ---


async def test_the_door_plate_hangs_while_the_engine_serves(tmp_path: Path) -> None:
    path = tmp_path / "engine.json"
    path.write_text("left behind by one that was killed")
    path.chmod(0o644)
    async with House(tmp_path) as house:
        plate = EngineFile.model_validate_json(path.read_bytes())
        assert path.stat().st_mode & 0o777 == 0o600
        assert (plate.pid, plate.version) == (os.getpid(), __version__)
        assert (plate.base_url, plate.admin_url) == (house.engine.base_url, house.engine.admin_url)
        assert plate.token == house.engine.admin_token
        assert plate.base_url.startswith("http://localhost:")
        assert plate.admin_url.startswith("http://127.0.0.1:")
    assert not path.exists()


async def test_localhost_answers_on_both_addresses(house: House) -> None:
    for host in ("127.0.0.1", "[::1]", "localhost"):
        async with house.session.get(f"http://{host}:{house.port}/health") as reply:
            assert reply.status == 200


async def test_the_first_token_is_made_once(tmp_path: Path) -> None:
    async with House(tmp_path) as first:
        token = first.engine.first_token
        assert token is not None
        assert token.name == "default"
        assert (await first.status())["default_token"] == token.id
        await first.admin("DELETE", f"tokens/{token.id}")
    async with House(tmp_path) as second:
        assert second.engine.first_token is None
        assert (await second.status())["default_token"] is None


async def test_a_look_at_the_store_makes_no_token_and_no_endpoint(tmp_path: Path) -> None:
    engine = Engine(StartOptions(tmp_path, {"BUTLER_MASTER_KEY": MASTER_KEY}, serving=False))
    await engine.start()
    assert (engine.first_token, engine.base_url) == (None, "")
    assert not (tmp_path / "engine.json").exists()
    headers = {"Authorization": f"Bearer {engine.admin_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{engine.admin_url}/api/v1/tokens") as reply,
    ):
        assert await reply.json() == {"items": []}
    await engine.stop()
    async with House(tmp_path) as house:
        assert house.engine.first_token is not None


async def test_a_directory_has_one_engine_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("butler.engine.engine._LOCK_WAIT_S", 0.2)
    plate = (house.data_dir / "engine.json").read_bytes()
    assert await refused(options(house.data_dir)) == [ProblemCode.ALREADY_RUNNING]
    assert (house.data_dir / "engine.json").read_bytes() == plate
    assert (await house.ask()).status == 200


async def test_a_taken_port_leaves_nothing_open(tmp_path: Path) -> None:
    for name in ("server.port", "admin.port"):
        with socket.create_server(("127.0.0.1", 0)) as other:
            ports = {"server.port": 0, "admin.port": 0, name: other.getsockname()[1]}
            variables = {"BUTLER_MASTER_KEY": MASTER_KEY}
            wanted = StartOptions(tmp_path, variables, ports)
            assert await refused(wanted) == [ProblemCode.PORT_TAKEN]
            assert not (tmp_path / "engine.json").exists()
    # Neither the directory nor a port is held after a start that failed.
    async with House(tmp_path) as house:
        assert (await house.ask()).status == 200


async def test_settings_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="BUTLER_PORT"):
        await Engine(StartOptions(tmp_path, {"BUTLER_PORT": "eighty"})).start()


async def test_a_directory_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    assert await refused(options(tmp_path / "file")) == [ProblemCode.DATABASE_UNREADABLE]


async def test_the_command_line_beats_the_environment_and_that_the_store(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.set(server__host="localhost", server__port=1, log__level="error")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = probe.getsockname()[1]
    environment = {"BUTLER_PORT": "2", "BUTLER_HOST": "127.0.0.1"}
    async with House(tmp_path, environment, {"server.port": free}) as house:
        assert house.engine.base_url == f"http://127.0.0.1:{free}/v1"
        assert house.engine.log_level == "error"
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("::1", free)


# --- the vault and the database of an earlier start ---


def sql(data_dir: Path, statement: str, *values: object) -> None:
    database = sqlite3.connect(data_dir / "butler.db")
    with database:
        assert database.execute(statement, values).rowcount
    database.close()


def files(data_dir: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in data_dir.glob("butler.db*")}


async def test_another_master_key_is_refused_and_nothing_changed(tmp_path: Path) -> None:
    async with House(tmp_path):
        pass
    before = files(tmp_path)
    other = MASTER_KEY[::-1].lstrip("=") + "="
    assert await refused(options(tmp_path, BUTLER_MASTER_KEY=other)) == ["master_key_wrong"]
    assert await refused(options(tmp_path, BUTLER_MASTER_KEY="short")) == ["master_key_malformed"]
    assert await refused(options(tmp_path, BUTLER_MASTER_KEY="")) == ["master_key_missing"]
    assert files(tmp_path) == before
    async with House(tmp_path):
        pass


async def test_a_tampered_check_is_refused(tmp_path: Path) -> None:
    async with House(tmp_path):
        pass
    sql(tmp_path, "UPDATE meta SET value = 'AAAA' WHERE key = 'vault_check'")
    assert await refused(options(tmp_path)) == ["master_key_wrong"]


async def test_a_tampered_key_is_told_and_the_rest_serves(
    tmp_path: Path, up: Upstream, other: Upstream
) -> None:
    async with House(tmp_path) as house:
        await house.add(up)
        await house.add(other, "backup")
        token = house.token
    sql(tmp_path, "UPDATE providers SET key_envelope = x'010203' WHERE name = 'acme'")
    async with House(tmp_path) as house:
        house.token = token
        assert [found["code"] for found in (await house.status())["warnings"]] == [
            "secret_tampered",
            "unknown_target",
        ]
        assert (await house.ask("backup/gamma")).headers["x-butler-target"] == "backup/gamma"
        # The default is gone, and another might cost more: that is the owner's to decide.
        assert (await house.ask()).status == 503
        assert (await house.ask("acme/alpha")).status == 404
        checks = {row["name"]: row for row in (await house.admin("GET", "doctor")).json["items"]}
        assert (checks["providers"]["ok"], checks["rules"]["ok"]) == (False, True)
        assert checks["providers"]["problems"][0]["hint"]
        # A new key mends it.
        got = await house.admin("PATCH", "providers/acme", {"api_key": up.key})
        assert got.status == 200
        assert (await house.ask()).headers["x-butler-target"] == "acme/alpha"
        assert (await house.status())["warnings"] == []


async def test_a_newer_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    async with House(tmp_path):
        pass
    sql(tmp_path, "UPDATE alembic_version SET version_num = '9999_of_tomorrow'")
    before = files(tmp_path)
    assert await refused(options(tmp_path)) == [ProblemCode.DATABASE_NEWER]
    assert files(tmp_path) == before


# --- stopping ---


async def test_a_stream_in_flight_is_finished_before_the_engine_stops(
    tmp_path: Path, up: Upstream
) -> None:
    async with House(tmp_path) as house:
        await house.add(up)
        up.script(Answer(text="one two three four five", chunk_delay_s=0.05))
        asking = asyncio.create_task(house.ask(stream=True))
        await until(lambda: up.sent_bytes)
        stopping = asyncio.create_task(house.engine.stop())
        assert (await asking).text == "one two three four five"
        await asyncio.wait_for(stopping, 5)
    assert (await _stored(tmp_path)) == [200]


async def test_nothing_new_comes_in_while_the_engine_stops(tmp_path: Path, up: Upstream) -> None:
    async with House(tmp_path) as house:
        await house.add(up)
        # Two connections that are kept: one for the stream, and one that stays idle.
        up.default = Answer(chunk_delay_s=0.02)
        await asyncio.gather(house.ask(stream=True), house.ask(stream=True))
        up.script(Answer(text="one two three", chunk_delay_s=0.1))
        asking = asyncio.create_task(house.ask(stream=True))
        await until(lambda: len(up.seen) == 3)
        stopping = asyncio.create_task(house.engine.stop())
        await asyncio.sleep(0.05)
        for _ in range(2):
            with pytest.raises(aiohttp.ClientConnectionError):
                await house.post({"messages": HELLO})
        assert (await asking).text == "one two three"
        await stopping
    assert await _stored(tmp_path) == [200, 200, 200]
    assert len(up.seen) == 3


async def test_an_event_stream_holds_nothing_up(house: House) -> None:
    headers = {"Authorization": f"Bearer {house.engine.admin_token}"}
    async with house.session.get(f"{house.engine.admin_url}/api/v1/events", headers=headers) as got:
        await got.content.readuntil(b"\n\n")
        started = time.perf_counter()
        await house.engine.stop()
        assert time.perf_counter() - started < 1


async def test_a_stop_asked_for_over_the_admin_api(house: House) -> None:
    waiting = asyncio.create_task(house.engine.wait())
    await asyncio.sleep(0)
    assert not waiting.done()
    got = await house.admin("POST", "shutdown", {})
    assert (got.status, got.json["in_flight"]) == (202, 0)
    await asyncio.wait_for(waiting, 1)


@pytest.mark.allow_logs("1 calls did not end in time")
async def test_a_call_that_never_ends_is_cut_in_the_end(
    tmp_path: Path, up: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("butler.engine.engine._DRAIN_S", 0.2)
    async with House(tmp_path) as house:
        await house.add(up)
        up.script(Silence(after=3))
        asking = asyncio.create_task(house.ask(stream=True))
        await until(lambda: up.sent_bytes)
        await asyncio.wait_for(house.engine.stop(), 5)
        with pytest.raises(aiohttp.ClientError):
            await asking
        await up.saw_disconnect(2)
    assert await _stored(tmp_path) == [499]


async def _stored(data_dir: Path) -> list[int]:
    async with House(data_dir) as house:
        rows = json.loads((await house.admin("GET", "requests")).raw)["items"]
        return [row["status"] for row in rows]


async def test_of_servers_that_start_at_once_the_first_ones_key_counts(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = {"BUTLER_DATABASE_URL": postgres.empty()}
    houses = [House(tmp_path / name, {**url, "BUTLER_MASTER_KEY": ""}) for name in ("one", "two")]
    done = await asyncio.gather(*(house.engine.start() for house in houses), return_exceptions=True)
    failed = [error for error in done if error is not None]
    assert [type(error) for error in failed] == [VaultError], done
    await next(
        house for house, error in zip(houses, done, strict=True) if error is None
    ).engine.stop()


async def test_servers_with_one_key_start_at_once_and_make_one_token(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = {"BUTLER_DATABASE_URL": postgres.empty()}
    async with House(tmp_path / "zero", url):
        pass
    houses = [House(tmp_path / name, url) for name in ("one", "two", "three")]
    with psycopg.connect(url["BUTLER_DATABASE_URL"], autocommit=True) as server:
        server.execute("DELETE FROM tokens")
    await asyncio.gather(*(house.engine.start() for house in houses))
    assert sum(house.engine.first_token is not None for house in houses) == 1
    for house in houses:
        await house.engine.stop()
