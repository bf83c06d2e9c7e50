"""Butler as it is installed: configured by its own commands, served as a process."""

import base64
import json
import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from butler.contract.engine_file import EngineFile
from butler.contract.places import engine_file
from tests.bench.post import post
from tests.bench.processes import ROOT, Server, free_port, serving

RULES = 20
KEYWORD = "refactor"
_KEY_VARIABLE = "BENCH_UPSTREAM_KEY"
_READY_S = 15.0


@dataclass(frozen=True, slots=True)
class Butler:
    """A running engine and a client token for it."""

    server: Server
    token: str


@contextmanager
def butler(upstream_url: str, data_dir: Path, core: int) -> Iterator[Butler]:
    """Serve an engine with two models at `upstream_url` and 20 keyword rules."""
    port = free_port()
    env = {
        "BUTLER_DATA_DIR": str(data_dir),
        "BUTLER_PORT": str(port),
        "BUTLER_ADMIN_PORT": str(free_port()),
        "BUTLER_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        _KEY_VARIABLE: "sk-bench",
    }
    token = _configure(upstream_url, env)
    with serving(["butler", "serve"], port, core, env) as server:
        _wait_until_healthy(port)
        _add_rules(data_dir)
        yield Butler(server, token)


def _configure(upstream_url: str, env: dict[str, str]) -> str:
    """Add the provider and a token by Butler's own commands; return the token."""
    where = ["--base-url", upstream_url, "--key-env", _KEY_VARIABLE]
    models = ["--model", "alpha", "--model", "beta"]
    kind = ["--kind", "openai_compatible"]
    _command(["provider", "add", "bench", *kind, *where, *models], env)
    token: str = json.loads(_command(["token", "add", "bench", "--json"], env))["token"]
    return token


def _add_rules(data_dir: Path) -> None:
    """Add the rules through the admin API: twenty commands would take longer than a round."""
    engine = EngineFile.model_validate_json(engine_file(data_dir).read_bytes())
    for place in range(RULES):
        post(f"{engine.admin_url}/api/v1/rules", json.dumps(_rule(place)).encode(), engine.token)


def _rule(place: int) -> dict[str, object]:
    """A keyword rule; only the last one to be asked knows the word in our prompt."""
    words = [KEYWORD] if place == RULES - 1 else [f"absent{place}", f"missing{place}"]
    return {
        "name": f"bench {place}",
        "priority": 900 - place,
        "when": {"all": [{"kind": "keywords", "words": words, "match": "word"}]},
        "target": "bench/alpha",
        "fallbacks": ["bench/beta"],
    }


def _command(arguments: list[str], env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "butler", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"`butler {' '.join(arguments)}` failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _wait_until_healthy(port: int) -> None:
    deadline = time.monotonic() + _READY_S
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
