"""What commands write is aligned, short, and says what to do."""

import pytest

from butler.commands.console import complain, complain_of, say, shorten, table
from butler.contract.problems import Problem, ProblemCode


def test_columns_are_aligned_and_wide_characters_count_as_two() -> None:
    assert table(("A", "NAME", "C"), [("1", "你好", "x"), ("22", "ab", "")]) == (
        "A   NAME  C\n1   你好  x\n22  ab"
    )
    assert table(("A",), []) == "A"


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("a longer text", 8, "a longe…"),
        ("你好世界", 5, "你好…"),
        ("你好世界", 6, "你好…"),
        (" two\n lines ", 20, "two lines"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_to_its_columns(text: str, columns: int, short: str) -> None:
    assert shorten(text, columns) == short


def test_lines_and_complaints(capsys: pytest.CaptureFixture[str]) -> None:
    say("done")
    say()
    complain("This went wrong.")
    complain_of(
        [
            Problem(code=ProblemCode.INVALID, field="name", detail="It is empty.", hint="Fill it."),
            Problem(code=ProblemCode.INVALID, field="name", detail="`name` is odd."),
            Problem(code=ProblemCode.INTERNAL, detail="No."),
        ]
    )
    written = capsys.readouterr()
    assert written.out == "done\n\n"
    assert written.err == (
        "butler: This went wrong.\n"
        "butler: name: It is empty.\n"
        "        Fill it.\n"
        "butler: `name` is odd.\n"
        "butler: No.\n"
    )
