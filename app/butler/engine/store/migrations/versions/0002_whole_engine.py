"""What the whole engine keeps: details of models, limits of tokens, and the history of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and the history."""
    op.add_column("models", _json("details", "{}"))
    op.add_column("rules", _json("thinking", "null"))
    op.add_column(
        "rules", sa.Column("cap_price", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("tokens", sa.Column("expires_at", sa.DateTime(timezone=True)))
    op.add_column("tokens", _json("allowed_models", "[]"))
    op.add_column("tokens", sa.Column("requests_per_minute", sa.Integer))
    op.add_column("tokens", sa.Column("last_used_at", sa.DateTime(timezone=True)))
    op.create_table(
        "history",
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resource", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("revision", name="pk_history"),
    )


def _json(name: str, empty: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=empty)
