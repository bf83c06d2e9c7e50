"""`butler wizard`: from answers to rules that route, without a terminal and at a real one."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from tests.commands.conftest import Run

ROOT = Path(__file__).resolve().parents[2]


def _has_terminals() -> bool:
    """Whether this system can make a terminal: Windows and bare containers can not."""
    try:
        for end in os.openpty():
            os.close(end)
    except (AttributeError, OSError):
        return False
    return True


needs_terminals = pytest.mark.skipif(not _has_terminals(), reason="no terminals can be made here")


@pytest.fixture
def configured(butler: Run) -> Run:
    models = ("--model", "big", "--model", "small-mini")
    added = butler("provider", "add", "acme", "--base-url", "https://models.example/v1", *models)
    assert added.status == 0, added.err
    for name, price in (("big", "5:25"), ("small-mini", "0.1:0.4")):
        edited = butler("model", "edit", f"acme/{name}", "--price", price)
        assert edited.status == 0, edited.err
    return butler


def test_options_answer_and_nothing_is_stored_unasked(configured: Run) -> None:
    words = ("wizard", "--use-case", "coding", "--use-case", "chat", "--spending", "balanced")
    done = configured(*words)
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "1. Coding and debugging → acme/big → acme/small-mini"
    assert "the dearer model is taken for the stronger" in " ".join(done.out.split())
    assert "    Like: Write a Python function that merges two sorted lists." in lines
    assert lines[-1].startswith("Everything else goes to acme/")
    assert "no rule keeps secrets here" in done.err
    assert configured("rule", "list", "--json").json == []
    assert configured(*words).out == done.out


def test_json_and_apply(configured: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(orjson.dumps({"use_cases": ["math"], "spending": "quality"}))
    draft = configured("wizard", "--answers", str(file), "--json").json
    assert (draft["by"], draft["applied"]) == ("wizard", False)
    assert [each["rule"]["name"] for each in draft["rules"]] == ["Math and reasoning"]
    applied = configured("wizard", "--answers", str(file), "--apply", "--json").json
    assert applied == {**draft, "applied": True}
    assert [rule["name"] for rule in configured("rule", "list", "--json").json] == [
        "Math and reasoning"
    ]
    more = configured("wizard", "--use-case", "chat", "--apply")
    assert more.out.splitlines()[-1] == "Applied: 1 rules are in force."
    assert len(configured("rule", "list", "--json").json) == 2
    configured("wizard", "--use-case", "chat", "--apply", "--replace")
    assert [rule["name"] for rule in configured("rule", "list", "--json").json] == [
        "Chat and questions"
    ]


def test_the_language_is_the_command_lines(configured: Run) -> None:
    done = configured("--lang", "zh_CN", "wizard", "--use-case", "translation")
    assert done.out.startswith("1. 翻译 → acme/small-mini")


def test_some_models_and_some_order(configured: Run) -> None:
    done = configured(
        "wizard", "--use-case", "chat", "--model", "acme/big", "--aim", "latency", "--no-private"
    )
    assert done.out.startswith("1. Chat and questions → acme/big\n")
    assert "speed comes first" in done.out
    assert "one model only" in done.err
    assert "secrets" not in done.err


def test_without_models_it_says_so(butler: Run) -> None:
    done = butler("wizard")
    assert (done.status, done.out) == (1, "")
    assert "No model is configured" in done.err
    found = butler("wizard", "--json")
    assert (found.status, found.json["rules"]) == (1, [])


def test_misuse(configured: Run) -> None:
    assert configured("wizard", "--use-case", "cooking").status == 2
    refused = configured("wizard", "--answers", "-", stdin=b'{"use_cases": ["cooking"]}')
    assert refused.status == 1
    assert "use_cases" in refused.err


@needs_terminals
def test_at_a_terminal_it_asks_step_by_step(configured: Run, data_dir: Path) -> None:
    said, status, out = at_terminal(
        data_dir,
        ("What do you use models for?", "1, 99"),
        ("Numbers from 1 to 7", "1 4"),
        ("Which models may be used?", ""),
        ("What counts when a model is chosen?", "1 2"),
        ("One number, please.", "3"),
        ("What comes first?", ""),
        ("Apply these 2 rules?", "y"),
    )
    assert status == 0, said
    assert out.startswith("1. Coding and debugging → acme/big → acme/small-mini\n")
    assert out.endswith("Applied: 2 rules are in force.\n")
    assert "1  acme/big         $5.00 in / $25.00 out" in said
    assert len(configured("rule", "list", "--json").json) == 2


@needs_terminals
def test_enter_takes_the_usual_and_no_stores_nothing(configured: Run, data_dir: Path) -> None:
    questions = (
        "What do you use",
        "Which models",
        "What counts",
        "What comes first",
        "Apply these",
    )
    said, status, out = at_terminal(data_dir, *((question, "") for question in questions))
    assert status == 0, said
    assert out.endswith("Nothing was stored.\n")
    assert configured("rule", "list", "--json").json == []
    said, status, _ = at_terminal(data_dir, ("What do you use", "\x04"))
    assert (status, "The input ended" in said) == (1, True)


def at_terminal(data_dir: Path, *talk: tuple[str, str]) -> tuple[str, int, str]:
    """Run the wizard at a terminal of its own, answering each question when it comes.

    Returns what the terminal showed, the exit status, and what went to standard output.
    """
    ours, theirs = os.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app"), "BUTLER_DATA_DIR": str(data_dir)}
    with subprocess.Popen(
        [sys.executable, "-m", "butler", "--lang", "en", "wizard"],
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        os.close(theirs)
        said = ""
        for question, answer in talk:
            said += _until(ours, question)
            os.write(ours, answer.encode() + (b"" if answer == "\x04" else b"\n"))
        out = process.stdout.read().decode() if process.stdout else ""
        status = process.wait(30)
    said += _rest(ours)
    os.close(ours)
    return said, status, out


def _until(terminal: int, words: str, within_s: float = 30) -> str:
    """Read until the words stand there, and the prompt behind them."""
    said, ends_at = "", time.monotonic() + within_s
    while words not in said or not said.endswith((": ", "] ")):
        if not select.select([terminal], [], [], max(0, ends_at - time.monotonic()))[0]:
            raise TimeoutError(f"{words!r} was not said, but {said!r}")
        said += os.read(terminal, 65_536).decode()
    return said


def _rest(terminal: int) -> str:
    said = b""
    try:
        while select.select([terminal], [], [], 0)[0] and (piece := os.read(terminal, 65_536)):
            said += piece
    except OSError:
        # The other end is closed: Linux says so with an error.
        pass
    return said.decode()
