"""README's shell examples do what README says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.house import MASTER_KEY

ROOT = Path(__file__).resolve().parents[2]
_ELSEWHERE = ("curl ", "make ", "export ")
"""Lines that need the network, an installation or another shell."""


def examples() -> list[str]:
    """The commands of README's shell blocks, each with the lines that continue it."""
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    commands = []
    for line in "".join(blocks).splitlines():
        whole = not commands or complete(commands[-1])
        commands[-1:] = [*commands[-1:], line] if whole else [f"{commands[-1]}\n{line}"]
    return [one for one in commands if not one.startswith(_ELSEWHERE)]


def complete(command: str) -> bool:
    return not command.endswith("\\") and command.count("'") % 2 == 0


def shell(command: str) -> str:
    """Run a command over the test's own data directory; returns what it wrote."""
    done = subprocess.run(
        ["sh", "-c", command.replace(".venv/bin/butler", '"$PYTHON" -m butler')],
        capture_output=True,
        env={
            **os.environ,
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT / "app"),
            "BUTLER_MASTER_KEY": MASTER_KEY,
            "DEEPSEEK_KEY": "sk-of-the-example",
        },
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b""), (command, done.stderr.decode())
    return done.stdout.decode()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("sh") is None, reason="the examples are for a shell")
def test_the_examples() -> None:
    written = {command: shell(command) for command in examples()}
    kinds = ("provider add", "rule add", "explain")
    added, rule, explained = (
        next(text for command, text in written.items() if f"butler {kind}" in command)
        for kind in kinds
    )
    assert "The default target is deepseek/deepseek-chat now." in added
    assert '"name":"Code"' in rule
    assert "Target    deepseek/deepseek-reasoner" in explained
    assert "Decided   by rules" in explained
    assert "Code" in explained.splitlines()[-1]
