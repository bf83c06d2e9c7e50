"""What a person can ask for, once for tray, window and keyboard; results come back as events."""

from collections.abc import Coroutine

from PySide6.QtCore import QObject, Signal

from butler.contract.texts import Texts
from butler.desktop.background import Background
from butler.desktop.clipboard import Clipboard
from butler.desktop.engine_client import EngineClient, EngineGone, Refused
from butler.desktop.session import Session
from butler.desktop.snippets import TOKEN_PLACEHOLDER, curl_line
from butler.desktop.state import DesktopState


class Actions(QObject):
    """Carries out what was asked; `failed` tells what did not work, in words for people."""

    failed = Signal(str)
    copied = Signal(str)
    """What was copied: `base_url`, `token` or `example`."""
    window_asked = Signal()
    call_asked = Signal(str)
    """The id of the call to explain."""
    quit_asked = Signal()

    def __init__(
        self,
        session: Session,
        state: DesktopState,
        texts: Texts,
        background: Background,
        clipboard: Clipboard,
    ) -> None:
        super().__init__()
        self._session = session
        self._state = state
        self._texts = texts
        self._background = background
        self._clipboard = clipboard

    def set_routing(self, on: bool) -> None:
        """Turn routing on or off; the state follows with the engine's event."""
        self._run("set-routing", self._set_routing(on))

    def copy_base_url(self) -> None:
        """Copy the address that tools are given."""
        if self._state.status:
            self._clipboard.copy(self._state.status.base_url)
            self.copied.emit("base_url")

    def copy_token(self) -> None:
        """Copy the default client token, fetched for this one use."""
        self._run("copy-token", self._copy_token())

    def copy_example(self) -> None:
        """Copy a curl command that works as it is, token and all."""
        self._run("copy-example", self._copy_example())

    def retry(self) -> None:
        """Try to start the engine again."""
        self._session.retry()

    def _run(self, name: str, work: Coroutine[object, object, None]) -> None:
        self._background.start(name, self._reported(work))

    async def _reported(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except EngineGone:
            self.failed.emit(self._texts("action.no_engine"))
        except Refused as refusal:
            self.failed.emit(" ".join(self._texts.problem(each) for each in refusal.problems))

    def _client(self) -> EngineClient:
        if self._session.client is None:
            raise EngineGone("There is no engine to ask.")
        return self._session.client

    async def _set_routing(self, on: bool) -> None:
        await self._client().change_setting("routing.enabled", on)

    async def _copy_token(self) -> None:
        status = self._state.status
        if status and status.default_token:
            self._clipboard.copy(await self._secret(status.default_token), secret=True)
            self.copied.emit("token")

    async def _copy_example(self) -> None:
        status = self._state.status
        if status is None:
            return
        name = status.default_token
        token = await self._secret(name) if name else TOKEN_PLACEHOLDER
        line = curl_line(status.base_url, token, self._texts("example.question"))
        self._clipboard.copy(line, secret=name is not None)
        self.copied.emit("example")

    async def _secret(self, token: str) -> str:
        return (await self._client().token_secret(token)).token
