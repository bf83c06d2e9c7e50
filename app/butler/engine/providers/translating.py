"""A request in a dialect that is not the provider's own, or the reason why it can not be had."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from butler.engine.call import Call, LiveView, Request, Target
from butler.engine.dialects.base import ProviderDialect
from butler.engine.dialects.canonical import Conversation, Message, Part, Thought, unsaid
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
    tell(call, (*conversation.left_out, *unsaid(conversation, dialect.wordless)))
    return conversation


def tell(call: Call, left_out: Iterable[str]) -> None:
    """Put what is left out of a request into the call's warnings, each thing once."""
    for what in left_out:
        warning = f"left out: {what}"
        if warning not in call.warnings:
            call.warnings.append(warning)


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


def with_own_thoughts(
    conversation: Conversation, call: Call, target: Target | None, *, signs: bool = True
) -> Conversation:
    """Return a conversation without what other targets than this one have signed or sealed.

    Of such thoughts the words stay; None is a target that takes none back. Who signed one is known
    of those that came through here, or told by the client's request; one that nobody knows comes
    from the client's own vendor. Thoughts without any signature count as those of a target that
    never `signs`.
    """
    if not any(isinstance(part, Thought) for it in conversation.messages for part in it.parts):
        return conversation
    owner = "" if target is None else str(target)
    unsigned = None if signs or not owner else owner
    whose = _Whose(call.runtime.live, unsigned)
    messages = tuple(
        Message(message.role, tuple(_own(message.parts, whose, owner)))
        for message in conversation.messages
    )
    return replace(conversation, messages=messages)


@dataclass(frozen=True, slots=True)
class _Whose:
    """Tells who has thought something; `unsigned` is whose it is where nobody has signed it."""

    live: LiveView
    unsigned: str | None

    def signer(self, thought: Thought) -> str | None:
        """Return the target, as it is written; None where nobody knows."""
        mark = thought.signature or thought.sealed
        known = self.live.signer(mark) if mark else None
        if thought.signer is None and mark is None:
            return self.unsigned
        return thought.signer or (str(known) if known else None)


def _own(parts: Sequence[Part], whose: _Whose, owner: str) -> Iterator[Part]:
    for part in parts:
        if not isinstance(part, Thought):
            yield part
            continue
        signer = whose.signer(part)
        if signer == owner:
            yield replace(part, signer=signer)
        elif part.text:
            yield Thought(part.text)
