"""Every setting, declared once: key, type, default, range, and when a change takes effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Value = bool | int | str | None


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
    Setting(
        "routing.default_image_target",
        "target",
        None,
        "What answers where there are images.",
    ),
    Setting("routing.default_audio_target", "target", None, "What answers where there is audio."),
    Setting(
        "routing.default_embedding_target", "target", None, "What makes embeddings for `auto`."
    ),
    Setting(
        "routing.default_image_generation_target",
        "target",
        None,
        "What makes images for `auto` (chats that show images have a default of their own).",
    ),
    Setting(
        "routing.default_transcription_target",
        "target",
        None,
        "What turns speech into text for `auto`, translations included.",
    ),
    Setting("routing.default_speech_target", "target", None, "What reads texts out for `auto`."),
    Setting(
        "routing.default_moderation_target", "target", None, "What judges contents for `auto`."
    ),
    Setting("routing.image_generation", "bool", True, "Let clients have images made."),
    Setting("routing.sticky", "bool", True, "Keep a conversation where its prompt is cached."),
    Setting("routing.sticky_idle_s", "int", 300, "How long caches last.", minimum=1, maximum=3600),
    Setting("routing.sticky_least_tokens", "int", 1_024, "The least that is worth it.", minimum=0),
    Setting(
        "routing.unknown_models",
        "str",
        "refuse",
        "What to do with a model's name that leads nowhere: refuse it, or treat it as `auto`.",
        choices=("refuse", "auto"),
    ),
    Setting(
        "routing.auto_names",
        "str",
        "claude-*, gpt-*, gemini-*",
        "Names that tools send by themselves: `auto`, where no model has them. `*` is any text.",
    ),
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
    Setting("cache.exact", "bool", True, "Answer identical requests from the cache."),
    Setting(
        "cache.exact_ttl_s",
        "int",
        86_400,
        "How many seconds an answer is good for identical requests.",
        minimum=1,
        maximum=31_536_000,
    ),
    Setting(
        "cache.max_mb",
        "int",
        256,
        "How much room the cached answers may take on disk.",
        minimum=1,
        maximum=65_536,
    ),
    Setting(
        "cache.scope",
        "str",
        "token",
        "Who shares cached answers: each client token for itself, or all of them.",
        choices=("token", "shared"),
    ),
    Setting(
        "cache.temperature",
        "bool",
        True,
        "Answer identical requests from the cache also where their temperature is above 0.",
    ),
    Setting("cache.tool_calls", "bool", False, "Keep answers that call tools, too."),
    Setting(
        "cache.normalise",
        "bool",
        True,
        "Overlook what tools inject anew each time: dates, ids, billing marks.",
    ),
    Setting(
        "cache.keep_after_edits",
        "bool",
        False,
        "Keep the cached answers for `auto` when rules or models are edited.",
    ),
    Setting("cache.semantic", "bool", True, "Answer questions that mean the same from the cache."),
    Setting(
        "cache.semantic_ttl_s",
        "int",
        86_400,
        "How many seconds an answer is good for questions that mean the same.",
        minimum=1,
        maximum=31_536_000,
    ),
    # Behind the guard no threshold from 0 to 0.90 changes the false hits of the labelled pairs,
    # and a higher one costs true ones: the model only has to catch what the guard can not see.
    Setting(
        "cache.semantic_similarity_percent",
        "int",
        85,
        "How alike two questions must be for one answer (the cosine of their embeddings).",
        minimum=80,
        maximum=100,
    ),
    Setting(
        "cache.semantic_entries",
        "int",
        20_000,
        "How many questions the semantic cache remembers.",
        minimum=100,
        maximum=100_000,
    ),
    Setting("embedding.enabled", "bool", True, "Compare meanings with a small model in here."),
    Setting(
        "embedding.model",
        "str",
        None,
        "Another embedding model, by its name at fastembed or as a folder; none: the shipped one.",
    ),
    Setting(
        "embedding.download", "bool", False, "Allow the embedding model to be downloaded, once."
    ),
    Setting(
        "embedding.budget_ms",
        "int",
        55,
        "How long a request may wait for its embedding.",
        minimum=10,
        maximum=200,
    ),
    Setting("semantic.enabled", "bool", True, "Route by categories of meaning."),
    Setting(
        "semantic.least_percent",
        "int",
        60,
        "How sure a category must be to decide.",
        minimum=1,
        maximum=100,
    ),
    Setting("arbiter.enabled", "bool", True, "Ask a small local model where nothing else decided."),
    Setting(
        "arbiter.kind",
        "str",
        "ollama",
        "How the arbiter's server speaks.",
        choices=("ollama", "openai"),
    ),
    Setting("arbiter.url", "str", "http://127.0.0.1:11434", "Where the arbiter's server is."),
    Setting(
        "arbiter.may_be_public",
        "bool",
        False,
        "Allow the arbiter's server to be outside the local network; it reads what users ask.",
    ),
    Setting("arbiter.model", "str", "fauxpaslife/arch-router:1.5b", "The arbiter's model."),
    Setting(
        "arbiter.budget_ms",
        "int",
        140,
        "How long a request may wait for the arbiter.",
        minimum=20,
        maximum=10_000,
    ),
    Setting(
        "arbiter.least_percent",
        "int",
        60,
        "How sure the arbiter must be to decide.",
        minimum=1,
        maximum=100,
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
