"""What holds for every test: no outside network, no real keyring, no surprise in the log.

Each test gets an empty data directory, a home of its own and an environment without
`BUTLER_*`. A connection that would leave the machine raises, and fails the test even where the
code under test swallowed the exception. So does a log record at WARNING or above under `butler`,
unless the test is marked `allow_logs` (any record) or `allow_logs("pattern", …)` (these).
"""

import gc
import ipaddress
import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from blockbuster import blockbuster_ctx
from hypothesis import HealthCheck, settings

_GUARDED = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo"})
_SCRUBBED = ("BUTLER_", "XDG_", "OPENAI_", "ANTHROPIC_")
_MAY_BLOCK = (
    ("<frozen importlib._bootstrap>", "_find_and_load"),
    # Qt's bindings look into the source of whoever imports something.
    ("shibokensupport/signature/loader.py", "feature_imported"),
    # An engine reads these beside its loop while it starts; a single room may not have one.
    ("butler/engine/providers/families.py", "families"),
    ("butler/engine/providers/presets.py", "presets"),
    # Whoever counts lines has a lock of its own; raising there would end what is being counted.
    ("coverage/collector.py", "lock_data"),
)
_escapes: list[str] = []


class OutsideConnection(RuntimeError):
    """A test tried to reach something beyond this machine."""


def pytest_configure(config: pytest.Config) -> None:
    """Close the network and the keyring before anything of ours is imported."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.addaudithook(_refuse_outside)
    # How long an example takes tells of the machine, not of the code.
    unhurried = [HealthCheck.too_slow]
    settings.register_profile("unhurried", deadline=None, suppress_health_check=unhurried)
    settings.load_profile("unhurried")


def _refuse_outside(event: str, args: tuple[Any, ...]) -> None:
    if event not in _GUARDED:
        return
    target = args[0] if event == "socket.getaddrinfo" else args[1]
    host = target[0] if isinstance(target, tuple) else None
    if event == "socket.getaddrinfo":
        host = target.decode() if isinstance(target, bytes) else target
    if host is None or _is_local(str(host)):
        return
    _escapes.append(f"{event} {target!r}")
    raise OutsideConnection(f"A test may only reach this machine, not {target!r} ({event}).")


def _is_local(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


@pytest.fixture(autouse=True)
def _garbage_in_this_thread() -> Iterator[None]:
    """Collect garbage between tests alone, never in a thread that happens to allocate.

    Windows of an earlier test may be in it, and Qt crashes when another thread frees them.
    """
    gc.disable()
    yield
    gc.disable()
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, limit) in enumerate(counts) if count > limit]
    if due:
        gc.collect(max(due))


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide the developer's settings, keys, proxies and home from the test."""
    for name in os.environ:
        if name.startswith(_SCRUBBED) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("BUTLER_DATA_DIR", str(tmp_path / "data"))
    # Whatever the developer speaks: tests read English.
    monkeypatch.setenv("BUTLER_LANG", "en")


@pytest.fixture(autouse=True)
def _no_outside_network() -> Iterator[None]:
    """Fail the test that tried to leave, even when its code swallowed the refusal."""
    _escapes.clear()
    yield
    escapes = list(_escapes)
    _escapes.clear()
    assert not escapes, f"The test tried to reach the outside: {escapes}"


class _Collector(logging.Handler):
    """Keeps what is logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning that the test did not announce."""
    collector = _Collector()
    logger = logging.getLogger("butler")
    logger.addHandler(collector)
    yield
    logger.removeHandler(collector)
    unexpected = _not_allowed(collector.lines, request.node.iter_markers("allow_logs"))
    assert not unexpected, f"Unexpected log records: {unexpected}"


def _not_allowed(lines: list[str], marks: Iterator[pytest.Mark]) -> list[str]:
    for mark in marks:
        if not mark.args:
            return []
        lines = [line for line in lines if not any(re.search(p, line) for p in mark.args)]
    return lines


@pytest.fixture(autouse=True)
def _no_blocking_in_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when the engine blocks a running event loop: a slow file, a sleep, a plain socket."""
    if request.node.get_closest_marker("allow_blocking"):
        yield
        return
    with blockbuster_ctx("butler.engine") as guard:
        for function in guard.functions.values():
            for file, caller in _MAY_BLOCK:
                function.can_block_in(file, caller)
        yield
