"""A new owner's first minutes, on a real screen with a real tray: `python -m tests.desktop.walk`.

Runs the real desktop with its real engine beside a scripted vendor, and uses both as a person and
a tool would. Prints how long the guide took; pictures go to the folder that `WALK_PICTURES` names.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import TypeVar

from openai import AsyncOpenAI
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from qasync import QEventLoop

from butler.contract.places import data_dir
from butler.contract.resources import State
from butler.contract.texts import load_texts
from butler.desktop.app import Desktop
from butler.desktop.engine_process import engine_command
from butler.desktop.pages.overview import OverviewPage
from butler.desktop.pages.rules import RulesPage
from butler.desktop.state import Link
from butler.desktop.widgets.guide.first_request import FirstRequest
from butler.desktop.widgets.guide.guide import Guide
from butler.desktop.widgets.guide.your_tool import YourTool
from butler.desktop.widgets.providers.add_dialog import AddProviderDialog
from butler.desktop.wizard.dialog import WizardDialog
from butler.desktop.wizard.rule_card import RuleCard
from tests.desktop.asking import status_of
from tests.desktop.conftest import until
from tests.desktop.eyes import choose, click, press, shown, table
from tests.desktop.screen import LEFT, POPUP_S, RIGHT, Screen
from tests.fakes import Upstream

_START_S = 60.0
_PATIENCE_S = 30.0
_WIZARD_STEPS = 5
_CODE = "Write a Python function that merges two sorted lists."

Part = TypeVar("Part", bound=QWidget)


class Walk:
    """One step after the other; each waits until it can be seen to have worked."""

    def __init__(self, desktop: Desktop, up: Upstream, screen: Screen) -> None:
        self._desktop = desktop
        self._window = desktop.window
        self._up = up
        self._screen = screen
        self._pictures = os.environ.get("WALK_PICTURES")

    async def all(self) -> None:
        """Walk the whole way."""
        began = time.monotonic()
        await self.add_a_provider()
        token = await self.make_a_token()
        await self.ask_first()
        print(f"the guide took {time.monotonic() - began:.1f} s")  # noqa: T201 - its report
        await self.be_asked_by_a_tool(token)
        began = time.monotonic()
        await self.make_rules(token)
        print(f"the wizard took {time.monotonic() - began:.1f} s")  # noqa: T201 - its report
        await self.switch_in_the_tray()
        await self.lose_the_engine()

    async def add_a_provider(self) -> None:
        """The guide comes by itself; the vendor is tried before it is stored."""
        guide = await self._seen(Guide)
        self._picture("guide-answers", guide)
        press(guide, "guide.add")
        dialog = await self._seen(AddProviderDialog)
        choose(dialog, "provider.preset", "Any OpenAI-compatible")
        _type(dialog.name, "acme")
        _type(dialog.address, self._up.base_url)
        _type(dialog.key, self._up.key)
        press(dialog, "provider.test")
        await until(dialog.picker.isVisible, _PATIENCE_S)
        dialog.picker.tick("alpha")
        self._picture("guide-provider", dialog)
        press(dialog, "provider.save")
        await until(lambda: "Ready: acme" in shown(guide), _PATIENCE_S)

    async def make_a_token(self) -> str:
        """One for the tool in use."""
        guide = await self._seen(Guide)
        QTest.keyClick(_button(guide, "guide.next"), Qt.Key.Key_Space)
        tool = await self._seen(YourTool)
        press(guide, "guide.make")
        await until(lambda: tool.secret is not None, _PATIENCE_S)
        self._picture("guide-tool", guide)
        return str(tool.secret)

    async def ask_first(self) -> None:
        """The first request, and the way it went."""
        guide = await self._seen(Guide)
        QTest.keyClick(_button(guide, "guide.next"), Qt.Key.Key_Return)
        step = await self._seen(FirstRequest)
        click(_button(guide, "guide.send"))
        await until(step.why.isVisible, _PATIENCE_S)
        assert "Why acme/alpha?" in shown(guide)
        self._picture("guide-request", guide)
        press(guide, "guide.next")
        await until(lambda: not guide.isVisible())

    async def be_asked_by_a_tool(self, token: str) -> None:
        """What a tool asks is seen on the pages."""
        async with AsyncOpenAI(base_url=status_of(self._desktop).base_url, api_key=token) as tool:
            answer = await tool.chat.completions.create(
                model="auto", messages=[{"role": "user", "content": "What is a mutex?"}]
            )
        assert answer.choices[0].message.content
        overview = await self._seen(OverviewPage)
        await until(lambda: overview.figures.requests.figure == "2", _PATIENCE_S)
        self._picture("overview", self._window)
        self._window.open_page("requests")
        await until(lambda: table(self._window).model().rowCount() == 2, _PATIENCE_S)
        self._picture("requests", self._window)

    async def make_rules(self, token: str) -> None:
        """The wizard makes a set of rules, each with its reason; the next call follows one."""
        self._window.open_page("rules")
        page = await self._seen(RulesPage)
        self._picture("rules-none", self._window)
        press(page, "rules.wizard")
        wizard = await self._seen(WizardDialog)
        for _ in range(_WIZARD_STEPS - 1):
            await until(_button(wizard, "wizard.next").isEnabled, _PATIENCE_S)
            press(wizard, "wizard.next")
        await until(lambda: bool(wizard.findChildren(RuleCard)), _PATIENCE_S)
        assert any("alpha" in words for words in shown(wizard))
        self._picture("wizard", wizard)
        press(wizard, "wizard.apply")
        await until(lambda: bool(page.rules.model.rules), _PATIENCE_S)
        async with AsyncOpenAI(base_url=status_of(self._desktop).base_url, api_key=token) as tool:
            answer = await tool.chat.completions.with_raw_response.create(
                model="auto", messages=[{"role": "user", "content": _CODE}]
            )
        assert answer.headers["x-butler-layer"] == "rules"
        assert answer.headers["x-butler-rule"]
        await until(page.rules.editor.effect.isVisible, _PATIENCE_S)
        self._picture("rules", self._window)

    async def switch_in_the_tray(self) -> None:
        """Routing is turned off and on in the tray's menu, the window is left and opened there."""
        await until(lambda: self._desktop.tray.present, _PATIENCE_S)
        for wanted in (State.OFF, State.ROUTING):
            await self._screen.click_tray(RIGHT)
            await asyncio.sleep(POPUP_S)
            await self._screen.hands("key", "Down", "Return")
            await until(lambda to=wanted: status_of(self._desktop).state is to, _PATIENCE_S)
        self._window.close()
        await until(lambda: not self._window.isVisible())
        await self._screen.click_tray(LEFT)
        await until(self._window.isVisible, _PATIENCE_S)

    async def lose_the_engine(self) -> None:
        """A killed engine is started again."""
        state, before = self._desktop.state, status_of(self._desktop).pid
        os.kill(before, signal.SIGKILL)
        await until(lambda: state.link is Link.LOST, _PATIENCE_S)
        await until(lambda: state.link is Link.RUNNING, _START_S)
        assert status_of(self._desktop).pid != before

    async def _seen(self, kind: type[Part]) -> Part:
        def visible() -> list[Part]:
            return [each for each in self._window.findChildren(kind) if each.isVisible()]

        await until(lambda: bool(visible()), _PATIENCE_S)
        return visible()[0]

    def _picture(self, name: str, widget: QWidget) -> None:
        if self._pictures:
            widget.grab().save(str(Path(self._pictures) / f"walk-{name}.png"))


def _button(parent: QWidget, name: str) -> QPushButton:
    found = parent.findChild(QPushButton, name)
    assert found is not None, name
    return found


def _type(field: QWidget, text: str) -> None:
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


async def _live(app: QApplication) -> None:
    desktop = Desktop(app, data_dir(), load_texts("en"), engine_command())
    running = asyncio.get_running_loop().create_task(desktop.run())
    await until(lambda: desktop.state.link is Link.RUNNING, _START_S)
    async with Upstream() as up:
        await Walk(desktop, up, Screen(os.environ["DISPLAY"])).all()
    desktop.quit()
    await running


def main() -> int:
    """Walk; whatever goes wrong ends it with an error."""
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        runner.run(_live(app))
    return 0


if __name__ == "__main__":
    sys.exit(main())
