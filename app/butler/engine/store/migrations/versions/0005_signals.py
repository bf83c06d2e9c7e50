"""What was known of a request besides its columns, for trying other rules on it later."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; of older calls nothing is known."""
    op.add_column("requests", sa.Column("signals", sa.Text, nullable=False, server_default="{}"))
