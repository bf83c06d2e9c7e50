"""`butler setting`: values are read as their type, stored, told, and given back."""

import pytest

from tests.commands.conftest import Run, beside
from tests.e2e.house import House


def row(run: Run, key: str) -> dict[str, object]:
    (found,) = [one for one in run("setting", "list", "--json").json if one["key"] == key]
    return dict(found)


def test_a_life(butler: Run) -> None:
    listed = butler("setting", "list").out.splitlines()
    assert listed[0].split() == ["KEY", "VALUE", "FROM", "WHAT", "IT", "IS"]
    assert listed[1].split()[:3] == ["routing.enabled", "true", "default"]
    assert listed[2].split()[:3] == ["routing.default_target", "-", "default"]
    done = butler("setting", "set", "server.port", "9000")
    assert (done.status, done.out) == (0, "server.port is 9000 now (stored).\n")
    assert row(butler, "server.port").items() >= {"value": 9000, "source": "stored"}.items()
    assert butler("setting", "reset", "server.port").out == "server.port is 8080 now (default).\n"
    assert row(butler, "server.port")["source"] == "default"


@pytest.mark.parametrize(
    ("key", "word", "value"),
    [
        ("routing.enabled", "false", False),
        ("dispatch.connect_timeout_ms", "500", 500),
        ("log.level", "debug", "debug"),
        ("server.host", "127.0.0.1", "127.0.0.1"),
        ("server.host", "null", "null"),
        ("server.host", '"quoted"', '"quoted"'),
    ],
)
def test_a_word_is_true_false_a_number_or_text(
    butler: Run, key: str, word: str, value: object
) -> None:
    done = butler("setting", "set", key, word, "--json")
    assert done.status == 0, done.err
    assert (done.json["key"], done.json["value"]) == (key, value)
    assert row(butler, key) == done.json


def test_the_default_target(butler: Run) -> None:
    add = ("provider", "add", "acme", "--base-url", "http://127.0.0.1:9", "--model", "alpha")
    assert butler(*add, "--model", "beta").status == 0
    assert butler("setting", "set", "routing.default_target", "acme/beta").status == 0
    assert butler("explain", "--json", "hello").json["target"] == "acme/beta"
    unknown = butler("setting", "set", "routing.default_target", "acme/gone")
    assert (unknown.status, "acme/gone" in unknown.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", "server.port", "eighty"), "whole number"),
        (("set", "server.port", "1.5"), "whole number"),
        (("set", "log.level", "loud"), "one of debug"),
        (("set", "colour", "red"), "no setting 'colour'"),
        (("reset", "colour"), "no setting 'colour'"),
    ],
)
def test_what_does_not_fit_is_refused(butler: Run, words: tuple[str, ...], told: str) -> None:
    before = butler("setting", "list").out
    done = butler("setting", *words)
    assert (done.status, done.out, told in done.err) == (1, "", True)
    assert butler("setting", "list").out == before


def test_a_value_that_the_environment_beats(butler: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUTLER_PORT", "7000")
    done = butler("setting", "set", "server.port", "9000")
    assert done.out == "Stored, but server.port is 7000 all the same: the environment says so.\n"
    monkeypatch.delenv("BUTLER_PORT")
    assert row(butler, "server.port")["value"] == 9000


async def test_a_running_engine_says_when_it_counts(house: House, butler: Run) -> None:
    live = await beside(butler, "setting", "set", "routing.enabled", "false")
    assert live.out == "routing.enabled is false now (stored).\n"
    later = await beside(butler, "setting", "set", "log.level", "debug")
    assert later.out == "log.level is debug from the engine's next start on (stored).\n"
