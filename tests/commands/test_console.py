"""What commands write is aligned, short, and says what to do."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from butler.commands.console import (
    complain,
    complain_of,
    moment,
    money,
    open_file,
    readable,
    say,
    sentence,
    shorten,
    table,
    width,
    wrap,
)
from butler.commands.exit_codes import CommandFailed
from butler.commands.language import texts_of
from butler.contract.problems import Problem, ProblemCode
from tests.commands.conftest import Run

ROOT = Path(__file__).resolve().parents[2]


def test_columns_are_aligned_and_wide_characters_count_as_two() -> None:
    assert table(("A", "NAME", "C"), [("1", "你好", "x"), ("22", "ab", "")]) == (
        "A   NAME  C\n1   你好  x\n22  ab"
    )
    assert table(("A",), []) == "A"


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("a longer text", 8, "a longe…"),
        ("你好世界", 5, "你好…"),
        ("你好世界", 6, "你好…"),
        (" two\n lines ", 20, "two lines"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_to_its_columns(text: str, columns: int, short: str) -> None:
    assert shorten(text, columns) == short


def test_lines_and_complaints(capsys: pytest.CaptureFixture[str]) -> None:
    say("done")
    say()
    complain("This went wrong.")
    complain_of(
        [
            Problem(code=ProblemCode.INVALID, field="name", detail="It is empty.", hint="Fill it."),
            Problem(code=ProblemCode.INVALID, field="name", detail="`name` is odd."),
            Problem(code=ProblemCode.INTERNAL, detail="No."),
        ],
        texts_of("en"),
    )
    written = capsys.readouterr()
    assert written.out == "done\n\n"
    assert written.err == (
        "butler: This went wrong.\n"
        "butler: name: It is empty.\n"
        "        Fill it.\n"
        "butler: `name` is odd.\n"
        "butler: No.\n"
    )


def test_another_language_says_it_before_the_engine_does() -> None:
    found = Problem(code=ProblemCode.NOT_FOUND, field="id", detail="There is no rule 'x'.")
    assert sentence(found, texts_of("zh_CN")) == "这里没有这一项。 There is no rule 'x'."


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("unbreakable", 4, ["unbreakable"]),
        ("你好世界", 4, ["你好", "世界"]),
        ("列出模型，修改", 8, ["列出模", "型，修改"]),
        ("写一个 Python 函数", 9, ["写一个", "Python 函", "数"]),
    ],
)
def test_lines_are_as_wide_as_terminals_show_them(
    text: str, columns: int, lines: list[str]
) -> None:
    assert wrap(text, columns) == lines
    assert all(width(line) <= columns for line in lines if line != "unbreakable")


@pytest.mark.parametrize(
    ("usd", "shown"),
    [(None, "-"), ("0", "$0.00"), ("0.000012", "$0.000012"), ("1234.5", "$1,234.50")],
)
def test_money(usd: str | None, shown: str) -> None:
    assert money(usd) == shown


def test_times_are_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert (moment("2026-01-31T20:05:59Z"), moment(None)) == ("2026-02-01 04:05", "-")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_file_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "here" / "out"
    file.parent.mkdir()
    file.write_text("before")

    def break_off() -> None:
        with open_file(str(file)) as opened:
            opened.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert (file.read_text(), list(file.parent.iterdir())) == ("before", [file])
    with open_file(str(file)) as opened:
        opened.write(b"whole")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("whole", 0o600)
    with pytest.raises(CommandFailed), open_file(str(tmp_path)) as opened:
        opened.write(b"on a directory")


@pytest.mark.parametrize("text", ["", "plain", "你好", "😀"])
def test_a_text_stays_as_it_is(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize("text", ["\udcff", "a\udce4", "\ud83d"])
def test_what_is_no_text_is_misuse(butler: Run, text: str) -> None:
    with pytest.raises(ValueError, match=r"decode|encode"):
        readable(text)
    for words in (("explain", text), ("token", "show", text), ("--data-dir", text, "doctor")):
        done = butler(*words)
        assert (done.status, done.out) == (2, "")
        assert "is no UTF-8 text" in done.err


def test_a_closed_input_is_an_empty_one(butler: Run) -> None:
    script = f"{sys.executable} -m butler explain 0<&-"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
    done = subprocess.run(["sh", "-c", script], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"There is no prompt" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are bytes on POSIX only")
@pytest.mark.parametrize(
    "more", [{"PYTHONUTF8": "0", "LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "cp1252"}]
)
def test_prompts_of_any_script_in_any_locale(butler: Run, more: dict[str, str]) -> None:
    words = ["-m", "butler", "explain", "写一个 Python 函数 😀"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app"), **more}
    done = subprocess.run(
        [sys.executable, *(word.encode() for word in words)],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("Task      coding")
