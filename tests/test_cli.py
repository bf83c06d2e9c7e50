"""`butler` itself: its commands, its exit statuses, and what it loads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from butler import __version__
from butler.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["provider"],
        ["provider", "nonsense"],
        ["provider", "add"],
        ["provider", "add", "name"],
        ["token", "add"],
        ["token", "edit", "name"],
        ["rule", "add"],
        ["rule", "edit", "name", "--priority", "high"],
        ["explain", "--nonsense"],
        ["--nonsense"],
        ["serve", "--log-level", "loud"],
        ["serve", "--port", "eighty"],
    ],
)
def test_misuse_exits_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert "usage: butler" in capsys.readouterr().err


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)):
        with pytest.raises(SystemExit) as end:
            main(words)
        assert end.value.code == 0
    said = capsys.readouterr().out
    assert f"butler {__version__}" in said
    assert all(
        summary in said.replace("\n", " ") or name in said for name, summary in COMMANDS.items()
    )


def test_the_data_directory_may_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUTLER_DATA_DIR", str(tmp_path / "other"))
    assert main(["--data-dir", str(tmp_path / "here"), "token", "list"]) == 0
    assert (tmp_path / "here" / "butler.db").exists()
    assert not (tmp_path / "other").exists()
    assert "NAME" in capsys.readouterr().out


def python(*words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "app"), **more},
        check=False,
    )


def test_a_reader_that_goes_away_is_nothing_to_complain_of() -> None:
    script = f"{sys.executable} -m butler token list | exec 0<&-"
    done = subprocess.run(
        ["sh", "-c", script],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "app")},
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"", b"")


def test_output_is_utf_8_whatever_the_terminal_claims(tmp_path: Path) -> None:
    done = python("-m", "butler", "explain", "你好", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "→".encode() in done.stdout


def test_an_argument_of_any_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--json", "hello \udcff"]) == 0
    assert '"layer":"default"' in capsys.readouterr().out


def test_a_look_at_a_command_loads_no_engine_and_no_window() -> None:
    code = (
        "import sys, butler.cli as cli; cli._parser(['token']); "
        "print([name for name in sys.modules if name.split('.')[0] in "
        "('PySide6', 'sqlalchemy', 'openai', 'alembic', 'genai_prices')])"
    )
    assert python("-c", code).stdout == b"[]\n"
