"""Rules as files: JSON and YAML of one shape, `{"version": 1, "rules": [...]}`."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

VERSION = 1
_FOR_READERS = ("built_in", "problems", "findings")
_MOST_BYTES = 16 * 1024 * 1024


class RuleFileError(Exception):
    """A file holds no rules, and why."""


def document_of(rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the document of rules as they are listed: what their owner wrote, with their ids."""
    written = [
        {key: value for key, value in rule.items() if key not in _FOR_READERS}
        for rule in rules
        if not rule.get("built_in")
    ]
    return {"version": VERSION, "rules": written}


def rules_text(document: Mapping[str, Any], *, as_yaml: bool) -> str:
    """Return a document as text."""
    if as_yaml:
        return _yaml_text(document)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def rules_from(raw: bytes) -> list[dict[str, Any]]:
    """Return the rules in a file, JSON or YAML; a list alone will do. Raises RuleFileError."""
    found = document_from(raw)
    rules = found.get("rules") if isinstance(found, dict) else found
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise RuleFileError("it holds no list of rules")
    version = found.get("version", VERSION) if isinstance(found, dict) else VERSION
    if version != VERSION:
        raise RuleFileError(f"it is of version {version}, and {VERSION} is known")
    return rules


def document_from(raw: bytes) -> Any:
    """Return what a file holds, a list or an object. Raises RuleFileError."""
    if len(raw) > _MOST_BYTES:
        raise RuleFileError("it is larger than 16 MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RuleFileError("it is no text in UTF-8") from None
    found = _read(text)
    if not isinstance(found, list | dict):
        raise RuleFileError("it holds neither a list nor an object")
    return found


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise RuleFileError("it is nested too deep") from None
    except ValueError as error:
        if text.lstrip().startswith(("{", "[")):
            raise RuleFileError(str(error)) from None
    try:
        # What JSON can not say, such as a date, is nothing that a rule can hold.
        return json.loads(json.dumps(yaml.safe_load(text), allow_nan=False))
    except yaml.YAMLError as error:
        raise RuleFileError(" ".join(str(error).split())) from None
    except (RecursionError, ValueError, TypeError) as error:
        raise RuleFileError(f"it holds what no rule can: {error}") from None


def _yaml_text(document: Mapping[str, Any]) -> str:
    written: str = yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False, width=100)
    return written
