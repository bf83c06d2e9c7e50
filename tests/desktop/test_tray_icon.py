"""The tray's picture tells the state at every size."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from butler.contract.events import Snapshot
from butler.contract.resources import State
from butler.desktop.state import DesktopState, Link
from butler.desktop.tray_icon import Face, Shape, draw_face, face_of, tray_icon
from tests.desktop import samples

_FACES = [Face(shape, dot) for shape in Shape for dot in (False, True)]


def _image(face: Face, size: int, *, dark: bool) -> QImage:
    return draw_face(face, size, dark_panel=dark).toImage()


@pytest.mark.parametrize("size", [16, 22, 64])
def test_every_state_looks_different(qtbot: QtBot, size: int) -> None:
    pictures = [_image(face, size, dark=dark) for face in _FACES for dark in (False, True)]
    for number, one in enumerate(pictures):
        assert all(one != other for other in pictures[number + 1 :])


@pytest.mark.parametrize("size", [16, 24, 48])
def test_filled_has_a_body_and_hollow_has_none(qtbot: QtBot, size: int) -> None:
    middle = size // 2
    filled = _image(Face(Shape.FILLED, dot=False), size, dark=False)
    hollow = _image(Face(Shape.HOLLOW, dot=False), size, dark=False)
    assert filled.pixelColor(middle, middle).alpha() == 255
    assert hollow.pixelColor(middle, middle).alpha() == 0
    assert filled.pixelColor(0, 0).alpha() == 0


def test_the_panel_decides_between_dark_and_light_ink(qtbot: QtBot) -> None:
    face = Face(Shape.FILLED, dot=False)
    assert _image(face, 32, dark=False).pixelColor(16, 16).lightness() < 60
    assert _image(face, 32, dark=True).pixelColor(16, 16).lightness() > 200


def test_the_icon_brings_the_usual_sizes(qtbot: QtBot) -> None:
    icon = tray_icon(_FACES[0], dark_panel=True)
    assert {size.width() for size in icon.availableSizes()} == {16, 20, 22, 24, 32, 48, 64}


def test_the_face_of_a_state() -> None:
    state = DesktopState()
    assert face_of(state) == Face(Shape.STRUCK, dot=False)
    state.apply(Snapshot(status=samples.status(), calls=[]))
    state.set_link(Link.RUNNING)
    assert face_of(state) == Face(Shape.FILLED, dot=False)
    state.apply_status(samples.status(state=State.OFF, warnings=[samples.WARNING]))
    assert face_of(state) == Face(Shape.HOLLOW, dot=True)
    state.apply_status(samples.status(local_only=True))
    assert face_of(state) == Face(Shape.HOUSE, dot=False)
    state.apply_status(samples.status(state=State.PAUSED, local_only=True))
    assert face_of(state) == Face(Shape.BARS, dot=False)
    state.set_link(Link.FAILED)
    assert face_of(state).shape is Shape.STRUCK
