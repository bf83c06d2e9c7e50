"""The resources of the admin API, as they travel: engine, desktop and command line share them.

Names ending in `In` are what a caller writes, `Patch` what it may change (a field that is
left out stays as it is); the others are what it reads.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    RootModel,
    SecretStr,
    StringConstraints,
)

from butler.contract.problems import Problem

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
ProviderName = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^\s/]+$", min_length=1, max_length=60)
]
"""No slash and no space: the part of `provider/model` before the first slash."""
TargetName = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^/\s]+/\S.*$")]
"""`provider/model`; the model's id may hold further slashes."""


Price = Annotated[Decimal, Field(ge=0, le=1_000_000, strict=False)]


class Written(BaseModel):
    """What callers write: an unknown field is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid", strict=True)


Modality = Literal["text", "image", "audio", "video", "file"]
Product = Literal[
    "chat", "completion", "embedding", "image", "transcription", "speech", "moderation"
]
"""What a model makes."""


class Thinking(Written):
    """How much a model is to think before it answers; `budget_tokens` only where it is enabled."""

    mode: Literal["auto", "enabled", "disabled"]
    budget_tokens: Annotated[int, Field(gt=0)] | None = None


class Prices(Written):
    """Dollars for a million tokens, and for one image; None where nobody said."""

    input_usd: Price | None = None
    output_usd: Price | None = None
    cached_usd: Price | None = None
    cache_write_usd: Price | None = None
    image_usd: Price | None = None


class ModelDetails(Written):
    """What is known of a model; None means unknown, never no.

    `modalities` are what it reads, `makes` what it answers with.
    `guessed` names the fields that were told from the model's name, not by its provider.
    `parameters` are laid under a request: they count where it does not say.
    """

    context_tokens: Annotated[int, Field(gt=0)] | None = None
    output_tokens: Annotated[int, Field(gt=0)] | None = None
    modalities: list[Modality] | None = None
    makes: list[Product] | None = None
    tools: bool | None = None
    json_mode: bool | None = None
    thinking: bool | None = None
    prices: Prices | None = None
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    default_thinking: Thinking | None = None
    guessed: list[str] = Field(default_factory=list)


class ModelIn(ModelDetails):
    """A model of a provider: the id that the upstream knows, and a short name for it."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    alias: Name | None = None
    enabled: bool = True


class Model(ModelIn):
    """A stored model and the target name that clients and rules use.

    `price` is the one in force, by `priced_by`: its owner, the vendor's published list, or
    nothing at all for what runs on this machine. A list of all models tells it.
    """

    id: str
    target: str
    local: bool = False
    price: Prices | None = None
    priced_by: Literal["owner", "catalogue", "local"] | None = None


class ProviderIn(Written):
    """A new provider; a preset fills in what is left out: kind, address, first models."""

    name: ProviderName
    kind: str | None = None
    preset: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    models: list[ModelIn] = Field(default_factory=list)
    enabled: bool = True
    options: dict[str, JsonValue] = Field(default_factory=dict)


class ProviderPatch(Written):
    """A change to a provider; `models` replaces the list, keeping ids of equal names."""

    name: ProviderName | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    models: list[ModelIn] | None = None
    enabled: bool | None = None
    options: dict[str, JsonValue] | None = None


class Provider(BaseModel):
    """A provider as it is read: its key is never shown, only whether there is one."""

    id: str
    name: str
    kind: str
    title: str
    base_url: str
    has_key: bool
    enabled: bool
    built_in: bool
    options: dict[str, JsonValue]
    models: list[Model]


class ProviderKey(BaseModel):
    """The text of a provider's key, for its owner's eyes."""

    id: str
    name: str
    api_key: str


class RuleIn(Written):
    """A routing rule: where `when` holds, `target` answers, then the fallbacks in order.

    `when` is a group `{"all" | "any" | "none": [...]}` of conditions `{"kind": ..., ...}`
    and further groups. Rules are tried from the highest priority down.
    """

    name: Name
    description: Annotated[str, StringConstraints(max_length=2000)] = ""
    priority: Annotated[int, Field(ge=0, le=1000)] = 500
    enabled: bool = True
    when: dict[str, JsonValue]
    target: TargetName
    fallbacks: Annotated[list[TargetName], Field(max_length=3)] = Field(default_factory=list)
    thinking: Thinking | None = None
    cap_price: bool = False


class RulePatch(Written):
    """A change to a rule."""

    name: Name | None = None
    description: Annotated[str, StringConstraints(max_length=2000)] | None = None
    priority: Annotated[int, Field(ge=0, le=1000)] | None = None
    enabled: bool | None = None
    when: dict[str, JsonValue] | None = None
    target: TargetName | None = None
    fallbacks: Annotated[list[TargetName], Field(max_length=3)] | None = None
    thinking: Thinking | None = None
    cap_price: bool | None = None


class Rule(BaseModel):
    """A stored (or built-in) rule, with what is wrong with it, if anything.

    `problems` keep it from working; `findings` are oddities: it never holds, others come first.
    """

    id: str
    name: str
    description: str
    priority: int
    enabled: bool
    when: dict[str, JsonValue]
    target: str
    fallbacks: list[str]
    thinking: Thinking | None = None
    cap_price: bool = False
    built_in: bool
    problems: list[Problem]
    findings: list[Problem] = Field(default_factory=list)


ModelPattern = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^(?:auto|\*|[^\s/]+/\S.*)$", max_length=260),
]
"""A target in which `*` stands for any text (`openai/*`), `auto`, or `*` for all of them."""
CallsPerMinute = Annotated[int, Field(ge=1, le=1_000_000)]


class TokenIn(Written):
    """A new client token; with `keep_copy` it can be copied again later.

    `allowed_models` bind the names that it may ask for and the targets that may answer it; none
    means all. One for `auto` alone leaves the choice to the routing.
    """

    name: Name
    keep_copy: bool = False
    expires_at: AwareDatetime | None = None
    allowed_models: Annotated[list[ModelPattern], Field(max_length=100)] = Field(
        default_factory=list
    )
    requests_per_minute: CallsPerMinute | None = None


class TokenPatch(Written):
    """A change to a token; null lifts a limit."""

    name: Name | None = None
    expires_at: AwareDatetime | None = None
    allowed_models: Annotated[list[ModelPattern], Field(max_length=100)] | None = None
    requests_per_minute: CallsPerMinute | None = None


class Token(BaseModel):
    """A client token without its secret."""

    id: str
    name: str
    has_copy: bool
    created_at: datetime
    expires_at: datetime | None = None
    allowed_models: list[str] = Field(default_factory=list)
    requests_per_minute: int | None = None
    last_used_at: datetime | None = None


class TokenSecret(BaseModel):
    """The one reply that holds a token's text."""

    id: str
    name: str
    token: str


class Setting(BaseModel):
    """One setting: its value now, its default, and how a change takes effect."""

    key: str
    type: Literal["bool", "int", "str", "target"]
    value: bool | int | str | None
    default: bool | int | str | None
    source: Literal["command line", "environment", "stored", "default"]
    minimum: int | None = None
    maximum: int | None = None
    choices: list[str] | None = None
    applies: Literal["live", "restart"]
    summary: str


class SettingsPatch(RootModel[dict[str, JsonValue]]):
    """Values to store by the key of their setting; null goes back to the default."""


class State(StrEnum):
    """What the engine does with `model: auto`; paused, with any call."""

    ROUTING = "routing"
    OFF = "off"
    PAUSED = "paused"


class EmbedderStatus(BaseModel):
    """How the embedding model is; `fetched_share` (0 to 1) while it is being downloaded."""

    phase: Literal["absent", "loading", "ready", "failed"]
    model: str | None = None
    reason: str = ""
    fetched_share: float | None = None


class Status(BaseModel):
    """The engine at a glance; today begins at local midnight."""

    version: str
    pid: int
    state: State
    revision: int
    started_at: datetime
    base_url: str
    admin_url: str
    data_dir: str
    demo: bool
    default_target: str | None
    default_token: str | None
    requests_today: int
    spent_today_usd: Decimal
    unpriced_today: int
    in_flight: int
    master_key_source: str
    warnings: list[Problem]
    embedder: EmbedderStatus = EmbedderStatus(phase="absent")
    local_only: bool = False


class TraceStep(BaseModel):
    """One line of the answer to "why this model?"."""

    layer: str
    outcome: Literal["decided", "passed", "skipped", "failed", "timed_out"]
    reason: str = ""
    score: float | None = None
    words: list[str] = Field(default_factory=list)
    rule_id: str | None = None
    rule: str | None = None
    ms: float


class AttemptRow(BaseModel):
    """One try at one target."""

    target: str
    outcome: Literal["answered", "failed", "cancelled", "skipped"]
    failure: str | None = None
    status: int | None = None
    error: str | None = None
    ms: float


class CallRow(BaseModel):
    """One recorded request."""

    id: str
    started_at: datetime
    token_name: str | None
    client: str | None
    call_kind: str | None
    conversation: str | None
    endpoint: str
    requested_model: str | None
    modalities: list[str]
    thinking: str | None
    streaming: bool
    layer: str | None
    rule_id: str | None
    rule_name: str | None
    target: str | None
    attempts: list[AttemptRow]
    ttft_ms: float | None
    duration_ms: float
    overhead_ms: float | None
    input_tokens: int | None
    output_tokens: int | None
    cached_tokens: int | None
    reasoning_tokens: int | None
    usage_source: Literal["reported", "estimated", "unknown"]
    cost_usd: Decimal | None
    cost_source: Literal["priced", "unpriced", "unknown"]
    status: int
    error: str | None
    task: str | None
    task_confidence: float | None
    trace: list[TraceStep]
    provider: str | None = None
    finish: str | None = None
    fallback: str | None = None
    cache_write_tokens: int | None = None
    images: int | None = None
    price_source: Literal["owner", "catalogue", "local", "cache"] | None = None
    baseline: str | None = None
    baseline_usd: Decimal | None = None
    revision: int | None = None
    warnings: list[str] = Field(default_factory=list)


class Check(BaseModel):
    """One finding of the doctor."""

    name: str
    ok: bool
    detail: str
    problems: list[Problem]
