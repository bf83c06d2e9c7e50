"""How long calls took is told of each rule as well: counted once for those of the past."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MEASURES = ("overhead", "ttft", "duration", "speed")
_NAMES = {"speed": "tokens_per_second"}
_WIDTHS = (672, 96, 16, 4)
_COLUMNS = "(dimension, quarters, quarter, value, measure, bin, count)"


def upgrade() -> None:
    """Fill the histograms of rules from the log, as far as there are roll-ups beside it.

    The engine itself makes the roll-ups of weeks that have none, these among them.
    """
    for measure in _MEASURES:
        column = f"{measure}_bin"
        op.execute(
            sa.text(
                f"INSERT INTO rollup_histograms {_COLUMNS} "  # noqa: S608 - constants
                f"SELECT 'rule', 1, quarter, COALESCE(rule_id, ''), :measure, {column}, COUNT(*) "
                f"FROM requests WHERE {column} IS NOT NULL AND quarter >= "
                "(SELECT MIN(quarter) FROM rollups WHERE dimension = 'all' AND quarters = 1) "
                f"GROUP BY quarter, COALESCE(rule_id, ''), {column}"
            ).bindparams(measure=_NAMES.get(measure, f"{measure}_ms"))
        )
    for width in _WIDTHS:
        op.execute(
            f"INSERT INTO rollup_histograms {_COLUMNS} "  # noqa: S608 - constants
            f"SELECT 'rule', {width}, quarter - quarter % {width}, value, measure, bin, SUM(count) "
            "FROM rollup_histograms WHERE dimension = 'rule' AND quarters = 1 "
            f"GROUP BY quarter - quarter % {width}, value, measure, bin"
        )
