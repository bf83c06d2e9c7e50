"""The words people read, in their language: one flat JSON file per language."""

import os
from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter
from PySide6.QtCore import QLocale

from butler.contract.problems import Problem
from butler.desktop.resources import resource

LANGUAGES = ("en", "zh_CN")


class Texts:
    """Looks up texts by key; keys are dotted, values may hold `{named}` fields."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self.language = language
        self._words = words

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of `key` with its fields filled in; an unknown key is a KeyError."""
        return self._words[key].format(**values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Return the singular (`key.one`) or plural (`key.other`) with `{number}` filled in."""
        form = "one" if number == 1 else "other"
        return self(f"{key}.{form}", number=f"{number:,}", **values)

    def named(self, family: str, name: str, /) -> str:
        """Return the text of `family.name`, or `name` itself where the engine knows more than we.

        Meant for words that come from the engine, such as layers.
        """
        return self._words.get(f"{family}.{name}", name)

    def problem(self, problem: Problem) -> str:
        """Return what is wrong in one sentence; the engine's English where we have none."""
        return self._words.get(f"problem.{problem.code}", problem.detail)


def load_texts(language: str) -> Texts:
    """Read the texts of one of `LANGUAGES`."""
    raw = resource("i18n", f"{language}.json").read_bytes()
    return Texts(language, TypeAdapter(dict[str, str]).validate_json(raw))


def preferred_language() -> str:
    """Return the language to use: `BUTLER_LANGUAGE`, else the system's, else English."""
    chosen = os.environ.get("BUTLER_LANGUAGE")
    return closest_language([chosen] if chosen else QLocale.system().uiLanguages())


def closest_language(wanted: Sequence[str]) -> str:
    """Return the first of `LANGUAGES` that someone who wants these, best first, can read."""
    ours = {language.partition("_")[0]: language for language in LANGUAGES}
    for tag in wanted:
        language = ours.get(tag.replace("-", "_").partition("_")[0].lower())
        if language:
            return language
    return LANGUAGES[0]
