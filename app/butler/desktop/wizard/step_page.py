"""One step: what is asked, in words, and the views of its questions, in a page that scrolls."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from butler.contract.wizard import Question, WizardStep
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.label import Label
from butler.desktop.wizard.choices_view import ChoicesView
from butler.desktop.wizard.order_view import OrderView

_SCROLL_ROOM = 12
QuestionView = ChoicesView | OrderView


class StepPage(QScrollArea):
    """`changed` when something is answered otherwise; more can be put into `column`."""

    changed = Signal()

    def __init__(self, look: Look, step: WizardStep) -> None:
        super().__init__(widgetResizable=True)
        self.setObjectName(f"wizard.step.{step.id}")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setObjectName("scrolled")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, _SCROLL_ROOM, 0)
        self.column.setSpacing(8)
        self.views: dict[str, QuestionView] = {}
        for question in step.questions:
            self._ask(look, question)
        if step.questions:
            self.column.addStretch(1)
        self.setWidget(content)

    @property
    def answers(self) -> dict[str, list[str]]:
        """What is answered, by the field of each question."""
        return {field: view.answer for field, view in self.views.items()}

    @property
    def complete(self) -> bool:
        """Whether every question has an answer."""
        return all(self.answers.values())

    def _ask(self, look: Look, question: Question) -> None:
        texts, field = look.texts, question.field
        view: QuestionView
        view = (OrderView if question.type == "order" else ChoicesView)(look, question)
        view.changed.connect(self.changed.emit)
        self.views[field] = view
        self.column.addWidget(Label(texts.named("wizard.ask", field), Type.BODY_STRONG))
        words = Label(texts.named("wizard.text", field, ""), Type.SMALL, "secondary")
        words.setWordWrap(True)
        self.column.addWidget(words)
        self.column.addWidget(view)
        self.column.addSpacing(8)
