"""The settings in force.

A value comes from the command line, else the environment, else the store, else its default.
"""

from collections.abc import Mapping
from typing import Any, Literal

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Setting as SettingRow
from butler.engine.call import Timeouts
from butler.engine.errors import ConfigError, problem
from butler.engine.patience import Patience
from butler.engine.setting_table import SETTINGS, Setting, Value

Source = Literal["command line", "environment", "stored", "default"]


class Settings:
    """The values in force, with where each comes from."""

    def __init__(
        self,
        stored: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        command_line: Mapping[str, Value] | None = None,
    ) -> None:
        """Raises ConfigError when a value from any source does not fit its setting."""
        self._environment = dict(environment or {})
        self._command_line = dict(command_line or {})
        self._values: dict[str, tuple[Value, Source]] = {}
        for setting in SETTINGS:
            self._values[setting.key] = self._resolve(setting, stored or {})

    def with_stored(self, stored: Mapping[str, Any]) -> "Settings":
        """Return the same sources over other stored values."""
        return Settings(stored, self._environment, self._command_line)

    def _resolve(self, setting: Setting, stored: Mapping[str, Any]) -> tuple[Value, Source]:
        if setting.key in self._command_line:
            return check(setting, self._command_line[setting.key]), "command line"
        if setting.env and self._environment.get(setting.env):
            value = _from_text(setting, self._environment[setting.env])
            return check(setting, value, f" (environment variable {setting.env})"), "environment"
        if setting.key in stored:
            return check(setting, stored[setting.key]), "stored"
        return setting.default, "default"

    def flag(self, key: str) -> bool:
        """Return a switch."""
        return bool(self._values[key][0])

    def number(self, key: str) -> int:
        """Return a whole number."""
        value = self._values[key][0]
        return value if isinstance(value, int) else 0

    def text(self, key: str) -> str | None:
        """Return a word, or None when it is not set."""
        value = self._values[key][0]
        return value if isinstance(value, str) and value else None

    def names(self, key: str) -> frozenset[str]:
        """Return words that stand with commas between, in lower case."""
        words = (self.text(key) or "").lower().split(",")
        return frozenset(word.strip() for word in words if word.strip())

    def timeouts(self) -> Timeouts:
        """Return the limits on upstreams."""
        return Timeouts(
            connect_ms=self.number("dispatch.connect_timeout_ms"),
            first_byte_ms=self.number("dispatch.first_byte_timeout_ms"),
            idle_ms=self.number("dispatch.idle_timeout_ms"),
            total_ms=self.number("dispatch.total_timeout_ms"),
        )

    def patience(self) -> Patience:
        """Return how hard calls try."""
        return Patience(
            retries=self.number("dispatch.retries"),
            retry_time_ms=self.number("dispatch.retry_time_ms"),
            queue_ms=self.number("dispatch.queue_ms"),
            heartbeat_ms=self.number("dispatch.heartbeat_ms"),
            breaker_failures=self.number("dispatch.breaker_failures"),
            breaker_cooldown_ms=self.number("dispatch.breaker_cooldown_ms"),
            policy_moves_on=self.flag("dispatch.policy_moves_on"),
            twin_wait_ms=self.number("dispatch.twin_wait_ms"),
            failure_memory_ms=self.number("dispatch.failure_memory_ms"),
        )

    def rows(self) -> list[SettingRow]:
        """Return every setting as the admin API shows it."""
        return [
            SettingRow(
                key=setting.key,
                type=setting.type,
                value=self._values[setting.key][0],
                default=setting.default,
                source=self._values[setting.key][1],
                minimum=setting.minimum,
                maximum=setting.maximum,
                choices=list(setting.choices) if setting.choices else None,
                applies=setting.applies,
                summary=setting.summary,
            )
            for setting in SETTINGS
        ]


def check(setting: Setting, value: object, where: str = "") -> Value:
    """Return the value when it fits the setting; raises ConfigError saying what would.

    `where` goes into the message: it says where the value comes from.
    """
    if value is None and setting.default is None:
        return None
    match setting.type:
        case "bool" if isinstance(value, bool):
            return value
        case "int" if isinstance(value, int) and not isinstance(value, bool):
            if _within(setting, value):
                return value
        case "str" if isinstance(value, str) and value.strip():
            if setting.choices is None or value in setting.choices:
                return value.strip()
        case "target" if isinstance(value, str) and "/" in value.strip("/"):
            return value.strip()
        case _:
            pass
    raise ConfigError(_misfit(setting, value, where))


def _within(setting: Setting, value: int) -> bool:
    low, high = setting.minimum, setting.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _from_text(setting: Setting, text: str) -> object:
    """Read an environment variable's text as the setting's type; misfits stay text."""
    if setting.type == "int":
        try:
            return int(text)
        except ValueError:
            return text
    if setting.type == "bool":
        return {"1": True, "true": True, "0": False, "false": False}.get(text.lower(), text)
    return text.lower() if setting.choices else text


def _misfit(setting: Setting, value: object, where: str) -> Problem:
    wanted = {
        "bool": "true or false",
        "int": f"a whole number from {setting.minimum} to {setting.maximum}",
        "target": "a target written provider/model",
        "str": "one of " + ", ".join(setting.choices) if setting.choices else "some text",
    }[setting.type]
    return problem(
        ProblemCode.INVALID,
        f"{setting.key}{where} can not be {value!r}.",
        f"It takes {wanted}.",
        setting.key,
    )
