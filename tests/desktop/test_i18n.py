"""Both languages are complete, and nothing in them is left over."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import butler.desktop
from butler.contract.problems import ProblemCode
from butler.contract.replay import Need
from butler.contract.resources import AttemptRow, CallRow, TraceStep
from butler.contract.tasks import Task
from butler.contract.texts import LANGUAGES
from butler.contract.wizard import Aim, Spending, UseCase
from butler.desktop.failure import FailureKind
from butler.desktop.i18n import preferred_language
from butler.desktop.layers import LAYERS
from butler.desktop.models.call_cells import Column
from butler.desktop.models.json_places import Fault
from butler.desktop.models.rule_hits import PERIODS, Standing
from butler.desktop.models.rule_marks import ODD
from butler.desktop.models.rule_set_changes import Change
from butler.desktop.models.rule_set_text import SCHEMA
from butler.desktop.models.spans import SPANS
from butler.desktop.models.trend import GROUPS, MEASURES
from butler.desktop.pages.playground import EXAMPLES as TRIED
from butler.desktop.pages.rules import TABS
from butler.desktop.state import Link
from butler.desktop.theme import Scheme
from butler.desktop.widgets.overview.figure_filter import DIMENSIONS
from butler.desktop.widgets.overview.times_card import WHATS
from butler.desktop.widgets.playground.input_card import FLAGS, NUMBERS
from butler.desktop.widgets.requests.log_filter import DIMENSIONS as FILTERED
from butler.desktop.widgets.requests.log_filter import HOWS, STATUSES, TIMES
from butler.desktop.widgets.rules.hit_columns import NAMES as COLUMNS
from butler.desktop.widgets.rules.hit_columns import SOUND
from butler.desktop.widgets.rules.time_machine import THRESHOLDS
from butler.desktop.widgets.rules.words_tab import EXAMPLES
from butler.desktop.widgets.settings.sections import OTHER, SECTIONS
from butler.engine.builtin import CONDITION_KINDS
from butler.engine.errors import FailureKind as AttemptFailure
from butler.engine.setting_table import SETTINGS
from tests.desktop.texts import words


def _choices(model: type, field: str) -> tuple[str, ...]:
    return model.model_fields[field].annotation.__args__


SAME = {
    *("rules.tab.json", "condition.value.p50", "condition.value.p95"),
    "token.models.example",
    "models.alias.example",
    *(f"window.language.{each}" for each in LANGUAGES),
}
_ENGINES_ENGLISH = {f"setting.{setting.key}" for setting in SETTINGS}
"""What the engine itself says in English, and only the translation says here."""
_WORDS = ("on", "off", "paused", "local_only")


_SAID_OTHERWISE = {
    "task": ("task", "task_sure"),
    "tokens": ("tokens.least", "tokens.most", "tokens.between"),
    "has_tools": ("has_tools.yes", "has_tools.no"),
    "thinking": ("thinking.yes", "thinking.no"),
    "contains_secrets": ("contains_secrets", "contains_secrets_any"),
    "private": ("private_any",),
}
"""Kinds of conditions whose words depend on what is in them."""
_SHOWN_AS_THEY_ARE = {"language", "contains_secrets"}


def _values() -> set[str]:
    """Every word that a condition can be made of, and the kinds of calls that tools tell."""
    listed = {
        value
        for kind in CONDITION_KINDS.values()
        if kind.kind not in _SHOWN_AS_THEY_ARE
        for field in kind.fields
        if field.type.startswith("choice")
        for value in field.type.partition(":")[2].split(",")
    }
    return listed | set(Task) | {"main", "title", "subagent", "compaction", "memory"}


_OTHER_PAGES = ("providers", "tokens", "settings", "engine")
WIZARD_STEPS = ("use_cases", "models", "spending", "aims", "review")
_CARED = ("restore", "vault", "bodies")
FAMILIES = {
    "problem": tuple(ProblemCode),
    "layer": LAYERS,
    "failure": tuple(AttemptFailure),
    "outcome": _choices(TraceStep, "outcome"),
    "attempt": _choices(AttemptRow, "outcome"),
    "usage": _choices(CallRow, "usage_source"),
    "column": tuple(column.name.lower() for column in Column),
    "page": (*("overview", "requests", "rules", "playground"), *_OTHER_PAGES),
    "provider": tuple(
        f"{what}.button" for what in ("test", "models", "key", "reveal", "rename", "remove")
    ),
    "settings": (*SECTIONS, OTHER),
    "window": (
        *(f"theme.{scheme}" for scheme in Scheme),
        *(f"language.{language}" for language in LANGUAGES),
    ),
    "filter": (
        *(f"status.{status}" for status in STATUSES),
        *(f"time.{name}" for name in TIMES),
        *(f"how.{name}" for name in HOWS),
        *FILTERED,
        *("time", "layers", "statuses", "how"),
    ),
    "export": ("csv", "jsonl"),
    "choice": ("refuse", "auto", "token", "shared", "off", "prompts", "full"),
    "token": tuple(
        [f"{what}.{part}" for what in ("rotate", "revoke") for part in ("sure", "what", "yes")]
        + [f"{what}.button" for what in ("copy", "edit", "rotate", "revoke")]
    ),
    "routing": (*(link for link in Link if link is not Link.RUNNING), *_WORDS),
    "tray": ("local_only", "paused"),
    "engine": tuple(
        f"{kind}.{part}"
        for kind in (*FailureKind, "starting", "stopped")
        for part in ("title", "text")
    ),
    "cost": ("unpriced.why", "unknown.why"),
    "group": (*GROUPS, *(f"none.{group}" for group in GROUPS)),
    "share": GROUPS,
    "measure": tuple(f"{each.name}{part}" for each in MEASURES for part in ("", ".unit")),
    "trend": tuple(f"none.{span.bucket}" for span in SPANS),
    "figures": (
        *(f"every.{dimension}" for dimension in DIMENSIONS),
        *(f"span.{span.bucket}{part}" for span in SPANS for part in ("", ".why", ".long")),
    ),
    "times": WHATS,
    "chart": ("chart", "table", "save", "csv", "png"),
    "models": (
        *("input_usd", "output_usd", "cached_usd", "image_usd"),
        *("thinking", "tools", "json_mode"),
    ),
    "care": (
        *(f"{what}{part}" for what in _CARED for part in ("", ".do", ".sure", ".what")),
        "backup",
        "backup.do",
        *(f"vault.in.{place}" for place in ("os_keyring", "environment", "key_file")),
    ),
    "figure": ("requests", "spent", "saved", "cached"),
    "rules": (
        *(f"tab.{name}" for name in TABS),
        *("import", "export", "wizard", "import.beside", "import.instead"),
    ),
    "rule": (
        *(f"thinking.{mode}" for mode in ("as_asked", "auto", "enabled", "disabled")),
        *(f"fallback.{what}" for what in ("sooner", "later", "remove")),
        *(f"bulk.{what}" for what in ("enable", "disable", "delete")),
        *(f"mark.{code}" for code in ODD),
        *(f"effect.needs.{need}" for need in get_args(Need)),
        *("duplicate", "history", "delete"),
    ),
    "words": (
        *(f"by.{by}" for by in ("auto", "model", "phrases")),
        *(f"example.{name}" for name in EXAMPLES),
    ),
    "draft": tuple(f"sample.{outcome}" for outcome in ("passed", "failed", "open")),
    "replay": (
        *(f"threshold.{key}" for key in THRESHOLDS),
        *("changed", "cost", "latency", "unknown", "moves", "moved"),
    ),
    "playground": (
        *(f"set.{key}" for key in (*NUMBERS, *FLAGS)),
        *(f"thinking.{source}" for source in ("rule", "request", "model")),
        *(f"example.{name}" for name in TRIED),
        *("text", "json", "past"),
    ),
    "condition": (
        *CONDITION_KINDS,
        *(f"says.{kind}" for kind in CONDITION_KINDS if kind not in _SAID_OTHERWISE),
        *(f"says.{name}" for forms in _SAID_OTHERWISE.values() for name in forms),
        *(
            f"field.{kind.kind}.{field.name}"
            for kind in CONDITION_KINDS.values()
            for field in kind.fields
        ),
        *(f"value.{value}" for value in _values()),
        *("add.condition", "add.group", "group.all", "group.any", "group.none"),
    ),
    "rules.json": (
        *(f"fault.{each}" for each in Fault),
        *(f"schema.{kind}" for kind in SCHEMA),
        *(f"change.{each}" for each in Change),
        *(f"{each}.{form}" for each in Change for form in ("one", "other")),
        *(f"elsewhere.{whose}" for whose in ("theirs", "mine")),
    ),
    "rules.hits": (
        *(f"period.{name}" for name in PERIODS),
        *(f"column.{name}" for name in COLUMNS),
        *(f"slot.{span.bucket}" for span in PERIODS.values()),
        *(f"is.{each}" for each in Standing if each not in SOUND),
        *(f"why.{each}" for each in (Standing.NEVER, Standing.OFF, Standing.GONE)),
    ),
    "guide": tuple(
        f"{step}.{part}" for step in ("answers", "tool", "request") for part in ("title", "text")
    ),
    "wizard": (
        *(f"{part}.{step}" for part in ("step", "text") for step in WIZARD_STEPS),
        *(f"ask.{field}" for field in ("use_cases", "models", "private", "spending", "aims")),
        *(f"use_cases.{each}{part}" for each in UseCase for part in ("", ".text")),
        *(f"spending.{each}{part}" for each in Spending for part in ("", ".text")),
        *(f"aims.{each}{part}" for each in Aim for part in ("", ".text")),
        *("text.private", "private.true", "private.false", "all", "none", "up", "down"),
        *("next", "apply"),
    ),
    "modality": ("text", "image", "audio", "pdf", "file", "video"),
    "task": tuple(Task),
    "thinking": ("auto", "disabled", "enabled", "high", "low", "medium", "minimal", "none"),
}
"""Keys that are put together at run time: the family, and what may follow it."""


def _in_families() -> set[str]:
    return {f"{family}.{name}" for family, names in FAMILIES.items() for name in names}


def _trees() -> Iterator[ast.AST]:
    folder = Path(butler.desktop.__file__).parent
    for file in folder.rglob("*.py"):
        yield ast.parse(file.read_text(encoding="utf-8"))


def _constants() -> set[str]:
    return {
        node.value
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _asked_for() -> set[str]:
    """The keys that some call of texts(…) or texts.count(…) names outright."""
    keys = set()
    for tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func).rpartition("texts")
            first = node.args[0]
            if called[1] and isinstance(first, ast.Constant) and called[2] in {"", ".count"}:
                keys |= {first.value} if not called[2] else {f"{first.value}.one"}
    return keys


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_both_languages_have_the_same_keys() -> None:
    assert set(words("en")) == {key for key in words("zh_CN") if key not in _ENGINES_ENGLISH}


def test_both_languages_have_the_same_fields() -> None:
    english, chinese = words("en"), words("zh_CN")
    assert {key for key in english if _fields(english[key]) != _fields(chinese[key])} == set()


def test_every_key_that_is_asked_for_is_there() -> None:
    wanted = _asked_for() | _in_families()
    assert len(_asked_for()) > 40
    assert wanted - set(words("en")) == set()


def test_every_key_is_asked_for_somewhere() -> None:
    named = _constants()
    plural = {f"{name}.{form}" for name in named for form in ("one", "other")}
    assert set(words("en")) - named - plural - _in_families() == set()


def test_chinese_is_chinese() -> None:
    same = {key for key, text in words("zh_CN").items() if text == words("en").get(key)}
    assert same == {"trace.decided", "format.ms", "format.s", *SAME}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_environment_can_choose(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUTLER_LANG", language)
    assert preferred_language() == language
