"""The guards of conftest.py bite: a session of bad tests, run with them, fails test by test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

BAD = """
import asyncio, contextlib, logging, socket, time
import butler.engine, pytest

def test_bad_connects():
    socket.create_connection(("192.0.2.1", 80), timeout=1)

def test_bad_swallows_the_refusal():
    with contextlib.suppress(Exception):
        socket.getaddrinfo("example.com", 443)

def test_bad_asyncio_connects():
    with contextlib.suppress(Exception):
        asyncio.run(asyncio.wait_for(asyncio.open_connection("example.com", 443), 1))

def test_bad_warns():
    logging.getLogger("butler.engine").warning("the roof leaks")

@pytest.mark.allow_logs("the cellar")
def test_bad_warns_of_something_else():
    logging.getLogger("butler.engine").warning("the roof leaks")

def test_bad_blocks_the_loop():
    scope = {"time": time}
    source = butler.engine.__file__.replace("__init__", "late")
    exec(compile("async def nap(): time.sleep(0.01)", source, "exec"), scope)
    asyncio.run(scope["nap"]())
"""

GOOD = """
import logging, os, socket
from pathlib import Path
import keyring, keyring.errors, pytest

def test_good_local_sockets():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()

@pytest.mark.allow_logs("roof")
def test_good_announced_warning():
    logging.getLogger("butler.engine").warning("the roof leaks")

def test_good_environment():
    assert "BUTLER_PORT" not in os.environ and "HTTPS_PROXY" not in os.environ
    assert not Path(os.environ["BUTLER_DATA_DIR"]).exists()
    assert list(Path.home().iterdir()) == []

def test_good_no_keyring():
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.set_password("butler", "test", "secret")
"""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A folder with our conftest and nothing else."""
    folder = tmp_path / "session"
    folder.mkdir()
    text = (TESTS / "conftest.py").read_text(encoding="utf-8")
    (folder / "conftest.py").write_text(text, encoding="utf-8")
    return folder


def run_pytest(folder: Path) -> str:
    environment = os.environ | {
        "PYTHONPATH": str(TESTS.parent / "app"),
        "BUTLER_PORT": "8080",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "--tb=no", "-p", "no:cacheprovider", str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    return done.stdout


def test_every_bad_test_fails(session: Path) -> None:
    (session / "test_bad.py").write_text(BAD, encoding="utf-8")
    outcome = run_pytest(session)
    for name in (line.split("(")[0][4:] for line in BAD.splitlines() if line.startswith("def ")):
        marks = [line.split()[0] for line in outcome.splitlines() if f"::{name}" in line]
        assert {"FAILED", "ERROR"} & set(marks), f"{name} was not caught:\n{outcome}"


def test_no_good_test_fails(session: Path) -> None:
    (session / "test_good.py").write_text(GOOD, encoding="utf-8")
    outcome = run_pytest(session)
    assert f"{GOOD.count('def test_')} passed" in outcome, outcome
