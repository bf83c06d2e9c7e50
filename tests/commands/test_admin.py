"""Commands find the running engine, or open the store for a moment, or say why they can not."""

import asyncio
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from butler.commands.admin import connect, segment
from butler.contract.engine_file import EngineFile
from tests.commands.conftest import Run, beside
from tests.e2e.house import House


async def test_a_running_engine_is_used(house: House, butler: Run) -> None:
    async with connect() as admin:
        assert (admin.serving, admin.url) == (True, house.engine.admin_url)
    made = (await beside(butler, "token", "add", "laptop", "--json")).json
    assert (await house.call("GET", "/v1/models", token=made["token"])).status == 200


async def test_without_one_the_store_is_opened_for_a_moment(data_dir: Path) -> None:
    async with connect() as admin:
        assert not admin.serving
        assert (await admin.get("status"))["base_url"] == ""
        assert not (data_dir / "engine.json").exists()
    async with House(data_dir):
        pass


def plate_of(admin_url: str, token: str = "t") -> str:
    return EngineFile(
        pid=os.getpid(),
        version="0",
        admin_url=admin_url,
        token=token,
        base_url="http://localhost:1/v1",
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
    ).model_dump_json()


def plate(data_dir: Path, text: str) -> None:
    data_dir.mkdir()
    (data_dir / "engine.json").write_text(text)


def test_a_plate_that_a_killed_engine_left_is_passed_over(butler: Run, data_dir: Path) -> None:
    with socket.socket() as dead:
        dead.bind(("127.0.0.1", 0))
        plate(data_dir, plate_of(f"http://127.0.0.1:{dead.getsockname()[1]}"))
        assert butler("token", "list").status == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}'])
def test_a_plate_that_can_not_be_read_is_passed_over(
    butler: Run, data_dir: Path, text: str
) -> None:
    plate(data_dir, text)
    assert butler("token", "list").status == 0


async def test_a_plate_of_another_engine_is_passed_over(
    house: House, butler: Run, tmp_path: Path
) -> None:
    """Its port was taken over by somebody who does not know the token."""
    other = tmp_path / "other"
    text = (house.data_dir / "engine.json").read_text()
    plate(other, text.replace(house.engine.admin_token, "not the token"))
    done = await beside(butler, "--data-dir", str(other), "token", "list")
    assert (done.status, "default" in done.out) == (0, False)


async def test_a_directory_in_use_without_a_plate_says_so(
    house: House, butler: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("butler.engine.engine._LOCK_WAIT_S", 0.2)
    (house.data_dir / "engine.json").unlink()
    done = await beside(butler, "token", "list")
    assert (done.status, done.out) == (3, "")
    assert "Another engine already uses" in done.err
    assert "BUTLER_DATA_DIR" in done.err
    assert f"no readable {house.data_dir / 'engine.json'}" in done.err
    assert "Stop that engine" in done.err


@pytest.mark.parametrize("token", ["two\r\nlines", "tail\n"])
def test_a_plate_whose_token_can_not_be_sent_is_passed_over(
    butler: Run, data_dir: Path, token: str
) -> None:
    plate(data_dir, plate_of("http://127.0.0.1:9", token))
    done = butler("token", "list")
    assert (done.status, done.err) == (0, "")


def test_what_can_not_start_exits_with_3_and_the_remedy(
    butler: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert butler("token", "list").status == 0
    for variable, value, remedy in (
        ("BUTLER_MASTER_KEY", "AAAA", "openssl rand -base64 32"),
        ("BUTLER_MASTER_KEY", "A" * 43 + "=", "BUTLER_MASTER_KEY"),
        ("BUTLER_PORT", "eighty", "whole number"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(variable, value)
            done = butler("token", "list")
            assert (done.status, done.out) == (3, ""), done
            assert done.err.startswith("butler: ")
            assert remedy in done.err
            assert "Traceback" not in done.err


def test_a_refusal_exits_with_1(butler: Run) -> None:
    done = butler("token", "remove", "nobody", "--json")
    assert (done.status, done.out) == (1, "")
    assert "no token 'nobody'" in done.err


@pytest.mark.parametrize(
    ("name", "path"), [("a/b c", "a%2Fb%20c"), ("模", "%E6%A8%A1"), ("?#%", "%3F%23%25")]
)
def test_names_become_one_segment(name: str, path: str) -> None:
    assert segment(name) == path


async def test_an_engine_that_dies_meanwhile_is_told_in_words(house: House, butler: Run) -> None:
    running = asyncio.create_task(beside(butler, "doctor"))
    await house.engine.stop()
    done = await running
    assert done.status in (0, 1, 3)
    assert "Traceback" not in done.err


async def test_an_engine_that_hangs_up_is_a_refusal(butler: Run, data_dir: Path) -> None:
    """It answers the first look at it, and dies at the next call."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if b"/status" in await reader.readuntil(b"\r\n\r\n"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        plate(data_dir, plate_of(f"http://127.0.0.1:{port}"))
        done = await beside(butler, "token", "list")
    assert (done.status, done.out) == (1, "")
    assert "went away before it answered" in done.err
    assert "Traceback" not in done.err
