"""Which status a client gets for a provider's failure, and in which words: the one table.

Statuses are what tools act on. 401 is for a wrong token of ours and nothing else: tools ask up to
seven times again, or put the key aside, for a key that is not even theirs. 400 is the one that
every tool stops at, and shows. Where coming again may help, the vendor's own status stays, with a
`Retry-After`. What the provider itself has answered stands in the log, with its attempt.

| failure                           | client's status    | tools                                   |
|-----------------------------------|--------------------|-----------------------------------------|
| key rejected, whatever its 40x    | 400 key_rejected   | stop; the message says whose key it is  |
| no credit (402, 429, 400)         | 400 out_of_credit  | stop; the message says where to pay     |
| any other 401, 402, 403, 407      | 400                | stop                                    |
| context too long (400, 413, 422)  | 400, vendor's code | shorten the conversation by themselves  |
| content policy, refused           | the vendor's 4xx   | stop                                    |
| no such model                     | the vendor's 404   | stop, a few after another try           |
| rate limited, overloaded          | 429, 503, 529      | come again after `Retry-After`          |
| any other 5xx, out of reach, cut  | 500, 502, 503, 504 | come again after `Retry-After`          |
"""

from collections.abc import Mapping

from butler.engine.call import Call
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.signals.sensitive import mask_secrets

_OUR_REFUSAL = 400
_ABOUT_KEYS = frozenset({401, 402, 403, 407})
"""Statuses that are about a key or an account: the provider's is not the client's."""
_WHAT_TO_DO: Mapping[FailureKind, str] = {
    FailureKind.KEY_REJECTED: (
        "The provider “{name}” rejects the key that is stored for it, or does not let it use this "
        "model. Put in another one: `butler provider edit {name} --key-env VARIABLE`, or in the "
        "window under Providers."
    ),
    FailureKind.OUT_OF_CREDIT: (
        "The account at the provider “{name}” has no credit left. Top it up there, or send calls "
        "to another provider."
    ),
}


def status_of(error: UpstreamError) -> int:
    """Return the status that a client gets for a failure."""
    if error.kind in _WHAT_TO_DO or error.status in _ABOUT_KEYS:
        return _OUR_REFUSAL
    return error.status


def is_ours(error: UpstreamError) -> bool:
    """Say whether a client gets words of ours: those of the vendor would mislead it."""
    return status_of(error) != error.status or error.kind in _WHAT_TO_DO


def words_of(call: Call, error: UpstreamError) -> str:
    """Return what a client is told: whose key or account it is, what to do, the vendor's words.

    Secrets are taken out of those: they may quote a part of the key.
    """
    if not is_ours(error):
        return error.message
    name = next((one.target.provider for one in reversed(call.attempts) if one.failure), "")
    advice = _WHAT_TO_DO.get(error.kind, "The provider “{name}” refuses.").format(name=name)
    return f"{advice} It says: {mask_secrets(error.message)}"
