"""Every setting once: where its value comes from, and what it takes."""

import ipaddress
import itertools
from pathlib import Path
from typing import Any

import pytest

import butler
from butler.engine.errors import ConfigError
from butler.engine.listening import Place, listen
from butler.engine.setting_table import BY_KEY, SETTINGS
from butler.engine.settings import Settings, check

PORT = "server.port"

ANYWHERE = "0.0.0.0"  # noqa: S104 - nobody connects to it here


def source_of(settings: Settings, key: str) -> tuple[Any, str]:
    row = next(row for row in settings.rows() if row.key == key)
    return row.value, row.source


@pytest.mark.parametrize("given", list(itertools.product([True, False], repeat=3)))
def test_precedence(given: tuple[bool, bool, bool]) -> None:
    line, environment, stored = given
    settings = Settings(
        {PORT: 3} if stored else {},
        {"BUTLER_PORT": "2"} if environment else {"BUTLER_PORT": ""},
        {PORT: 1} if line else {},
    )
    expected = next(
        found
        for found, is_given in (
            ((1, "command line"), line),
            ((2, "environment"), environment),
            ((3, "stored"), stored),
            ((8080, "default"), True),
        )
        if is_given
    )
    assert source_of(settings, PORT) == expected
    assert settings.number(PORT) == expected[0]


def test_other_stored_values_leave_the_other_sources_in_place() -> None:
    first = Settings({}, {"BUTLER_PORT": "2"}, {"admin.port": 1})
    second = first.with_stored({PORT: 3, "admin.port": 3, "routing.enabled": False})
    assert (second.number(PORT), second.number("admin.port")) == (2, 1)
    assert (second.flag("routing.enabled"), first.flag("routing.enabled")) == (False, True)


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("routing.enabled", False, False),
        ("routing.default_target", None, None),
        ("routing.default_target", " acme/org/model ", "acme/org/model"),
        ("server.host", " 0.0.0.0 ", ANYWHERE),
        ("server.port", 0, 0),
        ("server.port", 65535, 65535),
        ("log.level", "debug", "debug"),
        ("dispatch.idle_timeout_ms", 1000, 1000),
    ],
)
def test_what_fits(key: str, value: Any, kept: Any) -> None:
    assert check(BY_KEY[key], value) == kept


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("routing.enabled", 1),
        ("routing.enabled", None),
        ("routing.enabled", "true"),
        ("routing.default_target", "alpha"),
        ("routing.default_target", "/alpha/"),
        ("routing.default_target", 7),
        ("server.host", ""),
        ("server.host", "  "),
        ("server.host", None),
        ("server.port", 65536),
        ("server.port", -1),
        ("server.port", True),
        ("server.port", 8080.0),
        ("server.port", "8080"),
        ("log.level", "loud"),
        ("log.level", "DEBUG"),
        ("dispatch.idle_timeout_ms", 999),
    ],
)
def test_what_does_not_fit_says_what_would(key: str, value: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        check(BY_KEY[key], value)
    (problem,) = caught.value.problems
    assert problem.field == key
    assert key in problem.detail
    assert (problem.hint or "").startswith("It takes ")


@pytest.mark.parametrize(
    ("variable", "text", "key", "value"),
    [
        ("BUTLER_PORT", "9000", "server.port", 9000),
        ("BUTLER_ADMIN_PORT", " 0 ", "admin.port", 0),
        ("BUTLER_HOST", ANYWHERE, "server.host", ANYWHERE),
        ("BUTLER_ADMIN_HOST", "::1", "admin.host", "::1"),
        ("BUTLER_LOG_LEVEL", "WARNING", "log.level", "warning"),
    ],
)
def test_the_environment(variable: str, text: str, key: str, value: Any) -> None:
    assert source_of(Settings({}, {variable: text}), key) == (value, "environment")


@pytest.mark.parametrize(
    ("variable", "text"),
    [("BUTLER_PORT", "eighty"), ("BUTLER_PORT", "99999"), ("BUTLER_LOG_LEVEL", "loud")],
)
def test_an_environment_that_does_not_fit_is_named(variable: str, text: str) -> None:
    with pytest.raises(ConfigError, match=variable):
        Settings({}, {variable: text})


def test_every_setting_is_sound() -> None:
    assert len(BY_KEY) == len(SETTINGS)
    for setting in SETTINGS:
        assert check(setting, setting.default) == setting.default
        assert setting.summary.endswith(".")
    rows = Settings().rows()
    assert [row.key for row in rows] == [setting.key for setting in SETTINGS]
    assert {row.source for row in rows} == {"default"}


def test_no_setting_is_wired_to_nothing() -> None:
    package = Path(butler.__file__).parent
    text = "\n".join(file.read_text(encoding="utf-8") for file in package.rglob("*.py"))
    assert [key for key in BY_KEY if text.count(f'"{key}"') < 2] == []


def test_by_default_only_this_machine_can_knock() -> None:
    for key in ("server.host", "admin.host"):
        sockets = listen(Place(key, Settings().text(key) or "", 0, "--port", "BUTLER_PORT"))
        try:
            hosts = [opened.getsockname()[0] for opened in sockets]
        finally:
            for opened in sockets:
                opened.close()
        assert hosts
        assert all(ipaddress.ip_address(host).is_loopback for host in hosts)


def test_text_that_is_not_set_is_none() -> None:
    assert Settings().text("routing.default_target") is None
    assert Settings().text("server.host") == "localhost"


def test_timeouts() -> None:
    limits = Settings({"dispatch.idle_timeout_ms": 5_000}).timeouts()
    assert (limits.connect_ms, limits.first_byte_ms) == (10_000, 180_000)
    assert (limits.idle_ms, limits.total_ms) == (5_000, 1_800_000)


def test_only_a_value_from_the_environment_is_told_by_its_variable() -> None:
    with pytest.raises(ConfigError, match=r"environment variable BUTLER_PORT\) can not be"):
        Settings({}, {"BUTLER_PORT": "eighty"})
    for stored, line in (({"server.port": "x"}, {}), ({}, {"server.port": "x"})):
        with pytest.raises(ConfigError) as refused:
            Settings(stored, {}, line)
        assert "BUTLER_PORT" not in refused.value.problems[0].detail
