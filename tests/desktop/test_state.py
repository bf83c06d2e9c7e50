"""The state follows the events, and says so once for many."""

from pytestqt.qtbot import QtBot

from butler.contract.events import CallRecorded, ConfigChanged, Snapshot
from butler.contract.resources import State
from butler.desktop.failure import Failure, FailureKind
from butler.desktop.state import DesktopState, Link
from tests.desktop import samples


def _recorded(number: int) -> CallRecorded:
    return CallRecorded(call=samples.call(number), status=samples.status(requests_today=number))


def test_a_snapshot_replaces_everything(qtbot: QtBot) -> None:
    state = DesktopState()
    state.apply(_recorded(9))
    with qtbot.waitSignals([state.calls_reset, state.status_changed]):
        state.apply(Snapshot(status=samples.status(), calls=[samples.call(2), samples.call(1)]))
    assert [call.id for call in state.calls] == ["req-2", "req-1"]


def test_calls_that_come_together_are_announced_together(qtbot: QtBot) -> None:
    state = DesktopState()
    announced: list[list[str]] = []
    state.calls_added.connect(lambda calls: announced.append([call.id for call in calls]))
    with qtbot.waitSignal(state.status_changed):
        for number in (1, 2, 3):
            state.apply(_recorded(number))
    assert announced == [["req-3", "req-2", "req-1"]]
    assert state.status is not None
    assert state.status.requests_today == 3


def test_a_call_that_the_snapshot_held_is_not_doubled() -> None:
    state = DesktopState()
    state.apply(Snapshot(status=samples.status(), calls=[samples.call(1)]))
    state.apply(_recorded(1))
    assert len(state.calls) == 1


def test_only_so_many_calls_are_kept() -> None:
    state = DesktopState()
    for number in range(250):
        state.apply(_recorded(number))
    assert len(state.calls) == 200
    assert state.calls[0].id == "req-249"


def test_a_status_that_says_nothing_new_draws_nothing(qtbot: QtBot) -> None:
    state = DesktopState()
    same = samples.status()
    state.apply(Snapshot(status=same, calls=[]))
    with qtbot.assertNotEmitted(state.status_changed, wait=120):
        state.apply_status(same.model_copy())


def test_routing_needs_a_link_and_the_switch() -> None:
    state = DesktopState()
    state.apply(Snapshot(status=samples.status(), calls=[]))
    assert not state.routing
    state.set_link(Link.RUNNING)
    assert state.routing
    off = samples.status(state=State.OFF)
    state.apply(ConfigChanged(revision=2, resources=["settings"], status=off))
    assert not state.routing


def test_warnings_and_failures_want_attention() -> None:
    state = DesktopState()
    assert not state.attention
    state.apply(Snapshot(status=samples.status(warnings=[samples.WARNING]), calls=[]))
    assert state.attention
    state.apply(Snapshot(status=samples.status(), calls=[]))
    state.set_link(Link.FAILED, Failure(FailureKind.REFUSED, ("Port taken.",)))
    assert state.attention


def test_the_same_link_is_announced_once(qtbot: QtBot) -> None:
    state = DesktopState()
    with qtbot.waitSignal(state.link_changed):
        state.set_link(Link.RUNNING)
    with qtbot.assertNotEmitted(state.link_changed):
        state.set_link(Link.RUNNING)
