"""The rules: by hand, in words, as text; what they did, and what a draft would have done."""

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QWidget

from butler.contract.history import HistoryEntry, HistoryLine
from butler.contract.resources import Rule
from butler.contract.rule_files import RuleFileError, document_of, rules_from, rules_text
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.fonts import Type
from butler.desktop.models.rule_draft import Body
from butler.desktop.pages.page import Page
from butler.desktop.widgets.button import Button, QuietButton
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.rules.hit_analysis import HitAnalysis
from butler.desktop.widgets.rules.import_dialog import ImportDialog
from butler.desktop.widgets.rules.json_editor import JsonEditor
from butler.desktop.widgets.rules.rules_tab import RulesTab
from butler.desktop.widgets.rules.time_machine import TimeMachine
from butler.desktop.widgets.rules.words_tab import WordsTab
from butler.desktop.widgets.segmented import Segmented
from butler.desktop.wizard.dialog import WizardDialog

TABS = ("rules", "words", "json", "hits", "replay")
Tab = RulesTab | WordsTab | JsonEditor | HitAnalysis | TimeMachine
_FILES = "JSON (*.json);;YAML (*.yaml *.yml)"


class RulesPage(Page):
    """One tab at a time; each asks the engine when it comes into view."""

    def __init__(self, desk: Desk) -> None:
        texts = desk.look.texts
        super().__init__("rules", texts("page.rules"))
        self._desk = desk
        self._texts = texts
        self._last: HistoryLine | None = None
        self.rules = RulesTab(desk)
        self.words = WordsTab(desk)
        self.json = JsonEditor(desk)
        self.hits = HitAnalysis(desk)
        self.replay = TimeMachine(desk)
        tabs: tuple[Tab, ...] = (self.rules, self.words, self.json, self.hits, self.replay)
        self._shown: dict[str, Tab] = dict(zip(TABS, tabs, strict=True))
        self.tabs = Segmented(
            texts("page.rules"), [(name, texts(f"rules.tab.{name}")) for name in TABS]
        )
        self.tabs.setObjectName("rules.tabs")
        self.tabs.picked.connect(lambda name: self.open_tab(str(name)))
        self._count = Label("", Type.SMALL, "secondary")
        self._undo = QuietButton(texts("rules.undo"))
        self._undo.setObjectName("rules.undo")
        self._undo.clicked.connect(self._take_back)
        self._undo.hide()
        self._add_buttons()
        self._lay_out()
        self.rules.counted.connect(self._show_count)
        self.words.edit_asked.connect(self.edit)
        self.hits.rule_asked.connect(self._open_rule)
        self.replay.opened.connect(desk.actions.call_asked.emit)
        desk.state.config_changed.connect(self._follow)

    def opened(self) -> None:
        self._refresh()

    def open_tab(self, name: str) -> None:
        """Show one of the tabs."""
        self.tabs.show_value(name)
        self._panes.setCurrentWidget(self._shown[name])
        self._refresh()

    def edit(self, body: Body) -> None:
        """Take a rule that somebody has proposed into the editor."""
        self.open_tab("rules")
        self.rules.new_rule(body)

    def _open_rule(self, rule_id: str) -> None:
        self.open_tab("rules")
        self.rules.show_rule(rule_id)

    def _refresh(self) -> None:
        self._shown[str(self.tabs.value)].refresh()
        if self.tabs.value != "rules":
            self._desk.engine.run("count rules", self._read_count)

    async def _read_count(self, client: EngineClient) -> None:
        self._show_count(len(await client.listed("rules", Rule)))

    def _add_buttons(self) -> None:
        texts = self._texts
        for name, do in (
            ("import", self._import),
            ("export", self._export),
            ("wizard", self._open_wizard),
        ):
            button = Button(texts(f"rules.{name}"))
            button.setObjectName(f"rules.{name}")
            button.clicked.connect(lambda _=False, do=do: do())
            self.head.addWidget(button)
        new = Button(texts("rules.new"), primary=True)
        new.setObjectName("rules.new")
        new.clicked.connect(self._new)
        self.head.addWidget(new)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addWidget(self._count)
        self.column.addLayout(row)
        panes = QWidget()
        self._panes = QStackedLayout(panes)
        for tab in self._shown.values():
            self._panes.addWidget(tab)
        self.column.addWidget(panes, 1)

    def _show_count(self, rules: int) -> None:
        self._count.setText(self._texts.count("rules.count", rules))

    def _follow(self, resources: list[str]) -> None:
        if "rules" in resources:
            self._desk.engine.run("last change", self._read_last)
        if {"rules", "providers", "settings"} & set(resources) and self.isVisible():
            self._refresh()

    async def _read_last(self, client: EngineClient) -> None:
        """Offer to take the latest change back."""
        lines = await client.listed("history", HistoryLine, limit=1)
        self._last = lines[0] if lines and "rules" in lines[0].resources else None
        self._undo.setVisible(self._last is not None)
        if self._last is not None:
            self._undo.setToolTip(self._texts("rules.undo.what", what=self._last.summary))

    def _take_back(self) -> None:
        last = self._last
        if last is None:
            return

        async def work(client: EngineClient) -> None:
            await client.ask("POST", f"history/{last.revision}:undo", HistoryEntry)
            self._desk.actions.told.emit(self._texts("rules.undone", what=last.summary))

        self._desk.engine.run("undo", work)

    def _new(self) -> None:
        self.open_tab("rules")
        self.rules.new_rule()

    def _open_wizard(self) -> None:
        WizardDialog(self._desk, self.window()).open()

    def _import(self) -> None:
        dialog = QFileDialog(self.window(), self._texts("rules.import"), "", _FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, on=False)
        dialog.fileSelected.connect(lambda path: self.import_file(Path(path)))
        dialog.open()

    def import_file(self, path: Path) -> None:
        """Read rules from a file, and ask whether they come beside or in place of those there."""

        async def work(_client: EngineClient) -> None:
            try:
                rules = await asyncio.to_thread(lambda: rules_from(path.read_bytes()))
            except (OSError, RuleFileError) as error:
                self._desk.actions.failed.emit(
                    self._texts("rules.import.failed", name=path.name, why=str(error))
                )
                return
            ImportDialog(self._desk, self.window(), path.name, rules).open()

        self._desk.engine.run("import rules", work)

    def _export(self) -> None:
        dialog = QFileDialog(self.window(), self._texts("rules.export"), "rules.json", _FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda path: self.export_to(Path(path)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write all rules to a file, as YAML where its name says so."""

        async def work(client: EngineClient) -> None:
            rules = await client.listed("rules", Rule)
            document = document_of([rule.model_dump(mode="json") for rule in rules])
            text = rules_text(document, as_yaml=path.suffix in (".yaml", ".yml"))
            try:
                await asyncio.to_thread(path.write_text, text, encoding="utf-8")
            except OSError as error:
                why = error.strerror or str(error)
                self._desk.actions.failed.emit(
                    self._texts("rules.export.failed", name=path.name, why=why)
                )
                return
            self._desk.actions.told.emit(self._texts("rules.exported", name=path.name))

        self._desk.engine.run("export rules", work)
