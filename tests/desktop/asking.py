"""Calls to the real engine of a desktop, as a tool would make them."""

from collections.abc import Mapping

import aiohttp
from PySide6.QtGui import QGuiApplication

from butler.contract.resources import Status
from butler.desktop.app import Desktop
from tests.desktop.conftest import until

Question = str | tuple[Mapping[str, object], ...]


PICTURE: Question = (
    {"type": "text", "text": "What is this?"},
    {
        "type": "image_url",
        "image_url": {
            "url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42"
            "mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
        },
    },
)
"""A question about a picture of one pixel."""


async def ask(desktop: Desktop, question: Question) -> None:
    """Send a question as a tool would, with the token that the desktop copies for it."""
    headers = {"Authorization": f"Bearer {await token_of(desktop)}"}
    body = {"model": "auto", "messages": [{"role": "user", "content": question}]}
    url = f"{status_of(desktop).base_url}/chat/completions"
    async with aiohttp.ClientSession() as http, http.post(url, json=body, headers=headers) as reply:
        assert reply.status == 200
        await reply.read()


async def token_of(desktop: Desktop) -> str:
    """Return the token that the desktop copies for tools."""
    # A new engine makes its first token only after it serves.
    await until(lambda: status_of(desktop).default_token is not None)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("waiting")
    desktop.actions.copy_token()
    await until(lambda: clipboard.text() != "waiting")
    return clipboard.text()


def status_of(desktop: Desktop) -> Status:
    """Return the engine at a glance."""
    assert desktop.state.status is not None
    return desktop.state.status
