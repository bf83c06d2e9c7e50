"""What saving would change, rule by rule, to look over before it is saved."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from butler.contract.problems import Problem, ProblemCode
from butler.contract.texts import Texts
from butler.desktop.look import Look
from butler.desktop.models.rule_set_changes import Change, RuleChange
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.diff_view import DiffView
from butler.desktop.widgets.label import Label

_WIDTH = 760
_HEIGHT = 400


class JsonReview(Dialog):
    """`save` is called when one is content; refusals come back by `refused`."""

    def __init__(
        self,
        look: Look,
        changes: Sequence[RuleChange],
        save: Callable[[], object],
        reload: Callable[[], object],
        parent: QWidget,
    ) -> None:
        texts = look.texts
        super().__init__(look, texts("rules.json.review"), parent, _WIDTH)
        self.setObjectName("json.review")
        self._reload = reload
        self.body.addWidget(Label(summary(changes, texts), tone="secondary"))
        self.lines = DiffView(look, texts("rules.json.review"))
        self.lines.setMinimumHeight(_HEIGHT)
        self.lines.show_lines(_lines(changes, texts))
        self.body.addWidget(self.lines, 1)
        self.add_button("json.back", texts("rules.json.back"), self.reject)
        self.save = self.add_button("json.save", texts("rules.json.save"), save, primary=True)
        self.save.setEnabled(bool(changes))

    def refused(self, problems: Sequence[Problem]) -> None:
        """Say why it was not saved; where others were quicker, offer to look at theirs."""
        texts = self.look.texts
        if any(each.code is ProblemCode.STALE_REVISION for each in problems):
            self.tell(texts("rules.json.elsewhere"), texts("rules.json.stale"))
            self.save.hide()
            self.add_button("json.reload", texts("rules.json.reload"), self._look_again)
            return
        self.save.setEnabled(True)
        self.tell(texts("rules.json.refused"), " ".join(each.detail for each in problems))

    def _look_again(self) -> None:
        self.reject()
        self._reload()


def summary(changes: Sequence[RuleChange], texts: Texts) -> str:
    """Say how many rules come, change and go."""
    if not changes:
        return texts("rules.json.same")
    counts = {kind: sum(each.change is kind for each in changes) for kind in Change}
    told = [texts.count(f"rules.json.{kind}", count) for kind, count in counts.items() if count]
    return texts("rules.json.comma").join(told)


def _lines(changes: Sequence[RuleChange], texts: Texts) -> list[str]:
    lines: list[str] = []
    for change in changes:
        if lines:
            lines.append("")
        lines.append(texts(f"rules.json.change.{change.change}", name=change.name))
        lines += change.lines
    return lines
