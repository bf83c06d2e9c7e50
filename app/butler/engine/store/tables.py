"""The tables, as the newest migration leaves them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from butler.engine.store.columns import Json, PicoUsd, UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
)

providers = Table(
    "providers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("base_url", Text, nullable=False),
    Column("key_envelope", LargeBinary),
    Column("options", Json, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

models = Table(
    "models",
    metadata,
    Column("id", Text, primary_key=True),
    Column("provider_id", ForeignKey("providers.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("alias", Text, unique=True),
    Column("enabled", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("details", Json, nullable=False, server_default="{}"),
    UniqueConstraint("provider_id", "name"),
)

rules = Table(
    "rules",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("conditions", Json, nullable=False),
    Column("thinking", Json, nullable=False, server_default="null"),
    Column("cap_price", Boolean, nullable=False, server_default=false()),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    CheckConstraint("priority BETWEEN 0 AND 1000", name="priority"),
)

rule_targets = Table(
    "rule_targets",
    metadata,
    Column("rule_id", ForeignKey("rules.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("model_id", ForeignKey("models.id", ondelete="SET NULL"), index=True),
    Column("label", Text, nullable=False),
)
"""Position 0 is the target, the others are the fallbacks in order."""

categories = Table(
    "categories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("description", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("utterances", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

category_targets = Table(
    "category_targets",
    metadata,
    Column("category_id", ForeignKey("categories.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("model_id", ForeignKey("models.id", ondelete="SET NULL"), index=True),
    Column("label", Text, nullable=False),
)
"""As those of rules."""

tokens = Table(
    "tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("copy_envelope", LargeBinary),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("allowed_models", Json, nullable=False, server_default="[]"),
    Column("requests_per_minute", Integer),
    Column("last_used_at", UtcDateTime),
    # The name of a revoked token is free again.
    Index(
        "uq_tokens_live_name",
        "name",
        unique=True,
        sqlite_where=text("revoked_at IS NULL"),
        postgresql_where=text("revoked_at IS NULL"),
    ),
)

history = Table(
    "history",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("resource", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("changes", Json, nullable=False),
)
"""One row per revision: what each changed row was before and after, so that it can be undone."""

requests = Table(
    "requests",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("token_id", Text),
    Column("token_name", Text),
    Column("client", Text),
    Column("call_kind", Text),
    Column("conversation", Text),
    Column("endpoint", Text, nullable=False),
    Column("requested_model", Text),
    Column("modalities", Json, nullable=False),
    Column("thinking", Text),
    Column("streaming", Boolean, nullable=False),
    Column("layer", Text),
    Column("rule_id", Text),
    Column("rule_name", Text),
    Column("target", Text),
    Column("attempts", Json, nullable=False),
    Column("ttft_ms", Float),
    Column("duration_ms", Float, nullable=False),
    Column("overhead_ms", Float),
    Column("input_tokens", Integer),
    Column("output_tokens", Integer),
    Column("cached_tokens", Integer),
    Column("reasoning_tokens", Integer),
    Column("usage_source", Text, nullable=False),
    Column("cost_picousd", PicoUsd, key="cost_usd"),
    Column("cost_source", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("error", Text),
    Column("task", Text),
    Column("task_confidence", Float),
    Column("trace", Json, nullable=False),
    Column("quarter", Integer, nullable=False, server_default="0"),
    Column("overhead_bin", Integer),
    Column("ttft_bin", Integer),
    Column("duration_bin", Integer),
    Column("speed_bin", Integer),
    Column("provider", Text),
    Column("finish", Text),
    Column("fallback", Text),
    Column("cache_write_tokens", Integer),
    Column("images", Integer),
    Column("price_source", Text),
    Column("baseline", Text),
    Column("baseline_picousd", PicoUsd, key="baseline_usd"),
    Column("revision", Integer),
    Column("warnings", Json, nullable=False, server_default="[]"),
    Column("signals", Json, nullable=False, server_default="{}"),
    Index("ix_requests_newest", "started_at", "id"),
    Index("ix_requests_target", "target", "started_at"),
    Index("ix_requests_rule", "rule_id", "started_at"),
    # All that statistics read, so that they need not fetch the wide rows.
    Index(
        "ix_requests_facts",
        "quarter",
        "layer",
        "rule_id",
        "target",
        "provider",
        "token_id",
        "client",
        "task",
        "endpoint",
        "modalities",
        "thinking",
        "streaming",
        "fallback",
        "status",
        "usage_source",
        "cost_source",
        "input_tokens",
        "output_tokens",
        "cached_tokens",
        "cache_write_tokens",
        "reasoning_tokens",
        "images",
        "cost_usd",
        "baseline_usd",
        "overhead_bin",
        "ttft_bin",
        "duration_bin",
        "speed_bin",
    ),
    # Few calls fall back, and who asks why wants only those.
    Index(
        "ix_requests_fallbacks",
        "quarter",
        sqlite_where=text("fallback IS NOT NULL"),
        postgresql_where=text("fallback IS NOT NULL"),
    ),
)
"""The log. It points at nothing by foreign key: what was recorded outlives tokens and rules.

`quarter` counts quarters of an hour since 1970: the smallest stretch of time in the roll-ups.
`signals` is what was known of the request besides, for trying other rules on it later.
The bins say where its times, and its tokens per second, lie in their histograms.
"""


def _sum(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


rollups = Table(
    "rollups",
    metadata,
    Column("dimension", Text, primary_key=True),
    Column("quarters", Integer, primary_key=True, autoincrement=False),
    Column("quarter", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, primary_key=True),
    _sum("requests"),
    _sum("errors"),
    _sum("cancelled"),
    _sum("fallbacks"),
    _sum("cache_hits"),
    _sum("estimated"),
    _sum("unpriced"),
    _sum("input_tokens"),
    _sum("output_tokens"),
    _sum("cached_tokens"),
    _sum("cache_write_tokens"),
    _sum("reasoning_tokens"),
    _sum("images"),
    _sum("cost_picousd"),
    _sum("covered"),
    _sum("covered_tokens"),
    _sum("covered_picousd"),
    _sum("baseline_picousd"),
    sqlite_with_rowid=False,
)
"""Sums over `quarters` quarters of an hour from `quarter` on, for one value of one dimension.

Money stays whole here, as it is stored: it is added up far more often than it is shown.
"""

rollup_histograms = Table(
    "rollup_histograms",
    metadata,
    Column("dimension", Text, primary_key=True),
    Column("quarters", Integer, primary_key=True, autoincrement=False),
    Column("quarter", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, primary_key=True),
    Column("measure", Text, primary_key=True),
    Column("bin", Integer, primary_key=True, autoincrement=False),
    _sum("count"),
    sqlite_with_rowid=False,
)
"""How many calls of a roll-up lie in each bin of a measure."""

bodies = Table(
    "bodies",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False, index=True),
    Column("envelope", LargeBinary, nullable=False),
)
"""What was asked and answered, sealed; only where the owner has turned that on."""
