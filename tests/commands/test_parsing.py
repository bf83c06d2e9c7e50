"""The parser speaks: help, usage and misuse, in columns as terminals count them."""

import pytest

from butler.commands.console import width
from butler.commands.language import texts_of
from butler.commands.parsing import Parser


def parser(language: str) -> Parser:
    tool = Parser(prog="tool", texts=texts_of(language), description="说明" * 60)
    tool.add_argument("name")
    tool.add_argument("--number", type=int, help="一个数字，" * 20)
    tool.add_argument("--size", choices=("small", "large"))
    tool.add_argument("--sizes", action="store_true")
    tool.add_switch()
    tool.add_repeated("--model", "ID", "option.model")
    return tool


@pytest.mark.parametrize(
    ("words", "said", "chinese"),
    [
        ([], "these are missing: name", "缺少：name"),
        (["x", "--nonsense"], "not understood: --nonsense", "无法理解：--nonsense"),
        (["x", "--number"], "--number needs a value", "--number 需要一个值"),
        (["x", "--sizes=3"], "--sizes takes no value", "--sizes 不接受值"),
        (["x", "--s", "small"], "--s could be --size, --sizes", "--s 可能指 --size, --sizes"),
        (["x", "--number", "much"], "--number can not be 'much'; it is a whole", "应为整数"),
        (["x", "--size", "huge"], "--size can not be 'huge'; it is one of ", "可选："),
    ],
)
def test_misuse(
    words: list[str], said: str, chinese: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, usage, told in (("en", "usage: tool ", said), ("zh_CN", "用法：tool ", chinese)):
        with pytest.raises(SystemExit) as end:
            parser(language).parse_args(words)
        written = capsys.readouterr()
        assert (end.value.code, written.out) == (2, "")
        assert written.err.startswith(usage)
        assert told in written.err


def test_help_fits_into_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = parser("zh_CN").format_help()
    assert max(width(line) for line in text.splitlines()[3:]) <= 60
    assert "".join(text.split()).count("说明") == 60
    assert "显示本帮助并退出" in text


def test_switches_and_repeated_options() -> None:
    read = parser("en").parse_args
    assert (read(["x"]).enabled, read(["x"]).model) == (None, [])
    args = read(["x", "--disable", "--model", "a", "--model", "b"])
    assert (args.enabled, args.model) == (False, ["a", "b"])
