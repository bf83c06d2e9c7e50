"""What each kind of failure leads to: the one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from butler.engine.call import Call, Target
from butler.engine.errors import FailureKind, UpstreamError


class Next(StrEnum):
    """Where a call goes after a failure; only a call that did not name its model goes anywhere."""

    ANY = "any"
    LARGER = "larger"
    ALLOWED = "allowed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Course:
    """What follows a failure.

    `again`: the same target may be asked again after a pause. `next`: which further targets may
    be tried: any, those with a larger context, any where the owner allows it, none. `sick`: it
    counts against the target's breaker. `hopeless`: it opens the breaker at once.
    """

    again: bool
    next: Next
    sick: bool
    hopeless: bool = False


_K = FailureKind
COURSES: Mapping[FailureKind, Course] = {
    _K.CONNECT: Course(again=True, next=Next.ANY, sick=True),
    # It may have been paid for, and has taken long enough.
    _K.TIMEOUT: Course(again=False, next=Next.ANY, sick=True),
    _K.RATE_LIMITED: Course(again=True, next=Next.ANY, sick=True),
    _K.OVERLOADED: Course(again=True, next=Next.ANY, sick=True),
    _K.SERVER: Course(again=True, next=Next.ANY, sick=True),
    _K.CUT: Course(again=True, next=Next.ANY, sick=True),
    _K.UNREADABLE: Course(again=False, next=Next.ANY, sick=True),
    _K.KEY_REJECTED: Course(again=False, next=Next.ANY, sick=True, hopeless=True),
    _K.OUT_OF_CREDIT: Course(again=False, next=Next.ANY, sick=True, hopeless=True),
    _K.NO_MODEL: Course(again=False, next=Next.ANY, sick=True),
    _K.CONTEXT: Course(again=False, next=Next.LARGER, sick=False),
    _K.POLICY: Course(again=False, next=Next.ALLOWED, sick=False),
    _K.REFUSED: Course(again=False, next=Next.NONE, sick=False),
    _K.BUSY: Course(again=False, next=Next.ANY, sick=False),
    # This provider's dialect has no words for it; another one's may.
    _K.UNSUPPORTED: Course(again=False, next=Next.ANY, sick=False),
}


def may_pass(error: UpstreamError) -> bool:
    """Say whether the same call may succeed in a while, though nothing is changed."""
    course = COURSES[error.kind]
    return course.sick and not course.hopeless and (error.status >= 500 or error.status == 429)


class Onward:
    """Which further targets a call may try, after what has happened to it so far."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._is_over = False
        self._outgrown_tokens: int | None = None

    def note(self, target: Target, kind: FailureKind) -> None:
        """Take a failure into account."""
        match COURSES[kind].next:
            case Next.NONE:
                self._is_over = True
            case Next.ALLOWED:
                self._is_over = not self._call.runtime.patience.policy_moves_on
            case Next.LARGER:
                size = self._call.runtime.facts(target).context_tokens
                self._outgrown_tokens = size or self._call.known.input_tokens
            case _:
                pass

    def allows(self, target: Target) -> bool:
        """Say whether a target may be tried; one of unknown size is no larger one."""
        if self._is_over:
            return False
        if self._outgrown_tokens is None:
            return True
        return (self._call.runtime.facts(target).context_tokens or 0) > self._outgrown_tokens
