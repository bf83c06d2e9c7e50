"""`butler` itself: its commands, its exit statuses, and what it loads."""

import io
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
        ["token", "add"],
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
    assert all(name in said for name in COMMANDS)


def test_the_data_directory_may_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUTLER_DATA_DIR", str(tmp_path / "other"))
    assert main(["--data-dir", str(tmp_path / "here"), "token", "list"]) == 0
    assert (tmp_path / "here" / "butler.db").exists()
    assert not (tmp_path / "other").exists()
    assert "NAME" in capsys.readouterr().out


def test_a_reader_that_goes_away_is_nothing_to_complain_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["token", "list"]) == 0
    assert capsys.readouterr().err == ""


def test_output_is_utf_8_whatever_the_terminal_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    with io.TextIOWrapper(written, encoding="ascii") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        assert main(["explain", "你好"]) == 0
        assert "demo/cheap → demo/strong".encode() in written.getvalue()


def test_an_argument_that_is_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--json", "hello \udcff"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "is no UTF-8 text" in written.err


def test_a_look_at_a_command_loads_no_engine_and_no_window() -> None:
    code = (
        "import sys; from butler.cli import command_parser; "
        "from butler.commands.language import speak; "
        "command_parser(speak('zh', {}), ['token']); "
        "print([name for name in sys.modules if name.split('.')[0] in "
        "('PySide6', 'sqlalchemy', 'openai', 'alembic', 'genai_prices')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "app")},
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"[]\n", b"")
