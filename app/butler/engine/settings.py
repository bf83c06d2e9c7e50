"""Every setting, declared once: key, type, default, range, and when a change takes effect.

A value comes from the command line, else the environment, else the store, else its default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Setting as SettingRow
from butler.engine.call import Timeouts
from butler.engine.errors import ConfigError, problem
from butler.engine.patience import Patience

Value = bool | int | str | None
Source = Literal["command line", "environment", "stored", "default"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `minimum` and `maximum` bound whole numbers, `choices` words."""

    key: str
    type: Literal["bool", "int", "str", "target"]
    default: Value
    summary: str
    applies: Literal["live", "restart"] = "live"
    env: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] | None = None


_HOUR_MS = 3_600_000

SETTINGS: tuple[Setting, ...] = (
    Setting("routing.enabled", "bool", True, "Decide for `auto`; off: the default answers."),
    Setting("routing.default_target", "target", None, "What answers when no rule matches."),
    Setting("routing.sticky", "bool", True, "Keep a conversation where its prompt is cached."),
    Setting("routing.sticky_idle_s", "int", 300, "How long caches last.", minimum=1, maximum=3600),
    Setting("routing.sticky_least_tokens", "int", 1_024, "The least that is worth it.", minimum=0),
    Setting(
        "privacy.local_only", "bool", False, "Let no call leave this machine: local models only."
    ),
    Setting(
        "server.host",
        "str",
        "localhost",
        "Address of the endpoint; `localhost` is 127.0.0.1 and ::1.",
        "restart",
        "BUTLER_HOST",
    ),
    Setting(
        "server.port",
        "int",
        8080,
        "Port of the endpoint; 0 takes a free one.",
        "restart",
        "BUTLER_PORT",
        0,
        65535,
    ),
    Setting(
        "server.allowed_hosts",
        "str",
        None,
        "More names of this machine under which it may be called, with commas between.",
    ),
    Setting(
        "server.allowed_origins",
        "str",
        None,
        "Origins whose web pages may use the endpoint, such as https://chat.example, with commas.",
    ),
    Setting(
        "admin.host",
        "str",
        "localhost",
        "Address of the admin API.",
        "restart",
        "BUTLER_ADMIN_HOST",
    ),
    Setting(
        "admin.port",
        "int",
        8081,
        "Port of the admin API; 0 takes a free one.",
        "restart",
        "BUTLER_ADMIN_PORT",
        0,
        65535,
    ),
    Setting(
        "log.level",
        "str",
        "info",
        "How much the engine writes to its output.",
        "restart",
        "BUTLER_LOG_LEVEL",
        choices=("debug", "info", "warning", "error"),
    ),
    Setting(
        "history.keep",
        "int",
        500,
        "How many changes of the configuration can be told and undone.",
        minimum=10,
        maximum=10_000,
    ),
    Setting(
        "savings.baseline",
        "target",
        None,
        "The model whose prices savings are counted against; without one none are shown.",
    ),
    Setting(
        "log.bodies",
        "str",
        "off",
        "What to keep of the words of calls, sealed: nothing, what was asked, or the answer too.",
        choices=("off", "prompts", "full"),
    ),
    Setting("log.redact", "bool", True, "Mask keys and passwords in kept words."),
    Setting(
        "log.bodies_days",
        "int",
        7,
        "How many days kept words stay; 0: for ever.",
        minimum=0,
        maximum=36_500,
    ),
    Setting(
        "log.requests_days",
        "int",
        365,
        "How many days requests stay in the log; 0: for ever.",
        minimum=0,
        maximum=36_500,
    ),
    Setting(
        "log.statistics_days",
        "int",
        0,
        "How many days statistics stay, without the requests they count; 0: for ever.",
        minimum=0,
        maximum=36_500,
    ),
    Setting(
        "dispatch.connect_timeout_ms",
        "int",
        10_000,
        "How long a provider may take to accept a connection.",
        minimum=100,
        maximum=120_000,
    ),
    Setting(
        "dispatch.first_byte_timeout_ms",
        "int",
        180_000,
        "How long a streamed answer may take to begin.",
        minimum=1_000,
        maximum=_HOUR_MS,
    ),
    Setting(
        "dispatch.idle_timeout_ms",
        "int",
        120_000,
        "How long a stream may be silent once it has begun.",
        minimum=1_000,
        maximum=_HOUR_MS,
    ),
    Setting(
        "dispatch.total_timeout_ms",
        "int",
        _HOUR_MS // 2,
        "How long one answer may take in all.",
        minimum=1_000,
        maximum=24 * _HOUR_MS,
    ),
    Setting(
        "dispatch.retries",
        "int",
        2,
        "How often a model that fails for the moment is asked again.",
        minimum=0,
        maximum=10,
    ),
    Setting(
        "dispatch.retry_time_ms",
        "int",
        10_000,
        "How long after its start a call may still be tried again at the same model.",
        minimum=0,
        maximum=600_000,
    ),
    Setting(
        "dispatch.queue_ms",
        "int",
        10_000,
        "How long a call waits for a place at a provider that takes only some at once.",
        minimum=0,
        maximum=600_000,
    ),
    Setting(
        "dispatch.heartbeat_ms",
        "int",
        15_000,
        "How long a stream's client hears nothing before it is told that we are still here.",
        minimum=100,
        maximum=_HOUR_MS,
    ),
    Setting(
        "dispatch.breaker_failures",
        "int",
        5,
        "How many failures within a minute keep calls away from a model; 0: none do.",
        minimum=0,
        maximum=1_000,
    ),
    Setting(
        "dispatch.breaker_cooldown_ms",
        "int",
        15_000,
        "How long they are kept away at first; it doubles each time.",
        minimum=100,
        maximum=_HOUR_MS,
    ),
    Setting(
        "dispatch.policy_moves_on",
        "bool",
        False,
        "Let another model try what one refuses because of its content policy.",
    ),
)
"""In the order in which windows show them."""

BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}


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
