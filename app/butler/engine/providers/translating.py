"""A request in a dialect that is not the provider's own, or the reason why it can not be had."""

from collections.abc import Callable

from butler.engine.call import Call, Target
from butler.engine.errors import ClientError, FailureKind, UpstreamError


def translated(call: Call, target: Target, write: Callable[[Call, Target], bytes]) -> bytes:
    """Return what `write` makes of a call; raises UpstreamError where there is no way to say it."""
    try:
        return write(call, target)
    except ClientError as error:
        raise UpstreamError(
            FailureKind.UNSUPPORTED,
            f"{target} can not be asked this. {error.message}",
            status=error.status,
            for_log="The request can not be said in the provider's dialect.",
        ) from error
