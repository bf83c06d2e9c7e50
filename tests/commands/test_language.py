"""The language of the command line: from its option, else from the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from butler.commands.language import speak, take_language
from tests.commands.conftest import Run

APP = Path(__file__).resolve().parents[2] / "app"


@pytest.mark.parametrize(
    ("words", "asked", "rest"),
    [
        ("token list", None, "token list"),
        ("--lang zh token list", "zh", "token list"),
        ("token list --lang=zh_CN --json", "zh_CN", "token list --json"),
        ("token --lang en list --lang zh", "zh", "token list"),
        ("--lang", None, "--lang"),
        ("--lang de doctor", None, "--lang de doctor"),
        ("explain -- --lang zh", None, "explain -- --lang zh"),
    ],
)
def test_the_option_may_stand_anywhere(words: str, asked: str | None, rest: str) -> None:
    assert take_language(words.split()) == (asked, rest.split())


@pytest.mark.parametrize(
    ("environment", "asked", "language"),
    [
        ({}, None, "en"),
        ({"LANG": "zh_CN.UTF-8"}, None, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, None, "en"),
        ({"LANG": "en_GB", "LC_MESSAGES": "zh_SG"}, None, "zh_CN"),
        ({"LANG": "de_DE.UTF-8"}, None, "en"),
        ({"BUTLER_LANG": "zh", "LC_ALL": "en_US"}, None, "zh_CN"),
        ({"BUTLER_LANG": "", "LANG": "zh_CN"}, None, "zh_CN"),
        ({"LC_ALL": "zh_CN"}, "en", "en"),
        ({}, "zh-Hans", "zh_CN"),
    ],
)
def test_the_language(environment: dict[str, str], asked: str | None, language: str) -> None:
    assert speak(asked, environment).language == language


def test_a_language_that_we_do_not_speak_is_misuse(butler: Run) -> None:
    done = butler("--lang", "de", "doctor")
    assert (done.status, "--lang can not be 'de'" in done.err) == (2, True)


def test_commands_speak_and_their_json_does_not(butler: Run) -> None:
    english = butler("rule", "list", "--json").out
    assert "名称" in butler("--lang", "zh_CN", "rule", "list").out
    assert butler("rule", "list", "--json", "--lang=zh").out == english
    refused = butler("--lang", "zh", "rule", "remove", "nobody")
    assert (refused.status, "这里没有这一项" in refused.err) == (1, True)
    misused = butler("--lang", "zh", "token", "add")
    assert (misused.status, "缺少" in misused.err) == (2, True)
    failed = butler("--lang", "zh", "config", "import", "none.yaml")
    assert (failed.status, "无法读取" in failed.err) == (2, True)


@pytest.mark.parametrize(("option", "usage"), [((), "用法："), (("--lang", "en"), "usage: ")])
def test_the_terminal_decides_in_a_process_of_its_own(option: tuple[str, ...], usage: str) -> None:
    environment = {"LC_ALL": "zh_CN.UTF-8", "PYTHONPATH": str(APP), "PATH": os.environ["PATH"]}
    words = [sys.executable, "-m", "butler", *option, "--help"]
    done = subprocess.run(words, capture_output=True, env=environment, check=True)
    assert done.stdout.decode().startswith(usage)
