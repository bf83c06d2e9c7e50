"""How long to wait, however it is written."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from butler.engine.providers.retry_after import seconds_of, waiting_time


@pytest.mark.parametrize(
    ("headers", "text", "seconds"),
    [
        ({"Retry-After": "2"}, "2", 2.0),
        ({"Retry-After": " 0.5 "}, "0.5", 0.5),
        ({"retry-after-ms": "1500"}, "1.500", 1.5),
        ({"Retry-After": "3", "retry-after-ms": "2900"}, "3", 3.0),
        ({"Retry-After": "-1"}, None, None),
        ({"Retry-After": "1e9"}, None, None),
        ({"Retry-After": "99999999"}, None, None),
        ({"Retry-After": "soon"}, None, None),
        ({"Retry-After": "２"}, None, None),
        ({"Retry-After": "GMT"}, None, None),
        ({"Retry-After": "2 GMT"}, None, None),
        ({"Retry-After": f"Mon, 01 Jan {'9' * 20} 00:00:00 GMT"}, None, None),
        ({}, None, None),
    ],
)
def test_seconds(headers: dict[str, str], text: str | None, seconds: float | None) -> None:
    found = waiting_time(headers)
    assert (found, seconds_of(found)) == (text, seconds)


def test_a_date_is_told_from_now() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert waiting_time({"Retry-After": later}) == later
    seconds = seconds_of(later)
    assert seconds is not None
    assert 57 < seconds <= 60
    earlier = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    assert seconds_of(earlier) == 0.0
