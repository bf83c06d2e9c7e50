"""Questions as they are written, and what is made of the answers."""

import io
import sys
from typing import Any

import pytest

from butler.commands.exit_codes import CommandFailed
from butler.commands.language import texts_of
from butler.commands.questions import ask_all, confirmed

EN = texts_of("en")


def form(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"steps": [{"id": "only", "questions": list(questions)}]}


def question(field: str, kind: str, *values: str) -> dict[str, Any]:
    choices = [{"value": value, "detail": ""} for value in values]
    return {"field": field, "type": kind, "choices": choices, "default": [values[0]]}


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_answers_by_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "2，1 2", "2", "3 1")
    asked = form(
        question("use_cases", "many", "coding", "chat"),
        question("private", "one", "true", "false"),
        question("aims", "order", "latency", "quality", "cost"),
    )
    assert ask_all(asked, EN) == {
        "use_cases": ["chat", "coding"],
        "private": False,
        "aims": ["cost", "latency"],
    }
    written = capsys.readouterr()
    assert written.out == ""
    assert "   1  Coding and debugging  Writing, explaining and mending code\n" in written.err
    assert "Keep secrets on this machine?" in written.err


def test_enter_is_the_usual_and_what_does_not_fit_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "0", "3", "x", "²", "1 2", "")
    assert ask_all(form(question("spending", "one", "saving", "quality")), EN) == {
        "spending": "saving"
    }
    said = capsys.readouterr().err
    assert said.count("Numbers from 1 to 2, please.") == 4
    assert said.count("One number, please.") == 1


def test_a_question_without_choices_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch)
    empty = {"field": "models", "type": "many", "choices": [], "default": []}
    assert ask_all(form(empty), EN) == {}
    with pytest.raises(CommandFailed) as failed:
        ask_all(form(question("spending", "one", "saving")), EN)
    assert failed.value.key == "answer.ended"


@pytest.mark.parametrize(
    ("typed_in", "means"), [("y", True), ("YES", True), ("", False), ("n", False), ("是", False)]
)
def test_only_a_yes_is_one(monkeypatch: pytest.MonkeyPatch, typed_in: str, means: bool) -> None:
    typed(monkeypatch, typed_in)
    assert confirmed(3, EN) is means
