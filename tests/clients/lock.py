"""Write `locks/` anew from `pins.toml`: every version and every hash, for every platform.

python -m tests.clients.lock [NAME ...]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.clients.environments import LOCKS, Environments, read_pins

_OTHER_SOURCES = (
    "UV_FIND_LINKS",
    "UV_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "PIP_FIND_LINKS",
)
"""Switched off: what a lock holds must be what the registry serves."""


def lock_python(name: str, pins: Sequence[str]) -> None:
    """Write the hash-locked list of one Python environment."""
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv is None:
        raise SystemExit("uv is needed to write locks: pip install 'uv>=0.9,<1'")
    words = "--no-config --quiet --universal --generate-hashes --python-version 3.11"
    plain = "--no-emit-index-url --no-emit-find-links --no-annotate --no-header"
    environment = {k: v for k, v in os.environ.items() if k not in _OTHER_SOURCES}
    target = str(LOCKS / f"{name}.txt")
    subprocess.run(
        [uv, "pip", "compile", *words.split(), *plain.split(), "-", "-o", target],
        input="\n".join(pins).encode(),
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def lock_node(name: str, pins: Mapping[str, str], npm: Sequence[str]) -> None:
    """Write the package file of one Node environment, and its lock without addresses."""
    folder = LOCKS / name
    folder.mkdir(exist_ok=True)
    package = {
        "name": f"clients-{name}",
        "private": True,
        "type": "module",
        "dependencies": dict(pins),
    }
    (folder / "package.json").write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as work:
        shutil.copy(folder / "package.json", work)
        silent = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        words = ["install", "--package-lock-only", "--omit-lockfile-registry-resolved", *silent]
        subprocess.run([*npm, *words], cwd=work, check=True)
        shutil.copy(Path(work) / "package-lock.json", folder)


def main(names: Sequence[str]) -> None:
    """Lock the environments of these names, or all."""
    pins = read_pins()
    for name, wanted in pins.python.items():
        if not names or name in names:
            lock_python(name, wanted)
    for name, packages in pins.node.items():
        if not names or name in names:
            lock_node(name, packages, Environments().npm())


if __name__ == "__main__":
    main(sys.argv[1:])
