"""What clients say of answers that they got: `x-butler-feedback: <request id> wrong`."""

from butler.engine.caches.similar.memory import SimilarCache
from butler.engine.call import Call

HEADER = "x-butler-feedback"
_WRONG = "wrong"


async def take_feedback(call: Call, cache: SimilarCache) -> None:
    """Take an answer back that a client calls wrong, before this call is decided.

    A token's word counts for what it was answered itself. What does not fit costs the call
    nothing; a warning in the log says so, the same for ids of nobody and of others.
    """
    said = call.headers.get(HEADER)
    if said is None:
        return
    request, _, judgement = said.strip().partition(" ")
    if judgement.strip().lower() != _WRONG or call.caller is None:
        call.warnings.append(f"{HEADER} is read as `<request id> wrong`")
    elif await cache.reject(request, call.caller.id) is None:
        call.warnings.append(f"{HEADER} names no answer of the semantic cache to this token")
