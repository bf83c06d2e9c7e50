"""Both languages of the command line are complete, and no command says anything of its own."""

import argparse
import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import butler.commands
from butler.cli import COMMANDS, command_parser
from butler.commands.console import width
from butler.commands.language import texts_of
from butler.commands.parsing import MISUSES
from butler.contract.arbiter import ArbiterPhase
from butler.contract.replay import Need
from butler.contract.resources import CallRow, Modality, Product, State
from butler.contract.statistics import GroupBy
from butler.contract.texts import LANGUAGES
from butler.engine.setting_table import SETTINGS
from butler.engine.settings import Source
from tests.desktop.texts import words

FOLDER = Path(butler.commands.__file__).parent
SOURCES = [FOLDER.parent / "cli.py", *sorted(FOLDER.glob("*.py"))]
FAILED = ("failed.no_json", "failed.no_object")
ENGINES_OWN = ("setting.", "check.")
"""Families for which the engine itself has the English words."""
SAME = {"ability.json_mode", "title.id", *(f"title.p{part}" for part in (50, 90, 95, 99))}
DATA = {"demo.py": {"PROMPTS"}, "parsing.py": {"MISUSES"}}
"""What is no text of ours: the demo's questions, what the library says of misuse."""
NO_TEXTS = {"command line", "The engine's answer can not be read."}
"""A name in the API, and a sentence that stands in for the engine's own English."""
PUT_TOGETHER = (
    *("ability.", "doctor.", "explain.", "help.", "option.", "request.", "source.", "stats."),
    "status.",
    "title.",
)
"""Families whose keys are put together at run time, the last part from a word of the code."""


def said(language: str) -> dict[str, str]:
    """The texts of the command line alone."""
    return words(f"cli.{language}")


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def constants(file: Path) -> Iterator[str]:
    """Every text in a file that is no docstring and no data."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in DATA.get(file.name, ()):
            silent |= {id(part) for part in ast.walk(node.value)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def is_sentence(text: str) -> bool:
    """Whether people would read it: two words, or what ends like a sentence."""
    return bool(re.search(r"[A-Za-z]{2,} [a-z]{2,}|^[A-Z].*[.:!?] ?$", text))


def parsers() -> Iterator[argparse.ArgumentParser]:
    """The parsers of all commands and actions, in English."""
    left: list[argparse.ArgumentParser] = [command_parser(texts_of("en"), COMMANDS)]
    while left:
        parser = left.pop()
        yield parser
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                left += action.choices.values()


def test_both_languages_have_the_same_keys() -> None:
    more = set(said("zh_CN")) - set(said("en"))
    assert set(said("en")) <= set(said("zh_CN"))
    assert {key for key in more if not key.startswith(ENGINES_OWN)} == set()


def test_both_languages_have_the_same_fields() -> None:
    english, chinese = said("en"), said("zh_CN")
    assert {key for key in english if fields(english[key]) != fields(chinese[key])} == set()


def test_no_key_is_also_one_of_the_desktop() -> None:
    assert set(said("en")) & set(words("en")) == set()
    assert set(said("zh_CN")) & set(words("zh_CN")) == set()


def test_chinese_is_chinese() -> None:
    same = {key for key, text in said("zh_CN").items() if text == said("en").get(key)}
    assert same == SAME


def test_every_setting_has_its_chinese() -> None:
    wanted = {f"setting.{setting.key}" for setting in SETTINGS}
    sentences = {key for key in words("en") if key.startswith("setting.")}
    assert wanted == {key for key in words("zh_CN") if key.startswith("setting.")} - sentences


def test_commands_say_nothing_of_their_own() -> None:
    found = {
        f"{file.name}: {text!r}"
        for file in SOURCES
        for text in constants(file)
        if is_sentence(text) and text not in NO_TEXTS and "butler provider add" not in text
    }
    assert found == set()


def test_every_key_that_is_asked_for_is_there() -> None:
    families = {key.partition(".")[0] for key in said("en")}
    asked = {
        text
        for file in SOURCES
        for text in constants(file)
        if re.fullmatch(r"[a-z]+(\.[a-z_0-9]+)+", text) and text.partition(".")[0] in families
    }
    assert len(asked) > 100
    known = set(words("en")) | set(said("en"))
    stems = {text for text in asked if any(key.startswith(f"{text}.") for key in known)}
    assert asked - known - stems - {"log.level"} == set()


def test_every_key_is_asked_for_somewhere() -> None:
    named = {text for file in SOURCES for text in constants(file)}
    named |= {
        f"help.{parser.prog.removeprefix('butler ').replace(' ', '.')}" for parser in parsers()
    }
    named |= {f"{name}.{kind}" for name in FAILED for kind in ("file", "input")}
    named |= set(MISUSES)
    named |= {f"source.{name.replace(' ', '_')}" for name in get_args(Source)}
    named |= {f"product.{name}" for name in get_args(Product) if name != "chat"}
    named |= {f"ability.{name}" for name in (*get_args(Modality), "tools", "json_mode", "thinking")}
    named |= {f"state.{state}" for state in State}
    named |= {f"status.arbiter_{phase}" for phase in get_args(ArbiterPhase)}
    named |= {f"title.{name}" for name in get_args(GroupBy)}
    named |= {f"trial.needs.{need}" for need in get_args(Need)}
    named |= {f"cost.{name}" for name in get_args(CallRow.model_fields["cost_source"].annotation)}
    left = {
        key
        for key in set(said("en")) - named
        if not (key.startswith(PUT_TOGETHER) and key.rpartition(".")[2] in named)
    }
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_renders(command: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    left: list[argparse.ArgumentParser] = [command_parser(texts_of(language), [command])]
    while left:
        parser = left.pop()
        text = parser.format_help()
        assert all(width(line) <= 100 for line in text.splitlines()), text
        assert bool(re.search("[\u4e00-\u9fff]", text)) == (language == "zh_CN")
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                left += [action.choices[command]] if command in action.choices else []
                left += [] if command in action.choices else action.choices.values()
