"""The raw words of a language, as they lie in the file."""

import json

from butler.contract.places import resource


def words(language: str) -> dict[str, str]:
    """Return every key with its text."""
    read: dict[str, str] = json.loads(resource("i18n", f"{language}.json").read_bytes())
    return read
