"""The words people read, in their language: flat JSON files, some for each language."""

import re
from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter

from butler.contract.places import resource
from butler.contract.problems import Problem

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

    def named(self, family: str, name: str, /, unknown: str | None = None) -> str:
        """Return the text of `family.name`, or `unknown` where the engine knows more than we.

        Meant for words that come from the engine, such as layers; without `unknown` the name
        itself stands in.
        """
        return self._words.get(f"{family}.{name}", name if unknown is None else unknown)

    def problem(self, problem: Problem) -> str:
        """Return what is wrong in one sentence; the engine's English where we have none."""
        return self._words.get(f"problem.{problem.code}", problem.detail)


def load_texts(language: str, *parts: str) -> Texts:
    """Read the texts of one of `LANGUAGES`: those that all share, and those of some parts."""
    words: dict[str, str] = {}
    for name in (language, *(f"{part}.{language}" for part in parts)):
        raw = resource("i18n", f"{name}.json").read_bytes()
        words |= TypeAdapter(dict[str, str]).validate_json(raw)
    return Texts(language, words)


def closest_language(wanted: Sequence[str]) -> str:
    """Return the first of `LANGUAGES` that someone who wants these, best first, can read."""
    return known_language(wanted) or LANGUAGES[0]


def known_language(wanted: Sequence[str]) -> str | None:
    """Return the first of `LANGUAGES` among these tags (`zh-Hans-CN`, `zh_CN.UTF-8`), or None."""
    ours = {_tongue(language): language for language in LANGUAGES}
    return next((ours[_tongue(tag)] for tag in wanted if _tongue(tag) in ours), None)


def _tongue(tag: str) -> str:
    return re.split(r"[-_.@]", tag)[0].lower()
