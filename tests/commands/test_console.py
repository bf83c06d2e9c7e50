"""What commands write is aligned, short, and says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from butler.commands.console import complain, complain_of, readable, say, shorten, table
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
        ]
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
