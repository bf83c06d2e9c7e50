"""The first schema: configuration, tokens and the log of requests."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and count the configuration from revision 0."""
    _create_facts()
    _create_providers()
    _create_rules()
    _create_tokens()
    _create_requests()
    op.execute("INSERT INTO meta (key, value) VALUES ('revision', '0')")


def _create_facts() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )


def _create_providers() -> None:
    op.create_table(
        "providers",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("base_url", sa.Text, nullable=False),
        sa.Column("key_envelope", sa.LargeBinary),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_providers"),
        sa.UniqueConstraint("name", name="uq_providers_name"),
    )
    op.create_table(
        "models",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("provider_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("alias", sa.Text),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_models"),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name="fk_models_provider_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("provider_id", "name", name="uq_models_provider_id_name"),
        sa.UniqueConstraint("alias", name="uq_models_alias"),
    )


def _create_rules() -> None:
    op.create_table(
        "rules",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rules"),
        sa.CheckConstraint("priority BETWEEN 0 AND 1000", name="ck_rules_priority"),
    )
    op.create_table(
        "rule_targets",
        sa.Column("rule_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("model_id", sa.Text),
        sa.Column("label", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "position", name="pk_rule_targets"),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["rules.id"], name="fk_rule_targets_rule_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["models.id"], name="fk_rule_targets_model_id", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_rule_targets_model_id", "rule_targets", ["model_id"])


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("copy_envelope", sa.LargeBinary),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("hash", name="uq_tokens_hash"),
    )
    op.create_index(
        "uq_tokens_live_name",
        "tokens",
        ["name"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def _create_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_id", sa.Text),
        sa.Column("token_name", sa.Text),
        sa.Column("client", sa.Text),
        sa.Column("call_kind", sa.Text),
        sa.Column("conversation", sa.Text),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("requested_model", sa.Text),
        sa.Column("modalities", sa.Text, nullable=False),
        sa.Column("thinking", sa.Text),
        sa.Column("streaming", sa.Boolean, nullable=False),
        sa.Column("layer", sa.Text),
        sa.Column("rule_id", sa.Text),
        sa.Column("rule_name", sa.Text),
        sa.Column("target", sa.Text),
        sa.Column("attempts", sa.Text, nullable=False),
        sa.Column("ttft_ms", sa.Float),
        sa.Column("duration_ms", sa.Float, nullable=False),
        sa.Column("overhead_ms", sa.Float),
        sa.Column("input_tokens", sa.Integer),
        sa.Column("output_tokens", sa.Integer),
        sa.Column("cached_tokens", sa.Integer),
        sa.Column("reasoning_tokens", sa.Integer),
        sa.Column("usage_source", sa.Text, nullable=False),
        sa.Column("cost_picousd", sa.BigInteger),
        sa.Column("cost_source", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("task", sa.Text),
        sa.Column("task_confidence", sa.Float),
        sa.Column("trace", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
    )
    op.create_index("ix_requests_newest", "requests", ["started_at", "id"])
    op.create_index("ix_requests_target", "requests", ["target", "started_at"])
    op.create_index("ix_requests_rule", "requests", ["rule_id", "started_at"])
