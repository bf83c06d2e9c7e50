"""The wizard's dialog: it asks what the engine wants to know, shows what would be, applies."""

import asyncio
from collections.abc import Callable, Sequence

from pydantic import JsonValue
from PySide6.QtWidgets import QStackedWidget, QWidget

from butler.contract.drafts import Draft
from butler.contract.problems import Problem
from butler.contract.resources import Rule
from butler.contract.wizard import WizardForm
from butler.desktop.desk import Desk
from butler.desktop.engine import Work
from butler.desktop.engine_client import EngineClient
from butler.desktop.fonts import Type
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.label import Label
from butler.desktop.wizard.review import Review
from butler.desktop.wizard.step_page import StepPage
from butler.desktop.wizard.steps_line import StepsLine

_WIDTH, _HEIGHT = 720, 560


class WizardDialog(Dialog):
    """Opens with the questions once the engine has told them; closing it stores nothing."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._texts = texts = desk.look.texts
        super().__init__(desk.look, texts("wizard.title"), parent, _WIDTH)
        self.setObjectName("wizard")
        self.resize(_WIDTH, _HEIGHT)
        self._desk = desk
        self._running: set[asyncio.Task[None]] = set()
        self._answered: dict[str, JsonValue] | None = None
        self._steps: StepsLine | None = None
        self._pages: list[StepPage] = []
        self.review = Review(desk.look)
        self.review.changed.connect(self._draw)
        self._stack = QStackedWidget()
        self._hint = Label("", Type.SMALL, "secondary")
        self._hint.setWordWrap(True)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._hint)
        self.add_button("wizard.cancel", texts("dialog.cancel"), self.reject)
        self._providers = self.add_button(
            "wizard.providers", texts("wizard.providers"), self._open_providers
        )
        self._back = self.add_button("wizard.back", texts("wizard.back"), lambda: self._go(-1))
        self._next = self._primary("wizard.next", lambda: self._go(1))
        self._apply = self._primary("wizard.apply", self._store)
        self.finished.connect(lambda _: self._stop())
        self._draw()
        self._run("wizard", self._read)

    def _primary(self, name: str, do: Callable[[], object]) -> Button:
        return self.add_button(name, self._texts(name), do, primary=True)

    @property
    def step(self) -> int:
        """The place of the step in view."""
        return self._stack.currentIndex()

    def _run(self, name: str, work: Work) -> None:
        """Have the engine asked for as long as the dialog is there."""
        task = self._desk.engine.run(name, work, self._refused)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def _stop(self) -> None:
        for task in tuple(self._running):
            task.cancel()

    async def _read(self, client: EngineClient) -> None:
        form = await client.read("wizard", WizardForm, language=self._texts.language)
        names = [self._texts.named("wizard.step", step.id) for step in form.steps]
        self._steps = StepsLine(self.look, names)
        self.body.insertWidget(0, self._steps)
        for step in form.steps:
            page = StepPage(self.look, step)
            page.changed.connect(self._draw)
            if not step.questions:
                page.column.addWidget(self.review)
            self._pages.append(page)
            self._stack.addWidget(page)
        self._draw()

    @property
    def _offered(self) -> list[str]:
        """Every model that can be chosen."""
        views = (page.views.get("models") for page in self._pages)
        return [name for view in views if view is not None for name in view.offered]

    @property
    def _models(self) -> list[str]:
        return [name for page in self._pages for name in page.answers.get("models", ())]

    def _answers(self) -> dict[str, JsonValue]:
        found: dict[str, JsonValue] = {"language": self._texts.language}
        for page in self._pages:
            for field, view in page.views.items():
                found[field] = view.value
        return found

    def _go(self, by: int) -> None:
        self._stack.setCurrentIndex(self.step + by)
        if self._is_last:
            self._build()
        self.tell("")
        self._draw()

    @property
    def _is_last(self) -> bool:
        return bool(self._pages) and self.step == len(self._pages) - 1

    def _build(self) -> None:
        """Have the rules made, where the answers are others than before."""
        answers = self._answers()
        if answers == self._answered:
            return
        self.review.show_building()

        async def work(client: EngineClient) -> None:
            draft = await client.ask("POST", "wizard:build", Draft, answers)
            self._answered = answers
            self.review.show_draft(draft, self._models)

        self._run("build rules", work)

    def _store(self) -> None:
        rules = self.review.rules
        body: dict[str, JsonValue] = {
            "rules": [rule.model_dump(mode="json") for rule in rules],
            "keep": self.review.keep.isChecked(),
            "default_target": self.review.default_target,
        }
        self._apply.setEnabled(False)

        async def work(client: EngineClient) -> None:
            await client.asked("POST", "rules:apply", Rule, body)
            self._desk.actions.told.emit(self._texts.count("wizard.applied", len(rules)))
            self.accept()

        self._run("apply rules", work)

    def _refused(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        self.tell(self._texts.problem(first), f"{first.detail} {first.hint or ''}".strip())
        self._draw()

    def _open_providers(self) -> None:
        self.reject()
        self._desk.actions.open_page("providers")

    def _draw(self) -> None:
        """Show which step it is, and which buttons can be pressed."""
        ready, last = bool(self._pages), self._is_last
        page = self._pages[self.step] if ready else None
        empty = any("models" in each.views for each in self._pages) and not self._offered
        if self._steps is not None:
            self._steps.show_step(self.step)
        self._providers.setVisible(empty)
        self._back.setVisible(ready and self.step > 0)
        self._next.setVisible(not last)
        self._next.setEnabled(page is not None and page.complete and not empty)
        self._apply.setVisible(last)
        self._apply.setEnabled(bool(self.review.rules))
        self._hint.setText(self._said(page, empty=empty))
        self._hint.setVisible(bool(self._hint.text()))
        primary = self._apply if last else self._next
        if primary.isEnabled() and not primary.hasFocus() and not last:
            primary.setDefault(True)
        if last:
            self._apply.setDefault(True)

    def _said(self, page: StepPage | None, *, empty: bool) -> str:
        if empty:
            return self._texts("wizard.no_models")
        if page is not None and not page.complete:
            return self._texts("wizard.nothing_chosen")
        return self._texts("wizard.text.review") if self._is_last else ""
