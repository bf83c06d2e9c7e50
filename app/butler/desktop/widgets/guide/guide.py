"""The guide: three steps on the way from nothing to a routed request."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from butler.desktop.desk import Desk
from butler.desktop.fonts import Type
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.guide.first_request import FirstRequest
from butler.desktop.widgets.guide.step import Step
from butler.desktop.widgets.guide.who_answers import WhoAnswers
from butler.desktop.widgets.guide.your_tool import YourTool
from butler.desktop.widgets.label import Label

_WIDTH = 640
_HEIGHT = 560


class Guide(Dialog):
    """Every step can be skipped; what is done has a tick, wherever it was done."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        texts = desk.look.texts
        super().__init__(desk.look, texts("guide.title"), parent, _WIDTH)
        self.setObjectName("guide")
        self.resize(_WIDTH, _HEIGHT)
        self._texts = texts
        tool = YourTool(desk)
        self._steps: tuple[Step, ...] = (WhoAnswers(desk), tool, FirstRequest(desk, tool))
        self._marks = [Label("", Type.SMALL, "secondary") for _ in self._steps]
        line = QHBoxLayout()
        line.setSpacing(16)
        for mark in self._marks:
            line.addWidget(mark)
        line.addStretch(1)
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
            step.changed.connect(self._draw)
        self.body.addLayout(line)
        self.body.addWidget(self._stack, 1)
        self._skip = self.add_button("guide.skip", texts("guide.skip"), self.reject)
        self._back = self.add_button("guide.back", texts("guide.back"), lambda: self._go(-1))
        self._next = self.add_button(
            "guide.next", texts("guide.next"), lambda: self._go(1), primary=True
        )
        self.finished.connect(self._stop)
        self._steps[0].opened()
        self._draw()

    @property
    def step(self) -> Step:
        """The step in view."""
        return self._steps[self._stack.currentIndex()]

    def _stop(self) -> None:
        for step in self._steps:
            step.stop()

    def _go(self, by: int) -> None:
        at = self._stack.currentIndex() + by
        if at == len(self._steps):
            self.accept()
            return
        self._stack.setCurrentIndex(at)
        self.step.opened()
        self._draw()

    def _draw(self) -> None:
        at, last = self._stack.currentIndex(), len(self._steps) - 1
        for number, (mark, step) in enumerate(zip(self._marks, self._steps, strict=True)):
            sign = "✓" if step.done else str(number + 1)
            mark.setText(f"{sign}  {self._texts(f'guide.{step.name}.title')}")
            tone = "good" if step.done else "faint"
            mark.set_tone("" if number == at else tone)
        self._back.setEnabled(at > 0)
        self._skip.setVisible(at < last)
        self._next.setText(self._texts("guide.finish" if at == last else "guide.next"))
        # The ring of the keyboard stays where it can act.
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)
