"""The page of tokens, with a real engine: made, shown once, limited, renewed, revoked."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from butler.contract.resources import Token
from butler.desktop.app import Desktop
from butler.desktop.models.cells import ROW_ROLE
from butler.desktop.pages.tokens import TokensPage
from butler.desktop.widgets.copy_button import CopyButton
from butler.desktop.widgets.table import Table
from butler.desktop.widgets.tokens.secret_dialog import SecretDialog
from butler.desktop.widgets.tokens.token_dialog import TokenDialog
from tests.desktop.conftest import until
from tests.desktop.eyes import click, press, shown

Part = TypeVar("Part", bound=QWidget)


def _open(desktop: Desktop, kind: type[Part]) -> Part:
    (found,) = (each for each in desktop.window.findChildren(kind) if each.isVisible())
    return found


def _is_open(desktop: Desktop, kind: type[QWidget]) -> bool:
    return any(each.isVisible() for each in desktop.window.findChildren(kind))


def _copy(secret: SecretDialog) -> None:
    button = secret.findChild(CopyButton)
    assert button is not None
    click(button)


def _names(desktop: Desktop) -> list[str]:
    table = _open(desktop, TokensPage).findChild(Table)
    assert table is not None
    rows = range(table.model().rowCount())
    return [table.model().index(row, 0).data(ROW_ROLE).name for row in rows]


async def _tokens(desktop: Desktop) -> list[Token]:
    return await desktop.actions.engine.client.listed("tokens", Token)


async def _on_page(real: Desktop) -> TokensPage:
    await until(lambda: bool(real.state.status and real.state.status.default_token))
    real.window.open_page("tokens")
    await until(lambda: _names(real) == ["default"])
    return _open(real, TokensPage)


async def test_a_token_is_made_by_keyboard_and_shown_once(real: Desktop) -> None:
    page = await _on_page(real)
    press(page, "tokens.new")
    dialog = _open(real, TokenDialog)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    # No name: that is said at the field, and what else was written stays.
    await until(lambda: dialog.name.property("wrong") is True)
    QTest.keyClicks(dialog.name, "laptop")
    dialog.limit.show_number(7)
    dialog.models.setPlainText("auto\ndemo/*")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    await until(lambda: _is_open(real, SecretDialog))
    secret = _open(real, SecretDialog)
    _copy(secret)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("sk-butler-")
    press(secret, "secret.done")
    await until(lambda: sorted(_names(real)) == ["default", "laptop"])
    (made,) = [token for token in await _tokens(real) if token.name == "laptop"]
    assert (made.requests_per_minute, made.allowed_models) == (7, ["auto", "demo/*"])
    assert not any(text in said for said in shown(real.window))


async def test_limits_are_changed_and_lifted(real: Desktop) -> None:
    page = await _on_page(real)
    press(page, "token.edit")
    dialog = _open(real, TokenDialog)
    dialog.expires.show_value(30)
    press(dialog, "token.save")
    await until(lambda: not _is_open(real, TokenDialog))
    (token,) = await _tokens(real)
    assert token.expires_at is not None
    day = f"{token.expires_at.astimezone():%Y-%m-%d}"
    await until(lambda: day in shown(page))
    press(page, "token.edit")
    dialog = _open(real, TokenDialog)
    dialog.expires.show_value(0)
    press(dialog, "token.save")
    await until(lambda: "Never" in shown(page))
    assert (await _tokens(real))[0].expires_at is None


async def test_renewing_shows_another_text(real: Desktop) -> None:
    page = await _on_page(real)
    before = (await real.actions.engine.client.token_secret("default")).token
    press(page, "token.rotate")
    press(real.window, "confirm.yes")
    await until(lambda: _is_open(real, SecretDialog))
    after = (await real.actions.engine.client.token_secret("default")).token
    secret = _open(real, SecretDialog)
    _copy(secret)
    assert QGuiApplication.clipboard().text() == after != before
    press(secret, "secret.done")


async def test_revoking_asks_first_and_then_says_what_to_do(real: Desktop) -> None:
    page = await _on_page(real)
    press(page, "token.revoke")
    press(real.window, "confirm.no")
    assert len(await _tokens(real)) == 1
    press(page, "token.revoke")
    press(real.window, "confirm.yes")
    await until(lambda: "No tokens" in shown(page))
    assert await _tokens(real) == []
