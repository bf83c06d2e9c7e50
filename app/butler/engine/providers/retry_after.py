"""How long a provider asks to wait: `Retry-After`, in seconds or as a date.

Source: RFC 9110, section 10.2.3. OpenAI and Azure also send `retry-after-ms`, which is finer.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,3})?")


def waiting_time(headers: Mapping[str, str]) -> str | None:
    """Return the header's text where it is a number of seconds or a date, else None."""
    text = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(text) or _date(text) is not None:
        return text
    ms = headers.get("retry-after-ms", "").strip()
    return f"{float(ms) / 1000:.3f}" if _SECONDS.fullmatch(ms) else None


def seconds_of(text: str | None) -> float | None:
    """Return how many seconds from now a waiting time ends, never less than none."""
    if text is None:
        return None
    if _SECONDS.fullmatch(text):
        return float(text)
    date = _date(text)
    return None if date is None else max(0.0, (date - datetime.now(UTC)).total_seconds())


def _date(text: str) -> datetime | None:
    if not text.endswith("GMT"):
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
