"""Every page in every dress: text stands out from what it lies on, and none of it is cut off.

Contrast is that of WCAG 2.2, success criterion 1.4.3: 4.5:1, for large text 3:1.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from butler.contract.texts import LANGUAGES
from butler.desktop.app import Desktop
from butler.desktop.theme import Scheme
from butler.desktop.widgets.label import ElidedLabel
from tests.desktop.asking import ask
from tests.desktop.conftest import until
from tests.desktop.test_tokens import contrast

_SIZES = (QSize(1280, 832), QSize(880, 600))
_LARGE_PIXELS = 24
_SLIVER = 10
_SEEN = 150
"""So many texts there are at least on all pages: a walk that sees fewer has lost its way."""


class Text(NamedTuple):
    """What is written somewhere, and who writes it."""

    page: str
    words: str
    widget: QWidget


def _texts(page: QWidget) -> Iterator[Text]:
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        words = widget.text()
        # At the edge of what scrolls, a sliver tells nothing of what a text lies on.
        if words.strip() and widget.visibleRegion().boundingRect().height() >= _SLIVER:
            yield Text(page.objectName(), words, widget)


def _ground(image: QImage, window: QWidget, widget: QWidget) -> str:
    """Return the colour that most of the widget is painted in: what its words lie on."""
    origin = widget.mapTo(window, QPoint(0, 0))
    seen = widget.visibleRegion().boundingRect().translated(origin)
    box = QRect(seen).intersected(image.rect())
    colours = Counter(
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right() + 1, 3)
        for y in range(box.top(), box.bottom() + 1, 2)
    )
    return str(colours.most_common(1)[0][0])


def _ink(widget: QWidget) -> str:
    return str(widget.palette().color(widget.foregroundRole()).name())


def _too_faint(window: QWidget, page: QWidget) -> list[str]:
    image = window.grab().toImage()
    found = []
    for text in _texts(page):
        if not text.widget.isEnabled():
            # What can not be used is exempt.
            continue
        large = text.widget.font().pixelSize() >= _LARGE_PIXELS
        ratio = contrast(_ink(text.widget), _ground(image, window, text.widget))
        if ratio < (3.0 if large else 4.5):
            found.append(f"{text.page}: {text.words[:40]!r} {ratio:.2f}")
    return found


def _cut_off(page: QWidget) -> list[str]:
    found = []
    for text in _texts(page):
        widget = text.widget
        if isinstance(widget, ElidedLabel) or (isinstance(widget, QLabel) and widget.wordWrap()):
            continue
        needed = QFontMetrics(widget.font()).size(0, text.words).width()
        if needed > widget.width() + 1:
            found.append(f"{text.page}: {text.words[:40]!r} needs {needed}, has {widget.width()}")
    return found


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("speaking", LANGUAGES)
async def test_pages_are_legible(real: Desktop, qapp: QApplication, scheme: Scheme) -> None:
    await ask(real, "Refactor this Python function: def f(x): return x")
    real.desk.look.theme.use(scheme)
    window = real.window
    seen, wrong = 0, []
    for size in _SIZES:
        window.resize(size)
        for name in window.pages:
            window.open_page(name)
            page = next(each for each in window.findChildren(QWidget, name) if each.isVisible())
            await until(lambda on=page: len(list(_texts(on))) > 3)
            await _settled(page)
            # What is said in passing lies on top of the page.
            window.toast.hide()
            seen += len(list(_texts(page)))
            wrong += _too_faint(window, page) + _cut_off(page)
    assert sorted(set(wrong)) == []
    assert seen > _SEEN


async def _settled(page: QWidget) -> None:
    """Wait until no more words come."""
    before = -1
    while before != (now := len(list(_texts(page)))):
        before = now
        await asyncio.sleep(0.4)
