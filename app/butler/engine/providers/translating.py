"""A request in a dialect that is not the provider's own, or the reason why it can not be had."""

from collections.abc import Callable

from butler.engine.call import Call, Request, Target
from butler.engine.dialects.base import ProviderDialect
from butler.engine.dialects.canonical import Conversation, unsaid
from butler.engine.errors import ClientError, FailureKind, UpstreamError


def conversation_of(
    call: Call, dialect: ProviderDialect, request: Request | None = None
) -> Conversation:
    """Return what a call asks, or `request` in its place, to be written in a provider's dialect.

    What is left out of it stands in the call's warnings.
    Raises ClientError for what no other dialect could say.
    """
    asked = request or call.asked
    if asked.dialect is None:
        raise RuntimeError("a request that no client has sent")
    conversation: Conversation = asked.dialect.conversation(asked)
    for what in (*conversation.left_out, *unsaid(conversation, dialect.wordless)):
        warning = f"left out: {what}"
        if warning not in call.warnings:
            call.warnings.append(warning)
    return conversation


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
