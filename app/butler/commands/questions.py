"""Questions on a terminal: numbered choices, Enter takes what is usual.

What is asked is written to standard error, so that standard output holds the result alone.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from butler.commands.console import padded, width
from butler.commands.exit_codes import CommandFailed
from butler.contract.texts import Texts

_PROMPTS = {"many": "answer.many", "one": "answer.one", "order": "answer.order"}
_NUMBERS = re.compile(r"[\s,;，、]+")


def ask_all(form: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """Ask every question of the wizard's form; returns the answers by their field.

    Raises CommandFailed where the input ends before.
    """
    questions = [question for step in form["steps"] for question in step["questions"]]
    return {
        question["field"]: _asked(question, texts) for question in questions if question["choices"]
    }


def confirmed(rules: int, texts: Texts) -> bool:
    """Ask whether so many rules are to be stored; only a yes is one."""
    answer = _read(texts("answer.apply", number=rules), texts).strip().casefold()
    return answer in {"y", "yes", texts("answer.yes").casefold()}


def _asked(question: Mapping[str, Any], texts: Texts) -> Any:
    field, kind = question["field"], question["type"]
    choices = question["choices"]
    values = [choice["value"] for choice in choices]
    names = [_name(field, value, texts) for value in values]
    _write(f"\n{texts(f'wizard.ask.{field}')}\n")
    columns = max(map(width, names))
    for number, (name, choice) in enumerate(zip(names, choices, strict=True), 1):
        detail = choice["detail"] or texts.named(f"wizard.{field}", f"{choice['value']}.text", "")
        _write(f"{number:>4}  {padded(name, columns)}  {detail}".rstrip() + "\n")
    default = [values.index(value) + 1 for value in question["default"]]
    prompt = texts(_PROMPTS[kind], default=" ".join(map(str, default)))
    chosen = [values[number - 1] for number in _numbers(prompt, kind, default, texts, len(values))]
    if kind != "one":
        return chosen
    return {"true": True, "false": False}.get(chosen[0], chosen[0])


def _name(field: str, value: str, texts: Texts) -> str:
    return texts.named(f"wizard.{field}", value)


def _numbers(
    prompt: str, kind: str, default: Sequence[int], texts: Texts, last: int
) -> Sequence[int]:
    """Ask until there are numbers that fit; nothing is what is usual."""
    while True:
        words = [word for word in _NUMBERS.split(_read(prompt, texts)) if word]
        if not words:
            return default
        if not all(word.isascii() and word.isdigit() and 1 <= int(word) <= last for word in words):
            _write(texts("answer.unknown", last=last) + "\n")
        elif kind == "one" and len(words) > 1:
            _write(texts("answer.one_only") + "\n")
        else:
            return list(dict.fromkeys(map(int, words)))


def _read(prompt: str, texts: Texts) -> str:
    _write(prompt)
    line = sys.stdin.readline()
    if not line:
        raise CommandFailed("answer.ended")
    return line


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
