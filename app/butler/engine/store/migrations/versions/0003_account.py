"""The account: more of each call, roll-ups for statistics, and sealed bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_QUARTER_OF = {
    "sqlite": "CAST(strftime('%s', started_at) AS INTEGER) / 900",
    "postgresql": "floor(extract(epoch FROM started_at) / 900)::integer",
}
_FACTS = (
    *("quarter", "layer", "rule_id", "target", "provider", "token_id", "client", "task"),
    *("endpoint", "modalities", "thinking", "streaming", "fallback", "status", "usage_source"),
    *("cost_source", "input_tokens", "output_tokens", "cached_tokens", "cache_write_tokens"),
    *("reasoning_tokens", "images", "cost_picousd", "baseline_picousd"),
    *("overhead_bin", "ttft_bin", "duration_bin", "speed_bin"),
)
_EDGES = tuple(
    f"{step}e{power}"
    for power in range(-3, 7)
    for step in (1.0, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2)
)
_SPEED = "(output_tokens * 1000.0 / (duration_ms - ttft_ms))"
_SUMS = (
    *("requests", "errors", "cancelled", "fallbacks", "cache_hits", "estimated", "unpriced"),
    *("input_tokens", "output_tokens", "cached_tokens", "cache_write_tokens"),
    *("reasoning_tokens", "images", "cost_picousd", "covered", "covered_tokens"),
    *("covered_picousd", "baseline_picousd"),
)


def upgrade() -> None:
    """Add the columns, the roll-ups (which the engine fills by itself) and the bodies."""
    _widen_requests()
    _create_rollups()
    op.create_table(
        "bodies",
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_bodies"),
    )
    op.create_index("ix_bodies_started_at", "bodies", ["started_at"])


def _widen_requests() -> None:
    for column in (
        sa.Column("quarter", sa.Integer, nullable=False, server_default="0"),
        sa.Column("overhead_bin", sa.Integer),
        sa.Column("ttft_bin", sa.Integer),
        sa.Column("duration_bin", sa.Integer),
        sa.Column("speed_bin", sa.Integer),
        sa.Column("provider", sa.Text),
        sa.Column("finish", sa.Text),
        sa.Column("fallback", sa.Text),
        sa.Column("cache_write_tokens", sa.Integer),
        sa.Column("images", sa.Integer),
        sa.Column("price_source", sa.Text),
        sa.Column("baseline", sa.Text),
        sa.Column("baseline_picousd", sa.BigInteger),
        sa.Column("revision", sa.Integer),
        sa.Column("warnings", sa.Text, nullable=False, server_default="[]"),
    ):
        op.add_column("requests", column)
    _fill()
    op.create_index("ix_requests_facts", "requests", list(_FACTS))
    living = sa.text("fallback IS NOT NULL")
    op.create_index(
        "ix_requests_fallbacks",
        "requests",
        ["quarter"],
        sqlite_where=living,
        postgresql_where=living,
    )


def _fill() -> None:
    """Work out for the calls that are there what newer ones are stored with."""
    quarter = _QUARTER_OF[op.get_bind().dialect.name]
    requests = sa.table("requests", sa.column("target"), sa.column("provider"))
    op.execute(f"UPDATE requests SET quarter = {quarter}")  # noqa: S608 - a constant
    for name in ("overhead", "ttft", "duration"):
        found = _bin(f"{name}_ms")
        op.execute(
            f"UPDATE requests SET {name}_bin = {found} "  # noqa: S608 - constants
            f"WHERE {name}_ms IS NOT NULL"
        )
    op.execute(
        f"UPDATE requests SET speed_bin = {_bin(_SPEED)} "  # noqa: S608 - constants
        "WHERE streaming AND output_tokens > 0 AND duration_ms > ttft_ms"
    )
    op.execute("UPDATE requests SET price_source = 'catalogue' WHERE cost_source = 'priced'")
    # What stands before the first slash, in words that both databases know.
    provider = sa.func.substr(requests.c.target, 1, _slash_at(requests.c.target) - 1)
    op.execute(requests.update().where(requests.c.target.is_not(None)).values(provider=provider))


def _bin(value: str, low: int = 0, high: int = len(_EDGES)) -> str:
    """Return SQL that searches the bin of a value, as one does by halves."""
    if low == high:
        return str(low)
    middle = (low + high) // 2
    below, above = _bin(value, low, middle), _bin(value, middle + 1, high)
    return f"CASE WHEN {value} < {_EDGES[middle]} THEN {below} ELSE {above} END"


def _slash_at(target: sa.ColumnElement[str]) -> sa.ColumnElement[int]:
    sqlite = op.get_bind().dialect.name == "sqlite"
    return sa.func.instr(target, "/") if sqlite else sa.func.strpos(target, "/")


def _create_rollups() -> None:
    op.create_table(
        "rollups",
        *_place(),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in _SUMS),
        sa.PrimaryKeyConstraint("dimension", "quarters", "quarter", "value", name="pk_rollups"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rollup_histograms",
        *_place(),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("bin", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            *("dimension", "quarters", "quarter", "value", "measure", "bin"),
            name="pk_rollup_histograms",
        ),
        sqlite_with_rowid=False,
    )


def _place() -> tuple[sa.Column[str] | sa.Column[int], ...]:
    return (
        sa.Column("dimension", sa.Text, nullable=False),
        sa.Column("quarters", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("quarter", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("value", sa.Text, nullable=False),
    )
