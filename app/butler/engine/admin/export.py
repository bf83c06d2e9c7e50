"""The log as a file: CSV that no spreadsheet takes for formulas, or a JSON object per line."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from butler.engine.admin.control import call_row
from butler.engine.store.requests import RequestRecord

_COLUMNS = (
    *("started_at", "id", "status", "error", "layer", "rule_name", "target", "provider"),
    *("requested_model", "endpoint", "token_name", "client", "call_kind", "task", "modalities"),
    *("thinking", "streaming", "fallback", "finish", "input_tokens", "output_tokens"),
    *("cached_tokens", "cache_write_tokens", "reasoning_tokens", "images", "usage_source"),
    *("cost_usd", "cost_source", "price_source", "baseline", "baseline_usd", "overhead_ms"),
    *("ttft_ms", "duration_ms", "conversation"),
)
_FORMULA_SIGNS = tuple("=+-@＝＋－＠")
"""Spreadsheets for East Asian writing take the wide ones for the same."""
_BLANKS = ("\t", "\r", "\n")
_read = attrgetter(*_COLUMNS)


@dataclass(frozen=True, slots=True)
class Form:
    """How a file begins, and how calls are written in it."""

    media_type: str
    head: bytes
    lines: Callable[[Iterable[RequestRecord]], bytes]


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """Return a value as a cell; text that a spreadsheet would calculate is quoted as text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat()
        case tuple():
            return "+".join(value)
        case str() if value.startswith(_BLANKS) or value.lstrip().startswith(_FORMULA_SIGNS):
            return f"'{value}"
    return value


def _csv_lines(records: Iterable[RequestRecord]) -> bytes:
    return _csv(_read(record) for record in records)


def _json_lines(records: Iterable[RequestRecord]) -> bytes:
    return b"".join(call_row(record).model_dump_json().encode() + b"\n" for record in records)


FORMATS: Mapping[str, Form] = {
    "csv": Form("text/csv", _csv([_COLUMNS]), _csv_lines),
    "jsonl": Form("application/jsonl", b"", _json_lines),
}
"""The forms by the name that a query gives them."""
