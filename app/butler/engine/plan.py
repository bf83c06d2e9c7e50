"""What may be tried for a call, and what not, with the reasons; who makes plans is the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from butler.engine.call import Call, Target, Verdict
from butler.engine.errors import ClientError


class Why(StrEnum):
    """Why a target is not tried. The first three are policy: nothing makes up for them."""

    LOCAL_ONLY = "local_only"
    PRIVACY_RULE = "privacy_rule"
    TOKEN = "token"  # noqa: S105 - a word, not a secret
    CONTEXT = "context"
    MODALITY = "modality"
    TOOLS = "tools"
    JSON_MODE = "json_mode"
    OUTPUT = "output"
    PRICE = "price"
    MAKES = "makes"

    @property
    def is_policy(self) -> bool:
        """Whether the target is forbidden, not merely unable."""
        return self in (Why.LOCAL_ONLY, Why.PRIVACY_RULE, Why.TOKEN)

    @property
    def is_final(self) -> bool:
        """Whether not even a best attempt is worth it: forbidden, dearer, or another thing."""
        return self.is_policy or self in (Why.PRICE, Why.MAKES)


@dataclass(frozen=True, slots=True)
class Refused:
    """A target that is not tried; `reason` is for people."""

    target: Target
    why: Why
    reason: str

    def __str__(self) -> str:
        return f"{self.target} {self.reason}"


@dataclass(frozen=True, slots=True)
class Plan:
    """The targets to try in order, and what was left out.

    `warning` is set where none of them fits and the best attempt is made nevertheless; `error`
    is what to tell the client where policy leaves nothing to try.
    """

    targets: tuple[Target, ...]
    refused: tuple[Refused, ...] = ()
    warning: str | None = None
    error: ClientError | None = None


class Gate(Protocol):
    """Makes a plan of the targets that a verdict names; the call's own verdict unless given."""

    def __call__(
        self, call: Call, targets: Sequence[Target], verdict: Verdict | None = None
    ) -> Plan: ...


def ungated(
    call: Call,
    targets: Sequence[Target],
    verdict: Verdict | None = None,
) -> Plan:
    """Plan to try everything: a gate that stands open."""
    return Plan(tuple(targets))
