"""Past calls as calls again: from a row of the log, and from the words where they were kept."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from multidict import CIMultiDict

from butler.engine.assistant.past.recorded import RecordedFeatures
from butler.engine.call import Call, Caller, Request, RuntimeView
from butler.engine.dialects.base import Dialect
from butler.engine.errors import ClientError
from butler.engine.signals.features import Features
from butler.engine.store.requests import RequestRecord

DIALECT_OF = {
    "chat_completions": "openai_chat",
    "completions": "openai_completions",
    "messages": "anthropic_messages",
    "responses": "openai_responses",
    "generate_content": "gemini",
}
"""The dialect of each endpoint that conversations come in by, as the log calls them."""
_CHARS_SHOWN = 140


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call of the log; `text` is how the user's words begin, where they were kept."""

    row: RequestRecord
    call: Call
    text: str | None

    def step(self, layer: str) -> Mapping[str, Any] | None:
        """Return what the trace says of a layer, if it was looked at."""
        return next((step for step in self.row.trace if step.get("layer") == layer), None)


def recalled(
    row: RequestRecord,
    words: bytes | None,
    dialects: Mapping[str, Dialect],
    runtime: RuntimeView,
    callers: Mapping[str, Caller],
) -> PastCall:
    """Return a call of the log; `words` are the opened text that was kept of it, if any."""
    call = Call(row.id, row.endpoint, runtime, CIMultiDict(), started_at=row.started_at)
    if row.token_id is not None:
        call.caller = callers.get(row.token_id) or Caller(row.token_id, row.token_name or "")
    request = _request(row, words, dialects)
    if request is None:
        call.request = Request(b"", {}, row.requested_model, row.streaming, wants_usage=False)
        call.known = RecordedFeatures(row)
        return PastCall(row, call, None)
    call.request = request
    features = Features(call)
    features.take_over(client=row.client, kind_of_call=row.call_kind, conversation=row.conversation)
    call.known = features
    return PastCall(row, call, " ".join(features.ask[: 2 * _CHARS_SHOWN].split())[:_CHARS_SHOWN])


def _request(
    row: RequestRecord, words: bytes | None, dialects: Mapping[str, Dialect]
) -> Request | None:
    """Read the request again; what was cut when it was kept can not be."""
    dialect = dialects.get(DIALECT_OF.get(row.endpoint, ""))
    if words is None or dialect is None:
        return None
    try:
        said = orjson.loads(words)["request"]
        request = dialect.read_request(said.encode())
    except (ValueError, KeyError, ClientError):
        return None
    return dataclasses.replace(request, model=row.requested_model)
