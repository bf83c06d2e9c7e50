"""The kept questions in memory: by signature within their scope, the least used leave first."""

from collections import Counter, OrderedDict
from dataclasses import dataclass

from butler.engine.caches.guard import Signature
from butler.engine.caches.similar.question import Question
from butler.engine.call import Target

MOST_ALIKE = 8
"""Of questions with one signature in one scope only so many are kept: the latest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept question, without its words: those lie on the shelf under `key`."""

    key: str
    scope: bytes
    group: bytes
    signature: Signature
    target: Target
    size_bytes: int
    kept_at_s: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is kept, and how long it is good for."""

    most: int = 20_000
    most_bytes: int = 256 * 1024 * 1024
    ttl_s: float = 86_400


class Entries:
    """The index of what lies on the shelf. What it lets go is returned: the shelf must follow."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._groups: dict[bytes, tuple[Entry, ...]] = {}
        self._scopes: Counter[bytes] = Counter()
        self.size_bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def keys(self) -> list[str]:
        """Return every key, the least used first."""
        return list(self._entries)

    def alike(self, question: Question) -> tuple[Entry, ...]:
        """Return what may have an answer to a question, the latest first.

        Where its scope is empty the question's signature is not even made.
        """
        if question.scope not in self._scopes:
            return ()
        return self._groups.get(question.group, ())

    def add(self, entry: Entry) -> list[Entry]:
        """Keep an entry; return those in whose place it came."""
        group = self._groups.get(entry.group, ())
        gone = [one for one in group if one.signature.is_trivial_edit_of(entry.signature)]
        gone += [one for one in group if one not in gone][MOST_ALIKE - 1 :]
        for one in gone:
            self.remove(one.key)
        self._entries[entry.key] = entry
        self._groups[entry.group] = (entry, *self._groups.get(entry.group, ()))
        self._scopes[entry.scope] += 1
        self.size_bytes += entry.size_bytes
        return gone

    def touch(self, key: str) -> None:
        """Note that an entry was of use."""
        if key in self._entries:
            self._entries.move_to_end(key)

    def remove(self, key: str) -> Entry | None:
        """Let an entry go."""
        entry = self._entries.pop(key, None)
        if entry is None:
            return None
        left = tuple(one for one in self._groups[entry.group] if one.key != key)
        if left:
            self._groups[entry.group] = left
        else:
            del self._groups[entry.group]
        self._scopes[entry.scope] -= 1
        if not self._scopes[entry.scope]:
            del self._scopes[entry.scope]
        self.size_bytes -= entry.size_bytes
        return entry

    def beyond(self, bounds: Bounds) -> list[Entry]:
        """Let go what there is no room for."""
        gone = []
        while len(self._entries) > bounds.most or self.size_bytes > bounds.most_bytes:
            gone.append(self.remove(next(iter(self._entries))))
        return [entry for entry in gone if entry is not None]

    def older_than(self, kept_at_s: float) -> list[Entry]:
        """Let go what was kept before a time."""
        old = [entry.key for entry in self._entries.values() if entry.kept_at_s < kept_at_s]
        return [entry for key in old if (entry := self.remove(key)) is not None]
