"""A category of meaning, compiled once per revision: what belongs to it, and who answers."""

from dataclasses import dataclass

from butler.engine.call import Target


@dataclass(frozen=True, slots=True)
class Category:
    """What calls may be about; without living targets it sends none anywhere.

    `description` says in a sentence what belongs to it, `utterances` show it. `missing` are the
    names of targets that lead to no enabled model.
    """

    id: str
    name: str
    description: str
    utterances: tuple[str, ...]
    targets: tuple[Target, ...]
    missing: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """What stands in a trace: its name, and what is missing of its targets."""
        if not self.missing:
            return self.name
        return f"{self.name}; there is no enabled model {' or '.join(self.missing)}"
