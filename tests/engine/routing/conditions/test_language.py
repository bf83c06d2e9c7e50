"""The language of the user's words."""

from tests.engine.routing.calls import condition, match, refusal, saying


def test_the_language_is_compared() -> None:
    chinese = {"kind": "language", "languages": ["zh", "ja"]}
    found = match(chinese, "请用 Python 写一个函数")
    assert found is not None
    assert found.reason == "language is zh"
    assert match(chinese, "Please write a function in Python") is None
    assert condition(chinese).match(saying("x = 1")) is None


def test_an_unknown_language_is_refused() -> None:
    assert refusal({"kind": "language", "languages": ["tlh"]}).field == "when.languages"
