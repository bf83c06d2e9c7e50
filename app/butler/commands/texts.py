"""The words of the command line: English in the code, other languages from `resources/i18n`.

A language's `cli.LANGUAGE.json` gives for every English sentence its own; what it lacks stays
English. Problems of the engine are known by their code, as in the desktop.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType

import orjson

from butler.contract.places import resource
from butler.contract.problems import Problem
from butler.contract.texts import LANGUAGES, closest_language

ENGLISH = LANGUAGES[0]
_VARIABLES = ("BUTLER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_words: ContextVar[Mapping[str, str]] = ContextVar("words", default=MappingProxyType({}))


def choose_language(environment: Mapping[str, str], chosen: str | None = None) -> str:
    """Return the language to speak: the chosen one, else what the environment wants."""
    wanted = [chosen, *(environment.get(name) for name in _VARIABLES)]
    return closest_language([text for text in wanted if text][:1])


def speak(language: str) -> None:
    """Speak this language from here on, in this thread and what it begins."""
    _words.set(words_of(language))


def words_of(language: str) -> Mapping[str, str]:
    """Return a language's sentences by their English, and its problems by `problem.CODE`."""
    if language == ENGLISH:
        return {}
    shown: dict[str, str] = orjson.loads(resource("i18n", f"{language}.json").read_bytes())
    problems = {key: text for key, text in shown.items() if key.startswith("problem.")}
    said: dict[str, str] = orjson.loads(resource("i18n", f"cli.{language}.json").read_bytes())
    return problems | said


def tr(english: str, /, **values: object) -> str:
    """Return a sentence in the language that is spoken, its `{named}` fields filled in."""
    text = _words.get().get(english, english)
    return text.format(**values) if values else text


def problem_text(found: Problem) -> str:
    """Return what is wrong: the engine's own words, after those of the language for its code."""
    known = _words.get().get(f"problem.{found.code}")
    detail = tr(found.detail)
    return f"{known} ({detail})" if known and detail == found.detail else detail
