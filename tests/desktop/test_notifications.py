"""What the tray says by itself: keys that are rejected, an engine that was started again."""

from butler.contract.events import Alert
from butler.contract.problems import Problem, ProblemCode
from butler.desktop.look import Look
from butler.desktop.notifications import Notifications
from butler.desktop.state import DesktopState, Link
from tests.desktop import samples


class _Tray:
    """Keeps what it is told: there is no tray on this platform."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def tell(self, text: str) -> None:
        self.said.append(text)


def test_a_rejected_key_is_told(look: Look) -> None:
    state, tray = DesktopState(), _Tray()
    Notifications(state, tray, look.texts)
    problem = Problem(code=ProblemCode.KEY_REJECTED, detail="acme rejects its key")
    state.apply(Alert(target="acme/alpha", problem=problem, status=samples.status()))
    assert len(tray.said) == 1
    assert tray.said[0].startswith("acme/alpha: ")


def test_another_engine_in_its_place_is_told(look: Look) -> None:
    state, tray = DesktopState(), _Tray()
    Notifications(state, tray, look.texts)
    for pid in (1, 1, 2):
        state.set_link(Link.LOST)
        state.status = samples.status().model_copy(update={"pid": pid})
        state.set_link(Link.RUNNING)
    assert tray.said == ["The engine had ended and was started again."]
