"""What is known of one tool: how it shows, its sessions, its kinds of call, what it injects."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.sent import Sent


def says_nothing(_sent: Sent) -> None:
    """Know nothing: the tool tells neither a session nor a kind of call beyond its headers."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What a tool puts around the user's words, in messages of the user's.

    `elements` are tags whose content is not the user's; of `around` only the tags go. `stretches`
    are beginnings and ends of text that is not the user's. `prefix` is anchored to where
    a message begins, `lines` anywhere in one that holds the mark before it.
    """

    elements: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    stretches: tuple[tuple[str, str], ...] = ()
    prefix: re.Pattern[str] | None = None
    lines: tuple[tuple[str, re.Pattern[str]], ...] = ()


NOT_WRAPPED = Wrapping()


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, as it shows on the wire.

    It is recognised by how its User-Agent begins (`agents`, lower case), by a header that it
    alone sends, or by words near the beginning of its system message (`systems`, lower case).
    `sessions` are headers that name its session, the most telling first; `session` reads one
    from elsewhere. `kind` says what a call is for: `main`, `title`, `subagent`, `compaction`,
    `memory`, or a word of the tool's own. `injections` are what changes from call to call by
    itself, `wrapping` is what stands around the user's words. None known: it is left out.
    """

    id: str
    title: str
    agents: tuple[str, ...] = ()
    header: str | None = None
    systems: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    session: Callable[[Sent], str | None] = says_nothing
    kind: Callable[[Sent], str | None] = says_nothing
    injections: tuple[Injection, ...] = ()
    wrapping: Wrapping = NOT_WRAPPED


def text_member(data: Any, name: str) -> str | None:
    """Return a member that is a text with something in it."""
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, str) and value else None
