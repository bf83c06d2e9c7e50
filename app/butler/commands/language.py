"""The language that the command line speaks: asked for outright, else that of the terminal."""

from collections.abc import Mapping, Sequence

from butler.contract.texts import Texts, closest_language, known_language, load_texts

VARIABLE = "BUTLER_LANG"
_OPTION = "--lang"
_VARIABLES = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set counts, as it does for other programs."""


def take_language(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return what `--lang` asks for, wherever it stands, and the other words.

    It has to be known before there is a parser to read it. One that we do not speak stays among
    the words, for the parser to refuse.
    """
    asked: str | None = None
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            return asked, [*rest, word, *left]
        option, equals, value = word.partition("=")
        taken = [word]
        if option == _OPTION and not equals:
            value = next(left, "")
            taken += [value] if value else []
        if option == _OPTION and known_language([value]):
            asked = value
        else:
            rest += taken
    return asked, rest


def speak(asked: str | None, environment: Mapping[str, str]) -> Texts:
    """Return the texts to speak with: those asked for, else those that the environment wants."""
    usual = (environment.get(name) for name in _VARIABLES)
    wanted = next((tag for tag in (asked, *usual) if tag), "")
    return texts_of(closest_language([wanted]))


def texts_of(language: str) -> Texts:
    """Return all that the command line says in one of our languages."""
    return load_texts(language, "cli")
