"""The table of courses: complete, and the principles that it follows."""

from butler.engine.dispatch.courses import COURSES, Next
from butler.engine.errors import FailureKind as Kind


def test_every_kind_has_its_course() -> None:
    assert set(COURSES) == set(Kind)


def test_what_is_the_requests_fault_makes_no_target_sick() -> None:
    healthy = {kind for kind, course in COURSES.items() if not course.sick}
    own = {Kind.CONTEXT, Kind.POLICY, Kind.REFUSED, Kind.UNSUPPORTED}
    assert healthy == {*own, Kind.BUSY}


def test_only_what_passes_by_itself_is_tried_again() -> None:
    again = {kind for kind, course in COURSES.items() if course.again}
    passing = {Kind.CONNECT, Kind.RATE_LIMITED, Kind.OVERLOADED, Kind.SERVER, Kind.CUT}
    assert again == passing


def test_where_a_call_goes_on() -> None:
    assert {kind: course.next for kind, course in COURSES.items() if course.next != Next.ANY} == {
        Kind.CONTEXT: Next.LARGER,
        Kind.POLICY: Next.ALLOWED,
        Kind.REFUSED: Next.NONE,
    }
