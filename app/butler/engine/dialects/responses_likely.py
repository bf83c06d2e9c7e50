"""How likely the tokens of a response were, read from its `logprobs` and written as such.

Source: OpenAI API reference, "Responses" (object: output text) and "Responses: streaming events".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from butler.engine.dialects.canonical import Likely
from butler.engine.dialects.members import as_list, as_number, as_object, as_text

Object = Mapping[str, Any]
_UNLIKELY = -9999.0
"""The API's own word for a token that it gives no probability."""


def read_likely(logprobs: Any) -> tuple[Likely, ...]:
    """Read the tokens of a part, or of a piece of one."""
    return tuple(map(_read, filter(None, map(as_object, as_list(logprobs)))))


def _read(one: Object) -> Likely:
    known, stands = as_number(one.get("logprob")), one.get("bytes")
    return Likely(
        as_text(one.get("token")) or "",
        _UNLIKELY if known is None else float(known),
        tuple(stands) if isinstance(stands, list) and stands else None,
        read_likely(one.get("top_logprobs")),
    )


def write_likely(likely: Sequence[Likely]) -> Iterator[dict[str, Any]]:
    """Yield the vendor's objects for tokens."""
    for one in likely:
        yield {**_written(one), "top_logprobs": [*map(_written, one.others)]}


def _written(one: Likely) -> dict[str, Any]:
    stands = list(one.bytes or one.token.encode("utf-8", "surrogatepass"))
    return {"token": one.token, "logprob": one.logprob, "bytes": stands}
