"""The rules by hand: the cards at the left, the editor of one at the right."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from pydantic import JsonValue
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from butler.contract.condition_kinds import ConditionKindRow
from butler.contract.health import Health
from butler.contract.problems import Problem, Problems
from butler.contract.replay import Effect
from butler.contract.resources import Model, Rule
from butler.contract.statistics import Statistics
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, part
from butler.desktop.models.model_words import model_words
from butler.desktop.models.rule_draft import Body, RuleDraft
from butler.desktop.models.rules import RulesModel
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.dialog import confirm
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.field import SearchField
from butler.desktop.widgets.rules.history_dialog import HistoryDialog
from butler.desktop.widgets.rules.rule_editor import RuleEditor, Supply
from butler.desktop.widgets.rules.rule_list import RuleList

_LIST_WIDTH, _NARROW_LIST_WIDTH = 404, 280
_NARROW = 960
_EFFECT_S = 60.0
_KEEP: dict[str, JsonValue] = {"log.bodies": "prompts"}


class RulesTab(QWidget):
    """Reads the rules when it is shown and whenever they have changed."""

    counted = Signal(int)
    """How many rules there are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._texts = texts = desk.look.texts
        self._trying: asyncio.Task[None] | None = None
        self._wanted: str | None = None
        self.model = RulesModel(texts, self)
        self.list = RuleList(desk.look, self.model)
        self.editor = RuleEditor(desk.look)
        self.search = SearchField(desk.look, texts("rule.search"))
        self.search.setObjectName("rules.search")
        self._bulk = QWidget()
        self._empty = EmptyState(texts("rule.empty"), texts("rule.empty.what"))
        self._pick_one = EmptyState(texts("rule.pick"), texts("rule.pick.what"))
        self._connect()
        self._lay_out()

    def refresh(self) -> None:
        """Ask the engine for what is shown."""
        self._desk.engine.run("rules", self._read)

    def new_rule(self, body: Body | None = None) -> None:
        """Begin a new rule, from nothing or from what is known of it."""
        usual = RuleDraft()
        draft = RuleDraft({**usual.body, **body}) if body else usual

        def begin() -> None:
            self._silently(self.list.clearSelection)
            self._panes.setCurrentIndex(0)
            self._open(draft)
            self.editor.name.setFocus()
            self.editor.name.selectAll()

        self._leave_for(begin)

    def show_rule(self, rule_id: str) -> None:
        """Select a rule as soon as it is there."""
        self._wanted = rule_id
        if self.list.select(rule_id):
            self._wanted = None

    def remove(self, rules: Sequence[Rule]) -> None:
        """Ask, then delete rules; the history has them."""
        texts = self._texts
        confirm(
            self.window(),
            self._desk.look,
            texts.count("rule.delete.sure", len(rules), name=rules[0].name),
            texts("rule.delete.what"),
            texts("rule.delete.yes"),
            lambda: self._do_many("delete", rules),
        )

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.list.picked.connect(self._pick)
        self.list.chosen.connect(self._chosen)
        self.list.switched.connect(self._switch)
        self.list.delete_asked.connect(self.remove)
        self.model.moved.connect(self._move)
        self.editor.settled.connect(self._try)
        self.editor.save_asked.connect(self._save)
        self.editor.discarded.connect(self._discard)
        self.editor.asked.connect(self._ask)
        self.editor.effect.keep_asked.connect(self._keep_texts)
        self.editor.effect.opened.connect(self._desk.actions.call_asked.emit)

    def _lay_out(self) -> None:
        bulk = QHBoxLayout(self._bulk)
        bulk.setContentsMargins(0, 0, 0, 0)
        bulk.setSpacing(2)
        for what in ("enable", "disable", "delete"):
            button = QuietButton(self._texts(f"rule.bulk.{what}"))
            button.setObjectName(f"rules.{what}")
            button.clicked.connect(lambda _=False, what=what: self._bulk_asked(what))
            bulk.addWidget(button)
        self._bulk.hide()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self._bulk)
        self._left = left = QWidget()
        left.setFixedWidth(_LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        right = QWidget()
        self._right = QStackedLayout(right)
        for shown in (self._pick_one, self.editor):
            self._right.addWidget(shown)
        filled = QWidget()
        row = QHBoxLayout(filled)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(left)
        row.addWidget(right, 1)
        self._panes = QStackedLayout(self)
        self._panes.addWidget(filled)
        self._panes.addWidget(self._empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < _NARROW
        self._left.setFixedWidth(_NARROW_LIST_WIDTH if narrow else _LIST_WIDTH)
        super().resizeEvent(event)

    async def _read(self, client: EngineClient) -> None:
        rules = await client.listed("rules", Rule)
        kinds = await client.listed("condition-kinds", ConditionKindRow)
        models = await client.listed("models", Model)
        health = await client.read("health", Health)
        hits = await _hits_today(client)
        by_target = {each.target: each for each in health.targets}
        words = [
            (model.target, model_words(self._texts, model, by_target.get(model.target)))
            for model in models
            if model.enabled
        ]
        self.list.delegate.private = frozenset(kind.kind for kind in kinds if kind.private)
        self.editor.supply(Supply({kind.kind: kind for kind in kinds}, words))
        self._show(rules, hits)

    def _show(self, rules: list[Rule], hits: dict[str, int]) -> None:
        keep = self._wanted or (self.editor.draft.id if self.editor.draft else None)
        unsaved = self.editor.is_changed
        self.list.blockSignals(True)
        self.model.show_rules(rules, hits)
        found = self.list.select(keep) if keep else False
        self.list.blockSignals(False)
        self.counted.emit(len(rules))
        has_any = bool(rules) or unsaved
        self._panes.setCurrentIndex(0 if has_any else 1)
        if unsaved and self._wanted is None:
            stored = next((rule for rule in rules if rule.id == keep), None)
            if stored is not None:
                self.editor.rebase(RuleDraft.of(stored).body)
            return
        if not found and rules:
            self.list.select(rules[0].id)
        self._wanted = None
        current = self.list.currentIndex().row()
        shown = self.model.shown
        self._pick(shown[current] if 0 <= current < len(shown) else None)

    def _search(self, text: str) -> None:
        keep = self.editor.draft.id if self.editor.draft else None
        self.list.blockSignals(True)
        self.model.search(text)
        self.list.select(keep)
        self.list.blockSignals(False)

    def _pick(self, rule: Rule | None) -> None:
        if rule is None:
            if not self.editor.is_changed:
                self._right.setCurrentWidget(self._pick_one)
            return
        draft, before = RuleDraft.of(rule), self.editor.draft
        if before is None or before.id == rule.id or not self.editor.is_dirty:
            self._open(draft, built_in=rule.built_in)
            return
        mine = before.id
        self._silently(lambda: self._mark(mine))

        def go() -> None:
            self._silently(lambda: self.list.select(rule.id))
            self._open(draft, built_in=rule.built_in)

        self._leave_for(go)

    def _open(self, draft: RuleDraft, *, built_in: bool = False) -> None:
        self._right.setCurrentWidget(self.editor)
        self.editor.setEnabled(not built_in)
        self.editor.show_draft(draft)

    def _mark(self, rule_id: str | None) -> None:
        if not self.list.select(rule_id):
            self.list.clearSelection()

    def _silently(self, do: Callable[[], object]) -> None:
        """Change the selection without opening what is selected."""
        self.list.blockSignals(True)
        do()
        self.list.blockSignals(False)

    def _leave_for(self, go: Callable[[], object]) -> None:
        """Go on, after a question where that would lose what was changed."""
        texts = self._texts
        if not self.editor.is_dirty:
            go()
            return
        confirm(
            self.window(),
            self._desk.look,
            texts("rule.leave.sure"),
            texts("rule.leave.what"),
            texts("rule.leave.yes"),
            go,
        )

    def _chosen(self, rules: list[Rule]) -> None:
        self._bulk.setVisible(len(rules) > 1)

    def _bulk_asked(self, what: str) -> None:
        rules = [rule for rule in self.list.selected if not rule.built_in]
        if not rules:
            return
        if what == "delete":
            self.remove(rules)
        else:
            self._do_many(what, rules)

    def _do_many(self, what: str, rules: Sequence[Rule]) -> None:
        async def work(client: EngineClient) -> None:
            ids: list[JsonValue] = [rule.id for rule in rules]
            await client.send("POST", "rules:bulk", {"action": what, "ids": ids})
            if what == "delete":
                self._forget_editor(rules)

        self._desk.engine.run("many rules", work)

    def _forget_editor(self, rules: Sequence[Rule]) -> None:
        draft = self.editor.draft
        if draft is not None and draft.id in {rule.id for rule in rules}:
            self.editor.forget()
            self._right.setCurrentWidget(self._pick_one)

    def _switch(self, rule: Rule) -> None:
        async def work(client: EngineClient) -> None:
            await client.send("PATCH", f"rules/{part(rule.id)}", {"enabled": not rule.enabled})

        if not rule.built_in:
            self._desk.engine.run("switch rule", work)

    def _move(self, ids: list[JsonValue], before: str | None) -> None:
        async def work(client: EngineClient) -> None:
            body: Body = {"action": "move", "ids": ids, "before": before}
            await client.send("POST", "rules:bulk", body)

        self._desk.engine.run("move rules", work)

    def _try(self, draft: RuleDraft | None) -> None:
        """Ask what is wrong with the draft, and what it would have done."""
        if self._trying is not None:
            self._trying.cancel()
        built_in = {rule.id for rule in self.model.rules if rule.built_in}
        if draft is not None and draft.id not in built_in:
            self._trying = self._desk.engine.run(
                "try rule", lambda client: self._tried(client, draft), self._refused
            )

    async def _tried(self, client: EngineClient, draft: RuleDraft) -> None:
        path = f"rules/{part(draft.id)}:check" if draft.id else "rules:check"
        found = await client.ask("POST", path, Problems, dict(draft.body))
        self.editor.tell(found.problems)
        if found.problems:
            self.editor.effect.show_nothing(self._texts("rule.effect.not_yet"))
            return
        body: Body = {"rule": dict(draft.body), "id": draft.id}
        effect = await client.ask("POST", "rules:effect", Effect, body, timeout_s=_EFFECT_S)
        self.editor.show_effect(effect)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.editor.tell(problems)

    def _save(self, draft: RuleDraft | None) -> None:
        changes = self.editor.changes

        async def work(client: EngineClient) -> None:
            if draft is None:
                return
            if draft.id:
                # Only what was changed here: others may have changed the rest meanwhile.
                stored = await client.ask("PATCH", f"rules/{part(draft.id)}", Rule, changes)
            else:
                stored = await client.ask("POST", "rules", Rule, dict(draft.body))
            self._show_saved(draft, stored)
            self._desk.actions.told.emit(self._texts("rule.saved", name=stored.name))
            await self._read(client)

        self._desk.engine.run("save rule", work, self._refused)

    def _show_saved(self, draft: RuleDraft, stored: Rule) -> None:
        """Show what is stored now, without what was written since it was sent."""
        now = self.editor.draft
        if draft.id is not None and now is not None and now.id == draft.id and now != draft:
            self.editor.rebase(RuleDraft.of(stored).body)
            return
        self._wanted = stored.id
        self.search.clear()
        self.editor.show_draft(RuleDraft.of(stored))

    def _discard(self) -> None:
        if self.editor.revert():
            return
        # A new rule leaves nothing behind: what was chosen before it is shown again.
        self.editor.forget()
        self._right.setCurrentWidget(self._pick_one)
        self.refresh()

    def _ask(self, what: str, draft: RuleDraft | None) -> None:
        rule = next((one for one in self.model.rules if draft and one.id == draft.id), None)
        if rule is None:
            return
        steps: dict[str, Callable[[Rule], object]] = {
            "duplicate": self._duplicate,
            "history": lambda rule: HistoryDialog(self._desk, self.window(), rule).open(),
            "delete": lambda rule: self.remove([rule]),
        }
        steps[what](rule)

    def _duplicate(self, rule: Rule) -> None:
        async def work(client: EngineClient) -> None:
            copy = await client.ask("POST", f"rules/{part(rule.id)}:duplicate", Rule)
            self._wanted = copy.id
            await self._read(client)

        self._desk.engine.run("duplicate rule", work)

    def _keep_texts(self) -> None:
        async def work(client: EngineClient) -> None:
            await client.send("PATCH", "settings", dict(_KEEP))
            self._desk.actions.told.emit(self._texts("rule.effect.kept"))

        confirm(
            self.window(),
            self._desk.look,
            self._texts("rule.effect.keep.sure"),
            self._texts("rule.effect.keep.what"),
            self._texts("rule.effect.keep.yes"),
            lambda: self._desk.engine.run("keep texts", work),
        )


async def _hits_today(client: EngineClient) -> dict[str, int]:
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    found = await client.read(
        "statistics", Statistics, from_=midnight.isoformat(), group_by="rule", top=1000
    )
    return {group.key: group.counts.requests for group in found.groups if group.key}
