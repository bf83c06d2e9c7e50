"""The tokens that tools are given: made, limited, renewed and revoked here."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from butler.contract.resources import Token, TokenSecret
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, part
from butler.desktop.formats import DASH, number
from butler.desktop.models.cells import Cell, Side
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.pages.page import Page
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.dialog import confirm
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.table import Table
from butler.desktop.widgets.tokens.secret_dialog import SecretDialog
from butler.desktop.widgets.tokens.token_card import TokenCard
from butler.desktop.widgets.tokens.token_dialog import Body, TokenDialog

_CARD_WIDTH = 300


class TokensPage(Page):
    """Reads the list whenever it is opened, and when tokens have changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("tokens", desk.look.texts("page.tokens"))
        self._desk = desk
        self._texts = texts = desk.look.texts
        self._model = RowsModel[Token](desk.look, self._headings(), lambda token: token.id, self)
        self._table = Table(desk.look, self._model, self._model.widths, texts("page.tokens"))
        self._card = TokenCard(desk.look)
        self._card.setFixedWidth(_CARD_WIDTH)
        self._table.picked.connect(self._card.show_token)
        self._table.opened.connect(self._edit)
        self._card.copy_asked.connect(self._copy)
        self._card.edit_asked.connect(self._edit)
        self._card.rotate_asked.connect(self._ask_rotate)
        self._card.revoke_asked.connect(self._ask_revoke)
        new = Button(texts("token.new"), primary=True)
        new.setObjectName("tokens.new")
        new.clicked.connect(self._new)
        self.head.addWidget(new)
        self._either = QStackedLayout()
        self._either.addWidget(_nothing(desk))
        self._either.addWidget(self._panes())
        self.column.addLayout(self._either, 1)
        desk.state.config_changed.connect(self._follow)

    def opened(self) -> None:
        self._desk.engine.run("tokens", self._read)

    def _headings(self) -> list[Heading[Token]]:
        texts, formats = self._texts, self._desk.look.formats

        def used(token: Token) -> Cell:
            at = token.last_used_at
            return Cell(formats.clock(at) if at else DASH, "secondary")

        def expires(token: Token) -> Cell:
            if token.expires_at is None:
                return Cell(texts("token.expires.never"), "secondary")
            return Cell(formats.day(token.expires_at))

        def models(token: Token) -> Cell:
            names = ", ".join(token.allowed_models)
            return Cell(names or texts("token.models.all"), "secondary", tooltip=names)

        def limit(token: Token) -> Cell:
            return Cell(number(token.requests_per_minute))

        return [
            Heading[Token](texts("token.name"), lambda token: Cell(token.name), 0),
            Heading[Token](texts("token.models"), models, 150),
            Heading[Token](texts("token.limit.short"), limit, 90, Side.RIGHT),
            Heading[Token](texts("token.expires"), expires, 104),
            Heading[Token](texts("token.used"), used, 104),
        ]

    def _panes(self) -> QWidget:
        left = Card()
        left.body.setContentsMargins(6, 2, 6, 6)
        left.body.addWidget(self._table)
        panes = QWidget()
        row = QHBoxLayout(panes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(left, 1)
        row.addWidget(self._card)
        return panes

    def _follow(self, resources: list[str]) -> None:
        if "tokens" in resources and self.isVisible():
            self.opened()

    async def _read(self, client: EngineClient) -> None:
        found = await client.listed("tokens", Token)
        self._model.show_rows(found)
        self._either.setCurrentIndex(1 if found else 0)
        if found and not self._table.currentIndex().isValid():
            self._table.select_row(0)
        current = self._table.currentIndex().row()
        self._card.show_token(found[current] if found else None)

    def _new(self) -> None:
        def save(body: Body) -> None:
            async def work(client: EngineClient) -> None:
                secret = await client.ask("POST", "tokens", TokenSecret, body)
                dialog.accept()
                self._show(secret)

            self._desk.engine.run("make token", work, refused=dialog.refused)

        dialog = TokenDialog(self._desk.look, self.window(), save, None)
        dialog.open()

    def _edit(self, token: Token) -> None:
        def save(body: Body) -> None:
            async def work(client: EngineClient) -> None:
                await client.ask("PATCH", f"tokens/{part(token.id)}", Token, body)
                dialog.accept()

            self._desk.engine.run("change token", work, refused=dialog.refused)

        dialog = TokenDialog(self._desk.look, self.window(), save, token)
        dialog.open()

    def _copy(self, token: Token) -> None:
        async def work(client: EngineClient) -> None:
            self._desk.actions.copy_secret((await client.token_secret(token.id)).token)

        self._desk.engine.run("copy token", work)

    def _ask_rotate(self, token: Token) -> None:
        async def work(client: EngineClient) -> None:
            path = f"tokens/{part(token.id)}:rotate"
            self._show(await client.ask("POST", path, TokenSecret))

        self._sure("rotate", token, lambda: self._desk.engine.run("rotate token", work))

    def _ask_revoke(self, token: Token) -> None:
        async def work(client: EngineClient) -> None:
            await client.send("DELETE", f"tokens/{part(token.id)}")

        self._sure("revoke", token, lambda: self._desk.engine.run("revoke token", work))

    def _sure(self, what: str, token: Token, do: Callable[[], object]) -> None:
        texts = self._texts
        confirm(
            self.window(),
            self._desk.look,
            texts(f"token.{what}.sure", name=token.name),
            texts(f"token.{what}.what"),
            texts(f"token.{what}.yes"),
            do,
        )

    def _show(self, secret: TokenSecret) -> None:
        SecretDialog(self._desk.look, self.window(), secret, self._desk.actions.copy_secret).open()


def _nothing(desk: Desk) -> Card:
    card = Card()
    texts = desk.look.texts
    card.body.addWidget(EmptyState(texts("token.nothing.title"), texts("token.nothing.text")))
    return card
