"""A real Secret Service: gnome-keyring on a message bus of its own, in a home of its own."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import secretstorage
from keyring.backends import SecretService

from tests.programs import program

_START_S = 20
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""A bus that starts nothing by itself: there is a keyring only while a test runs one."""


@dataclass(slots=True)
class Bus:
    """A session bus; the keyring's daemon comes and goes on it."""

    address: str
    home: Path
    _daemon: subprocess.Popen[bytes] | None = field(default=None)

    def backend(self) -> SecretService.Keyring:
        """The library's own backend, as it is chosen on a desktop."""
        return SecretService.Keyring()

    def start_keyring(self) -> None:
        """Start the daemon with its login keyring open, as after a login without a password."""
        daemon = subprocess.Popen(
            [
                program("gnome-keyring-daemon", "gnome-keyring"),
                *"--foreground --unlock --components=secrets".split(),
            ],
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert daemon.stdin is not None
        daemon.stdin.write(b"\n")
        daemon.stdin.close()
        self._daemon = daemon
        self._wait_for_keyring()

    def stop_keyring(self) -> None:
        """End the daemon; what it stored stays in its home."""
        if self._daemon is not None:
            self._daemon.terminate()
            self._daemon.wait(_START_S)
            self._daemon = None

    def lock(self) -> None:
        """Lock every collection, as a desktop does when nobody is there."""
        with closing(secretstorage.dbus_init()) as connection:
            for collection in secretstorage.get_all_collections(connection):
                collection.lock()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Hold the daemon still for as long as the block lasts."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._daemon.send_signal(signal.SIGCONT)

    def environment(self) -> dict[str, str]:
        """What a program on this bus must know."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "DBUS_SESSION_BUS_ADDRESS": self.address,
        }

    def _wait_for_keyring(self) -> None:
        end = time.monotonic() + _START_S
        with closing(secretstorage.dbus_init()) as connection:
            while not secretstorage.check_service_availability(connection):
                assert time.monotonic() < end, "the keyring's daemon does not answer"
                time.sleep(0.01)


@contextmanager
def running_bus(home: Path) -> Iterator[Bus]:
    """Start a bus that nothing else in the session is on."""
    config = home / "bus.conf"
    config.write_text(_BUS_CONFIG, encoding="utf-8")
    bus = subprocess.Popen(
        [
            program("dbus-daemon", "dbus-daemon"),
            f"--config-file={config}",
            *"--nofork --nopidfile --print-address=1".split(),
        ],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout is not None
    with bus.stdout:
        running = Bus(bus.stdout.readline().strip(), home)
    try:
        yield running
    finally:
        running.stop_keyring()
        bus.terminate()
        bus.wait(_START_S)
