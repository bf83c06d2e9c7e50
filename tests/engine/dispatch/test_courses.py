"""The table of courses: complete, and the principles that it follows."""

from butler.engine.call import ModelFacts, Target
from butler.engine.dispatch.courses import COURSES, Next, Onward
from butler.engine.errors import FailureKind as Kind
from butler.engine.patience import Patience
from tests.engine.calls import HELLO, Revision, new_call


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


SMALL, LARGE, UNKNOWN = Target("shop", "small"), Target("shop", "large"), Target("shop", "unknown")
SIZES = {SMALL: ModelFacts(context_tokens=8_000), LARGE: ModelFacts(context_tokens=64_000)}


def onward(*, policy_moves_on: bool = False) -> Onward:
    call = new_call(HELLO)
    patience = Patience(policy_moves_on=policy_moves_on)
    call.runtime = Revision(known_facts=SIZES, patience=patience)
    return Onward(call)


def allowed(way: Onward) -> list[Target]:
    return [target for target in (SMALL, LARGE, UNKNOWN) if way.allows(target)]


def test_most_failures_lead_anywhere() -> None:
    way = onward()
    assert len(allowed(way)) == 3
    for kind in (Kind.SERVER, Kind.KEY_REJECTED, Kind.TIMEOUT, Kind.BUSY):
        way.note(SMALL, kind)
    assert len(allowed(way)) == 3


def test_a_bad_request_leads_nowhere() -> None:
    way = onward()
    way.note(SMALL, Kind.REFUSED)
    assert allowed(way) == []


def test_a_context_leads_to_larger_ones_only_from_then_on() -> None:
    way = onward()
    way.note(SMALL, Kind.CONTEXT)
    way.note(LARGE, Kind.SERVER)
    assert allowed(way) == [LARGE]


def test_where_the_first_ones_size_is_unknown_the_requests_own_counts() -> None:
    way = onward()
    way.note(UNKNOWN, Kind.CONTEXT)
    assert allowed(way) == [SMALL, LARGE]


def test_a_policy_leads_on_only_where_its_owner_allows_it() -> None:
    for moves_on in (False, True):
        way = onward(policy_moves_on=moves_on)
        way.note(SMALL, Kind.POLICY)
        assert bool(allowed(way)) is moves_on
