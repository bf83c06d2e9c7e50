"""Results of tools right behind their calls: some vendors refuse a word that is said in between.

Clients send results one by one, and what the system says may stand among them; a picture in one is
shown by the user where results hold words alone.
"""

from collections.abc import Iterable, Iterator, Sequence

from butler.engine.dialects.canonical import Message, Role, ToolResult


def results_first(messages: Iterable[Message]) -> Iterator[Message]:
    """Yield a conversation in which all results for a turn's calls stand in one message, first."""
    run: list[Message] = []
    has_begun = False
    for message in messages:
        if message.role is not Role.ASSISTANT:
            run.append(message)
            continue
        yield from _ordered(run) if has_begun else run
        run, has_begun = [], True
        yield message
    yield from _ordered(run) if has_begun else run


def _ordered(run: Sequence[Message]) -> Iterator[Message]:
    """Yield what is said between two turns of the model's."""
    results = [part for message in run for part in message.parts if isinstance(part, ToolResult)]
    if not results or len(run) == 1:
        yield from run
        return
    yield Message(Role.USER, tuple(results))
    for message in run:
        others = tuple(part for part in message.parts if not isinstance(part, ToolResult))
        if others:
            yield Message(message.role, others)
