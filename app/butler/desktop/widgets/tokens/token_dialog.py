"""The dialog for a token: a new one, or the limits of one that there is."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from pydantic import JsonValue
from PySide6.QtWidgets import QCheckBox, QWidget

from butler.contract.problems import Problem
from butler.contract.resources import Token
from butler.desktop.look import Look
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.field import LinesField, NumberField, TextField
from butler.desktop.widgets.form import FormRow, tell_rows
from butler.desktop.widgets.select import Select

_DAYS = (7, 30, 90, 365)
_NEVER, _AS_IT_IS = 0, -1
_LINES_HEIGHT = 72

Body = dict[str, JsonValue]


class TokenDialog(Dialog):
    """Hands what was filled in to `save`; `refused` shows what the engine has against it."""

    def __init__(
        self, look: Look, parent: QWidget, save: Callable[[Body], object], token: Token | None
    ) -> None:
        texts = look.texts
        super().__init__(look, texts("token.edit" if token else "token.new"), parent)
        self._token = token
        self._save = save
        self.name = TextField(texts("token.name"), texts("token.name.example"))
        self.expires = Select(texts("token.expires"), self._expiries())
        self.models = LinesField(texts("token.models"), texts("token.models.example"))
        self.models.setFixedHeight(_LINES_HEIGHT)
        self.limit = NumberField(texts("token.limit"), texts("token.limit.none"))
        self.keep = QCheckBox(texts("token.keep"))
        self._rows = {
            "name": FormRow(texts("token.name"), self.name),
            "expires_at": FormRow(texts("token.expires"), self.expires),
            "allowed_models": FormRow(
                texts("token.models"), self.models, texts("token.models.note")
            ),
            "requests_per_minute": FormRow(texts("token.limit"), self.limit),
        }
        for row in self._rows.values():
            self.body.addWidget(row)
        self.body.addWidget(self.keep)
        self.add_button("token.cancel", texts("dialog.cancel"), self.reject)
        key = "token.save" if token else "token.make"
        self._done = self.add_button("token.save", texts(key), self._hand_over, primary=True)
        self._fill(token)

    def refused(self, problems: Sequence[Problem]) -> None:
        """Show what the engine has against it, each at its field."""
        self._done.setEnabled(True)
        self.tell(tell_rows(self.look, self._rows, problems))

    def _fill(self, token: Token | None) -> None:
        self.keep.setVisible(token is None)
        self.limit.show_number(token.requests_per_minute if token else None)
        if token is not None:
            self.name.setText(token.name)
            self.models.setPlainText("\n".join(token.allowed_models))
        self.name.setFocus()

    def _expiries(self) -> list[tuple[object, str]]:
        texts = self.look.texts
        offered: list[tuple[object, str]] = []
        if self._token_expires is not None:
            at = self.look.formats.day(self._token_expires)
            offered.append((_AS_IT_IS, texts("token.expires.as_it_is", day=at)))
        offered.append((_NEVER, texts("token.expires.never")))
        offered += [(days, texts("token.expires.in", days=days)) for days in _DAYS]
        return offered

    @property
    def _token_expires(self) -> datetime | None:
        return self._token.expires_at if self._token else None

    def _hand_over(self) -> None:
        self._done.setEnabled(False)
        body: Body = {
            "name": self.name.text().strip(),
            "allowed_models": [*self.models.toPlainText().split()],
            "requests_per_minute": self.limit.number,
        }
        days = self.expires.value
        if isinstance(days, int) and days != _AS_IT_IS:
            until = datetime.now(UTC) + timedelta(days=days) if days else None
            body["expires_at"] = until.isoformat() if until else None
        if self._token is None:
            body["keep_copy"] = self.keep.isChecked()
        self._save(body)
