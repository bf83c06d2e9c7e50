"""Opening, refusing and sharing a database in a real file."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select, update
from sqlalchemy.exc import ProgrammingError, StatementError

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError
from butler.engine.store import meta, providers, settings
from butler.engine.store.database import Conflict, Database
from butler.engine.store.tables import meta as meta_table
from butler.engine.store.tables import tokens
from tests.engine.store.records import provider
from tests.postgres import Postgres


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}


async def refused(url: str | None, data_dir: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        await Database.open(url, data_dir)
    assert caught.value.problems[0].hint
    return caught.value


async def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "butler.db"
    path.touch()
    database = await Database.open(None, tmp_path)
    async with database.connect() as connection:
        assert await meta.revision(connection) == 0
    await database.close()


async def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'some where' / 'x.db'}"
    for expected in range(3):
        database = await Database.open(url, tmp_path)
        async with database.begin() as connection:
            assert await meta.bump_revision(connection, expected) == expected + 1
        await database.close()


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(b"x", id="one byte"),
        pytest.param(b"SQLite format 3\x00", id="a header and no more"),
        pytest.param(b"This is a letter, not a database.\n" * 200, id="text"),
        pytest.param(b"SQLite format 3\x00" + bytes(range(256)) * 64, id="damaged header"),
    ],
)
async def test_a_file_that_is_no_database_is_left_byte_for_byte(
    tmp_path: Path, garbage: bytes
) -> None:
    path = tmp_path / "butler.db"
    path.write_bytes(garbage)
    path.chmod(0o644)
    error = await refused(None, tmp_path)
    assert error.problems[0].code is ProblemCode.DATABASE_UNREADABLE
    assert str(path) in str(error)
    assert contents(tmp_path) == {"butler.db": garbage}
    assert path.stat().st_mode & 0o777 == 0o644


async def test_a_newer_database_is_left_byte_for_byte(tmp_path: Path) -> None:
    await (await Database.open(None, tmp_path)).close()
    with sqlite3.connect(tmp_path / "butler.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = contents(tmp_path)
    error = await refused(None, tmp_path)
    assert error.problems[0].code is ProblemCode.DATABASE_NEWER
    assert contents(tmp_path)["butler.db"] == before["butler.db"]


async def test_another_programs_database_is_left_byte_for_byte(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "butler.db") as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    raw.close()
    before = contents(tmp_path)
    error = await refused(None, tmp_path)
    assert error.problems[0].code is ProblemCode.DATABASE_UNREADABLE
    assert contents(tmp_path) == before


async def test_a_directory_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "butler.db").mkdir()
    error = await refused(None, tmp_path)
    assert error.problems[0].code is ProblemCode.DATABASE_UNREADABLE


async def test_a_file_in_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    error = await refused(None, tmp_path / "data")
    assert error.problems[0].code is ProblemCode.DATABASE_UNREADABLE
    assert contents(tmp_path) == {"data": b"a file"}


@pytest.mark.skipif(sys.platform != "linux", reason="/proc can not be written, even by root")
async def test_a_place_that_can_not_be_written_is_refused() -> None:
    error = await refused(None, Path("/proc/butler"))
    assert error.problems[0].code is ProblemCode.DATABASE_UNREADABLE


async def test_a_server_that_is_not_there_is_refused_without_the_password(tmp_path: Path) -> None:
    for url in (
        "postgresql://me:hunter2@127.0.0.1:9/butler",
        "postgresql://me@127.0.0.1:9/butler?password=hunter2",
        "postgresql://me@127.0.0.1:9/butler?sslmode=disable&sslpassword=hunter2",
    ):
        error = await refused(url, tmp_path)
        assert error.problems[0].code is ProblemCode.DATABASE_UNREADABLE
        assert "127.0.0.1" in str(error)
        assert "hunter2" not in str(error)


async def test_a_server_that_was_restarted_is_found_again(
    database: Database, url: str | None, request: pytest.FixtureRequest
) -> None:
    async with database.connect() as connection:
        assert await meta.revision(connection) == 0
    if url is not None:
        await asyncio.to_thread(request.getfixturevalue("postgres").hang_up)
    async with database.begin() as connection:
        assert await meta.bump_revision(connection, 0) == 1


def test_without_the_driver_for_a_server_it_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "sys.modules['psycopg'] = None\n"
        "from butler.engine.store.database import Database\n"
        "asyncio.run(Database.open('postgresql://me:hunter2@127.0.0.1/x', Path('.')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "StoreError" in done.stderr
    assert "smart-routing-butler[postgres]" in done.stderr
    assert "hunter2" not in done.stderr


async def test_many_servers_upgrade_an_empty_database_at_once(
    postgres: Postgres, tmp_path: Path
) -> None:
    url = postgres.empty()
    opened = await asyncio.gather(*(Database.open(url, tmp_path) for _ in range(4)))
    for database in opened:
        async with database.connect() as connection:
            assert await meta.revision(connection) == 0
        await database.close()


async def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError, match="changed my mind"):
        async with database.begin() as connection:
            await settings.put(connection, "a", 1)
            raise RuntimeError("changed my mind")
    async with database.connect() as connection:
        assert await settings.read_all(connection) == {}


async def test_a_cancelled_writer_undoes_its_work_and_lets_the_next_one_in(
    database: Database,
) -> None:
    inside = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.begin() as connection:
            await settings.put(connection, "a", 1)
            inside.set()
            await asyncio.sleep(60)

    writer = asyncio.create_task(write_and_wait())
    await inside.wait()
    writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writer
    async with database.begin() as connection:
        assert await settings.read_all(connection) == {}
        await settings.put(connection, "b", 2)


async def test_many_writers_lose_no_change(database: Database) -> None:
    async def change() -> None:
        async with database.begin() as connection:
            await meta.bump_revision(connection, None)

    await asyncio.gather(*(change() for _ in range(40)))
    async with database.connect() as connection:
        assert await meta.revision(connection) == 40


async def test_writers_in_two_processes_lose_no_change(tmp_path: Path) -> None:
    database = await Database.open(None, tmp_path)
    script = tmp_path / "writer.py"
    script.write_text(
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from butler.engine.store import meta\n"
        "from butler.engine.store.database import Database\n"
        "async def main():\n"
        "    database = await Database.open(None, Path(sys.argv[1]))\n"
        "    for _ in range(30):\n"
        "        async with database.begin() as connection:\n"
        "            await meta.bump_revision(connection, None)\n"
        "    await database.close()\n"
        "asyncio.run(main())\n"
    )
    other = await asyncio.create_subprocess_exec(
        sys.executable,
        str(script),
        str(tmp_path),
        env={"PYTHONPATH": ":".join(sys.path)},
        stderr=subprocess.PIPE,
    )
    mine = 0
    while other.returncode is None:
        async with database.begin() as connection:
            await meta.bump_revision(connection, None)
        mine += 1
        await asyncio.sleep(0.001)
    _, complaints = await other.communicate()
    assert (other.returncode, complaints) == (0, b"")
    async with database.connect() as connection:
        assert await meta.revision(connection) == mine + 30
    await database.close()


async def test_a_reader_sees_one_instant_while_others_write(database: Database) -> None:
    async with database.connect() as reader:
        assert await meta.revision(reader) == 0
        async with database.begin() as writer:
            await meta.bump_revision(writer, 0)
        assert await meta.revision(reader) == 0
    async with database.connect() as reader:
        assert await meta.revision(reader) == 1


async def test_a_reader_can_not_write(database: Database) -> None:
    with pytest.raises(StoreError):
        async with database.connect() as connection:
            await settings.put(connection, "a", 1)
    async with database.begin() as connection:
        assert await settings.read_all(connection) == {}
        await settings.put(connection, "a", 1)


async def test_a_name_that_is_taken_is_a_conflict_and_nothing_is_kept(database: Database) -> None:
    with pytest.raises(Conflict):
        async with database.begin() as connection:
            await providers.add(connection, provider("prov_1", name="same"))
            await providers.add(connection, provider("prov_2", name="same"))
    async with database.connect() as connection:
        assert await providers.list_all(connection) == ()


async def test_a_mistake_in_our_own_statements_stays_visible(database: Database) -> None:
    with pytest.raises(ProgrammingError):
        async with database.connect() as connection:
            await connection.exec_driver_sql("SELECT name FROM tokens WHERE id = ?", ())


async def test_stored_values_stay_out_of_error_messages(database: Database) -> None:
    secret = "sealed-but-still-not-for-logs"
    with pytest.raises(Conflict) as caught:
        async with database.begin() as connection:
            await connection.execute(insert(meta_table).values(key="revision", value=secret))
    assert secret not in f"{caught.value} {caught.value.__cause__}"
    with pytest.raises(StatementError) as bad:
        async with database.begin() as connection:
            await connection.execute(update(tokens).values(name=secret, created_at="noon"))
    assert secret not in str(bad.value)


async def test_a_write_that_the_file_refuses_is_a_store_error(tmp_path: Path) -> None:
    database = await Database.open(None, tmp_path)

    @event.listens_for(database._engine.sync_engine, "connect")
    def fill_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    with pytest.raises(StoreError, match="full") as caught:
        async with database.begin() as connection:
            await settings.put(connection, "big", "x" * 200_000)
    assert caught.value.problems[0].code is ProblemCode.DATABASE_UNREADABLE
    await database.close()


async def test_closing_leaves_one_file_and_waits_for_the_writer(tmp_path: Path) -> None:
    database = await Database.open(None, tmp_path)
    inside = asyncio.Event()

    async def write() -> None:
        async with database.begin() as connection:
            inside.set()
            await asyncio.sleep(0.05)
            await settings.put(connection, "last", True)

    writer = asyncio.create_task(write())
    await inside.wait()
    await database.close()
    assert writer.done()
    assert list(contents(tmp_path)) == ["butler.db"]
    with sqlite3.connect(tmp_path / "butler.db") as raw:
        assert raw.execute("SELECT key FROM settings").fetchall() == [("last",)]
    raw.close()


async def test_a_json_value_keeps_its_letters_in_the_file(database: Database) -> None:
    async with database.begin() as connection:
        await settings.put(connection, "greeting", {"zh": "你好", "emoji": "🎩"})
    async with database.connect() as connection:
        raw = await connection.exec_driver_sql("SELECT value FROM settings")
        assert raw.scalar_one() == '{"zh":"你好","emoji":"🎩"}'
        assert (await settings.read_all(connection))["greeting"]["zh"] == "你好"
        assert await connection.scalar(select(meta_table.c.value).limit(1)) == "0"


@pytest.mark.allow_logs
async def test_a_writer_that_hangs_does_not_keep_it_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("butler.engine.store.database._LAST_WRITE_S", 0.1)
    database = await Database.open(None, tmp_path)
    # As a writer leaves it that is never heard of again.
    async with database._writing, asyncio.timeout(5):
        await database.close()
